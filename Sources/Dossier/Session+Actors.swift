/// Something that is declared, as people call it.
public struct NamedThing: Sendable, Equatable {
  /// The word of its declaration: source, actor, place, event or figure.
  public let kind: String
  /// As queries write it.
  public let id: String
  /// Its name or title.
  public let name: String
}

extension Session {
  /// The actors that a text names by id, name or alias, ignoring case and accents.
  ///
  /// - Returns: their ids, as queries write them, with their names, in the order of declaration.
  public func actors(named text: String) -> [(id: String, name: String)] {
    let actors = names.facts[.actor]
    return actors.named(text).map { (actors.ids[Int($0)], actors.names[Int($0)]) }
  }

  /// What a text names by id, name or alias, ignoring case and accents, in the order of declaration;
  /// actors come first.
  public func things(named text: String) -> [NamedThing] {
    kinds.flatMap { table in
      table.named(text).map { row in
        NamedThing(
          kind: table.kind.word, id: table.ids[Int(row)], name: table.names[Int(row)])
      }
    }
  }

  /// All that actors are called, each once and sorted: ids, names and aliases.
  public var actorNames: [String] { Set(names.facts[.actor].allNames).sorted() }

  /// The same of all that is declared.
  public var thingNames: [String] { Set(kinds.flatMap(\.allNames)).sorted() }

  private var kinds: [EntityTable] {
    names.facts.entities.filter { $0.kind == .actor }
      + names.facts.entities.filter { $0.kind != .actor }
  }
}
