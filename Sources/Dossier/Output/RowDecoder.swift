/// Reads rows into a host's own types: a field of the row for each property.
///
/// | a field that is | is read as |
/// |---|---|
/// | a number | `Int`, `Double` and their kin, if it fits exactly |
/// | a quantity | `Quantity`; a number, if it is exact |
/// | a text, a date (EDTF), a thing (its id) | `String` |
/// | a truth | `Truth`; `Bool`, unless it is maybe |
/// | a list | an array |
/// | unknown, or doesn't apply | nil of an optional |
extension Answer {
  /// The rows as values of a type.
  ///
  /// ```swift
  /// struct Loss: Decodable { let measure: String; let value: Quantity? }
  /// let losses = try answer.decode([Loss].self)
  /// ```
  ///
  /// - Throws: `DecodingError`, which names the row and the field.
  public func decode<T: Decodable>(_ type: [T].Type) throws -> [T] {
    try rows.enumerated().map { index, row in
      try T(from: RowDecoder(place: .row(row), codingPath: [Place(index)]))
    }
  }
}

/// A field of a row, or an element of a list, in the path of an error.
private struct Place: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(_ index: Int) {
    intValue = index
    stringValue = "\(index)"
  }

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) { self.init(intValue) }
}

private struct RowDecoder: Decoder {
  enum Position {
    case row(Row)
    case value(Value)
  }

  let place: Position
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    switch place {
    case .row(let row):
      return KeyedDecodingContainer(Fields<Key>(codingPath: codingPath) { row.value(of: $0) })
    case .value(.quantity(let quantity)):
      return KeyedDecodingContainer(Fields<Key>(codingPath: codingPath) { quantity.member($0) })
    case .value(.number(let number)):
      // A plain number is an exact quantity without a unit.
      return KeyedDecodingContainer(
        Fields<Key>(codingPath: codingPath) { Quantity(exactly: number).member($0) })
    case .value(let value): throw mismatch("a quantity", value)
    }
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .value(.list(let values)) = place else { throw mismatch("a list", value) }
    return Elements(values: values, codingPath: codingPath)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    Single(value: value, codingPath: codingPath)
  }

  private var value: Value {
    if case .value(let value) = place { value } else { .none }
  }

  private func mismatch(_ wanted: String, _ value: Value) -> DecodingError {
    .typeMismatch(
      Quantity.self,
      .init(codingPath: codingPath, debugDescription: "expected \(wanted), found \(value.phrase)"))
  }
}

/// The fields of a row, or the members of a quantity.
private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let codingPath: [any CodingKey]
  let value: (String) -> Value?
  var allKeys: [Key] { [] }

  init(codingPath: [any CodingKey], _ value: @escaping (String) -> Value?) {
    self.codingPath = codingPath
    self.value = value
  }

  func contains(_ key: Key) -> Bool { value(key.stringValue) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { value(key.stringValue)?.isAbsent ?? true }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    guard let value = value(key.stringValue) else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: codingPath, debugDescription: "no field '\(key.stringValue)'"))
    }
    return try Single(value: value, codingPath: codingPath + [key]).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    RowDecoder(place: .value(.none), codingPath: codingPath)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder { decoder(key) }

  private func decoder(_ key: Key) -> RowDecoder {
    RowDecoder(place: .value(value(key.stringValue) ?? .none), codingPath: codingPath + [key])
  }
}

private struct Elements: UnkeyedDecodingContainer {
  let values: [Value]
  let codingPath: [any CodingKey]
  private(set) var currentIndex = 0
  var count: Int? { values.count }
  var isAtEnd: Bool { currentIndex == values.count }

  init(values: [Value], codingPath: [any CodingKey]) {
    self.values = values
    self.codingPath = codingPath
  }

