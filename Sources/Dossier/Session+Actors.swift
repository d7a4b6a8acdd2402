extension Session {
  /// The actors that a text names by id, name or alias, ignoring case and accents.
  ///
  /// - Returns: their ids, as queries write them, with their names, in the order of declaration.
  public func actors(named text: String) -> [(id: String, name: String)] {
    let actors = names.facts[.actor]
    return actors.named(text).map { (actors.ids[Int($0)], actors.names[Int($0)]) }
  }

  /// All that actors are called, each once and sorted: ids, names and aliases.
  public var actorNames: [String] { Set(names.facts[.actor].allNames).sorted() }
}
