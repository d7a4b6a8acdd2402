/// How the records of a JSON file lie: `[{…}, {…}]`, `{"rows": [{…}]}`, or one after another.
struct JSONLayout: Sendable {
  enum Form: Sendable, Hashable {
    /// One object after another.
    case lines
    /// The objects of a list.
    case list
    /// The objects of the list that is the value of this key of an object.
    case member([UInt8])
  }

  let form: Form
  var isFirst = true

  init(_ form: Form) { self.form = form }

  var isLines: Bool { form == .lines }

  /// Looks at the beginning of a file: what lies in it, as far as the block shows.
  ///
  /// - Parameter isLines: whether the file's name says that an object a line comes.
  static func found(
    in start: JSONScanner, isLines: Bool
  ) throws(JSONScanner.Stop) -> JSONLayout {
    var scanner = start
    try scanner.skipMark()
    try scanner.skipSpace()
    let first = try scanner.peek()
    guard let first else { throw .mistake(.empty, at: scanner.place) }
    if isLines { return JSONLayout(.lines) }
    if first == UInt8(ascii: "[") { return JSONLayout(.list) }
    guard first == UInt8(ascii: "{") else {
      throw .mistake(.noTable("a single value"), at: scanner.place)
    }
    scanner.place += 1
    var lists: [Cell] = []
    do throws(JSONScanner.Stop) {
      try JSONLayout.members(&scanner, &lists)
      // A second object says that one comes after another.
      try scanner.skipSpace()
      if try scanner.peek() != nil { return JSONLayout(.lines) }
    } catch {
      // What is cut off or broken is told when it is read.
      if lists.isEmpty { return JSONLayout(.lines) }
    }
    guard let list = lists.first else { return JSONLayout(.lines) }
    let keys = lists.map { cell in
      Array(
        UnsafeBufferPointer(start: start.bytes, count: start.count)[Int(cell.start)..<Int(cell.end)]
      )
    }
    if lists.count > 1 {
      let names = keys.prefix(2).map { String(decoding: $0, as: UTF8.self) }
      throw .mistake(
        .noTable("an object with several lists, \(names.joined(separator: " and "))"),
        at: Int(list.start))
    }
    return JSONLayout(.member(keys[0]))
  }

  /// Walks over the members of an object and notes the keys of those that are lists of objects.
  private static func members(
    _ scanner: inout JSONScanner, _ lists: inout [Cell]
  ) throws(JSONScanner.Stop) {
    if try scanner.eat(UInt8(ascii: "}")) { return }
    repeat {
      try scanner.skipSpace()
      let start = scanner.place
      try scanner.text("a key in quotes")
      let key = Cell(start: UInt32(start), end: UInt32(scanner.place))
      guard try scanner.eat(UInt8(ascii: ":")) else { throw scanner.mistake(expected: "':'") }
      var ahead = scanner
      if try ahead.eat(UInt8(ascii: "[")), try ahead.eat(UInt8(ascii: "{")) { lists.append(key) }
      try scanner.value()
    } while try scanner.eat(UInt8(ascii: ","))
    guard try scanner.eat(UInt8(ascii: "}")) else {
      throw scanner.mistake(expected: "',' or '}'")
    }
  }

  /// Steps into the list of records.
  mutating func enter(_ scanner: inout JSONScanner) throws(JSONScanner.Stop) {
    switch form {
    case .lines: break
    case .list:
      guard try scanner.eat(UInt8(ascii: "[")) else { throw scanner.mistake(expected: "'['") }
    case .member(let key): try enter(key, &scanner)
    }
  }

  private func enter(_ key: [UInt8], _ scanner: inout JSONScanner) throws(JSONScanner.Stop) {
    guard try scanner.eat(UInt8(ascii: "{")) else { throw scanner.mistake(expected: "'{'") }
    while true {
      try scanner.skipSpace()
      let start = scanner.place
      try scanner.text("a key in quotes")
      let own = UnsafeBufferPointer(start: scanner.bytes + start, count: scanner.place - start)
      guard try scanner.eat(UInt8(ascii: ":")) else { throw scanner.mistake(expected: "':'") }
      if own.elementsEqual(key), try scanner.eat(UInt8(ascii: "[")) { return }
      try scanner.value()
      guard try scanner.eat(UInt8(ascii: ",")) else { throw scanner.mistake(expected: "','") }
    }
  }

  /// Steps to the next record; false if there is none, with what follows looked at.
  func next(_ scanner: inout JSONScanner) throws(JSONScanner.Stop) -> Bool {
    try scanner.skipSpace()
    if isLines { return try scanner.peek() != nil }
    if try scanner.eat(UInt8(ascii: "]")) {
      try leave(&scanner)
      return false
    }
    if !isFirst, try !scanner.eat(UInt8(ascii: ",")) {
      throw scanner.mistake(expected: "',' or ']'")
    }
    try scanner.skipSpace()
    return true
  }

  /// What comes behind the list: nothing, or members that are no list of objects.
  private func leave(_ scanner: inout JSONScanner) throws(JSONScanner.Stop) {
    if case .member(let key) = form {
      while try scanner.eat(UInt8(ascii: ",")) {
        try scanner.skipSpace()
        let start = scanner.place
        try scanner.key()
        var ahead = scanner
        if try ahead.eat(UInt8(ascii: "[")), try ahead.eat(UInt8(ascii: "{")) {
          let first = String(decoding: key, as: UTF8.self)
          throw .mistake(.noTable("an object with several lists, one is \(first)"), at: start)
        }
        try scanner.value()
      }
      guard try scanner.eat(UInt8(ascii: "}")) else {
        throw scanner.mistake(expected: "',' or '}'")
      }
    }
    try scanner.skipSpace()
    if try scanner.peek() != nil { throw scanner.mistake(expected: "the end of the file") }
  }
}

extension JSONScanner {
  /// Steps over the byte order mark.
  mutating func skipMark() throws(Stop) {
    if place + 3 > count, !isLast { throw .needsMore }
    if place == 0, count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { place = 3 }
  }
}
