import Foundation

@testable import Dossier

/// What somebody answers to a query: the rows, or the text of an error.
enum PeerAnswer: Codable, CustomStringConvertible {
  case rows([[PeerCell]])
  case error(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .error(text)
    } else {
      self = .rows(try container.decode([[PeerCell]].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .rows(let rows): try container.encode(rows)
    case .error(let text): try container.encode(text)
    }
  }

  var description: String {
    switch self {
    case .rows(let rows): rows.map { "\n  \($0)" }.joined()
    case .error(let text): text
    }
  }

  /// Whether two answers hold the same values; only doubles may differ in their last digits.
  func agrees(with other: PeerAnswer, _ fields: [PeerField]) -> Bool {
    guard case .rows(let own) = self, case .rows(let others) = other, own.count == others.count
    else { return false }
    return zip(own, others).allSatisfy { row, otherRow in
      zip(fields, zip(row, otherRow)).allSatisfy { $1.0.agrees(with: $1.1, $0.kind) }
    }
  }
}

/// A value of an answer; truths are numbers in SQLite.
enum PeerCell: Codable, Equatable, CustomStringConvertible {
  case nothing
  case number(Double)
  case truth(Bool)
  case text(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .nothing
    } else if let truth = try? container.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .nothing: try container.encodeNil()
    case .number(let number): try container.encode(number)
    case .truth(let truth): try container.encode(truth)
    case .text(let text): try container.encode(text)
    }
  }

  var description: String {
    switch self {
    case .nothing: "NULL"
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .truth(let truth): "\(truth)"
    case .text(let text): text
    }
  }

  /// A value of Dossier's; maybe is NULL in SQL.
  init(_ value: Value) {
    switch value {
    case .number(let number): self = .number(number)
    case .quantity(let quantity):
      self =
        quantity.best.map(PeerCell.number) ?? (quantity.low ?? quantity.high).map { _ in
          .text(quantity.text)
        } ?? .nothing
    case .text(let text): self = .text(text)
    case .date(let date): self = .text(date)
    case .truth(.true): self = .truth(true)
    case .truth(.false): self = .truth(false)
    default: self = .nothing
    }
  }

  func agrees(with other: PeerCell, _ kind: PeerField.Kind) -> Bool {
    switch (self, other) {
    case (.number(let a), .number(let b)):
      return a == b || kind == .double && abs(a - b) <= 1e-9 * max(abs(a), abs(b))
    case (.truth(let truth), .number(let number)): return number == (truth ? 1 : 0)
    default: return self == other
    }
  }
}
