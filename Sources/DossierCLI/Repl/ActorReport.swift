import Dossier

/// `.actor`: all that is said of one, as queries that a person could type, too.
struct ActorReport {
  /// As queries write it: `kim`, or `flood.coast` of a script that is used under a name.
  let id: String

  /// What its script's tables begin with.
  private var space: String {
    id.lastIndex(of: ".").map { String(id[...$0]) } ?? ""
  }

  var declaration: String { "\(space)actors | where id == \"\(id)\"" }

  /// Each is left out of the report where it has no rows.
  var queries: [String] {
    ["actors | where part_of == \(id)"].map { space + $0 }
      + [("figures", ["subject", "claimed_by"])].flatMap(uses)
      + [("events", ["actor", "target", "beneficiary", "claimed_by"])].flatMap(uses)
  }

  private func uses(table: String, fields: [String]) -> [String] {
    fields.map { "\(space)\(table) | where \($0) == \(id)" }
  }
}

extension NamedThing {
  var isActor: Bool { kind == "actor" }

  /// The query that shows what is said of it.
  var query: String {
    let space = id.lastIndex(of: ".").map { id[...$0] } ?? ""
    return switch kind {
    case "place": "\(space)events | where place in \(id)"
    case "source": "\(space)facts | where source == \(id)"
    default: "\(space)\(kind)s | where id == \"\(id)\""
    }
  }
}

extension Value {
  /// The value as a line of a listing; nil where there is nothing to tell.
  var listed: String? {
    switch self {
    case .truth(let truth): "\(truth)"
    case .number(let number): "\(number)"
    case .quantity(let quantity): quantity.text
    case .text(let text), .date(let text), .reference(_, let text): TextWidth.printable(text)
    case .list(let values):
      values.isEmpty ? nil : values.compactMap(\.listed).joined(separator: ", ")
    case .unknown, .none: nil
    }
  }
}