  private mutating func next() throws -> RowDecoder {
    let path = codingPath + [Place(currentIndex)]
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        Value.self, .init(codingPath: path, debugDescription: "the list ends before"))
    }
    defer { currentIndex += 1 }
    return RowDecoder(place: .value(values[currentIndex]), codingPath: path)
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, values[currentIndex].isAbsent else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try next().singleValueContainer().decode(type)
  }

  mutating func nestedContainer<Key: CodingKey>(
    keyedBy type: Key.Type
  ) throws -> KeyedDecodingContainer<Key> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next() }
}

private struct Single: SingleValueDecodingContainer {
  let value: Value
  let codingPath: [any CodingKey]

  func decodeNil() -> Bool { value.isAbsent }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .truth(let truth) = value, truth != .maybe else { throw mismatch(type, "a truth") }
    return truth == .true
  }

  func decode(_ type: String.Type) throws -> String {
    switch value {
    case .text(let text), .date(let text), .reference(id: let text, name: _): return text
    default: throw mismatch(type, "a text")
    }
  }

  func decode(_ type: Double.Type) throws -> Double { try number(type) }
  func decode(_ type: Float.Type) throws -> Float { Float(try number(type)) }
  func decode(_ type: Int.Type) throws -> Int { try integer(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    if case .truth(let truth) = value, let truth = truth as? T { return truth }
    return try T(from: RowDecoder(place: .value(value), codingPath: codingPath))
  }

  private func number(_ type: Any.Type) throws -> Double {
    switch value {
    case .number(let number): return number
    case .quantity(let quantity):
      guard let low = quantity.low, low == quantity.high else {
        throw mismatch(type, "an exact number")
      }
      return low
    default: throw mismatch(type, "a number")
    }
  }

  private func integer<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
    guard let integer = T(exactly: try number(type)) else {
      throw mismatch(type, "a number that fits \(type)")
    }
    return integer
  }

  private func mismatch(_ type: Any.Type, _ wanted: String) -> DecodingError {
    let context = DecodingError.Context(
      codingPath: codingPath, debugDescription: "expected \(wanted), found \(value.phrase)")
    return value.isAbsent ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }
}

extension Value {
  fileprivate var isAbsent: Bool { self == .unknown || self == .none }

  /// What it is, for errors.
  fileprivate var phrase: String {
    switch self {
    case .truth(let truth): "\(truth)"
    case .number(let number): "\(number)"
    case .quantity(let quantity): quantity.text
    case .text(let text): "the text \"\(text)\""
    case .date(let date): "the date \(date)"
    case .reference(let id, _): "the thing \(id)"
    case .list: "a list"
    case .unknown: "nothing reported"
    case .none: "nothing that applies"
    }
  }
}

extension Truth: Decodable {
  /// Reads `true`, `false` or `maybe`, as a truth or as the word for it.
  public init(from decoder: any Decoder) throws {
    let place = try decoder.singleValueContainer()
    let word = try place.decode(String.self)
    guard let truth = Truth.allCases.first(where: { $0.description == word }) else {
      throw DecodingError.dataCorruptedError(in: place, debugDescription: "'\(word)' is no truth")
    }
    self = truth
  }
}

extension Quantity: Decodable {
  private enum Member: String, CodingKey {
    case text, low, best, high, unit
  }

  /// Reads what `Answer.decode` gives.
  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Member.self)
    text = try members.decode(String.self, forKey: .text)
    low = try members.decodeIfPresent(Double.self, forKey: .low)
    best = try members.decodeIfPresent(Double.self, forKey: .best)
    high = try members.decodeIfPresent(Double.self, forKey: .high)
    unit = try members.decodeIfPresent(String.self, forKey: .unit)
  }

  fileprivate init(exactly number: Double) {
    text = "\(number)"
    (low, best, high) = (number, number, number)
    unit = nil
  }

  fileprivate func member(_ name: String) -> Value? {
    func end(_ number: Double?) -> Value { number.map { .number($0) } ?? .none }
    return switch Member(rawValue: name) {
    case .text: .text(text)
    case .low: end(low)
    case .best: end(best)
    case .high: end(high)
    case .unit: unit.map { .text($0) } ?? Value.none
    case nil: nil
    }
  }
}
