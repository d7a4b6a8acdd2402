/// What the values of a column have looked like so far; its type follows from it.
///
/// Sightings only grow, and a type made of a larger one holds all values of a smaller: so a file
/// whose samples said too little is read again with the larger one, and not a third time.
struct Sighting: Sendable, Hashable {
  /// The kinds of value, as bits.
  struct Kinds: OptionSet, Sendable, Hashable {
    let rawValue: UInt8
    /// `1994`: a number of four digits.
    static let year = Kinds(rawValue: 1)
    static let decimal = Kinds(rawValue: 2)
    /// More than 18 digits, or an exponent.
    static let double = Kinds(rawValue: 4)
    static let day = Kinds(rawValue: 8)
    /// `2024-12`, or another date that isn't one day.
    static let coarseDate = Kinds(rawValue: 16)
    static let truth = Kinds(rawValue: 32)
    static let text = Kinds(rawValue: 64)
    /// A number too large for a double: among numbers its row is malformed.
    static let huge = Kinds(rawValue: 128)

    static let numbers: Kinds = [.year, .decimal, .double]
    static let dates: Kinds = [.year, .day, .coarseDate]
  }

  private(set) var kinds: Kinds = []
  /// The most digits before the point, and behind it.
  private var wholeDigits = 0
  private var scale = 0
  private(set) var hasTime = false
  var hasUnknown = false
  /// Whether a date of it follows the pattern that the script gives.
  private(set) var isPatterned = false
  /// What `note` has found that its texts would be otherwise.
  private(set) var others = OtherReadings()

  init() {}

  /// The sighting of one value.
  ///
  /// - Parameter isWord: whether it may be a number or a truth, as anything may but a text of JSON.
  init(_ bytes: UnsafeBufferPointer<UInt8>, isWord: Bool, _ reader: CellReader) {
    let style = reader.numbers
    if isWord, let base = bytes.baseAddress,
      let number = NumberText(base, count: bytes.count, style)
    {
      if number.isDouble {
        let fits = number.double(base, count: bytes.count, style) != nil
        kinds = fits ? .double : .huge
        return
      }
      let isYear = bytes.count == 4 && number.scale == 0 && number.wholeDigits == 4
      kinds = isYear ? .year : .decimal
      (wholeDigits, scale) = (number.wholeDigits, number.scale)
    } else if let date = DateText(bytes, pattern: reader.dates) {
      isPatterned = date.isPatterned
      kinds = date.range.isExact ? .day : .coarseDate
      hasTime = date.timeStart != nil
    } else if isWord, truthText(bytes) != nil {
      kinds = .truth
    } else {
      kinds = .text
    }
  }

  mutating func formUnion(_ other: Sighting) {
    kinds.formUnion(other.kinds)
    wholeDigits = max(wholeDigits, other.wholeDigits)
    scale = max(scale, other.scale)
    hasTime = hasTime || other.hasTime
    hasUnknown = hasUnknown || other.hasUnknown
    isPatterned = isPatterned || other.isPatterned
    others.formUnion(other.others)
  }

  /// Takes one more value into account.
  ///
  /// - Parameter line: the value's, if it is known.
  mutating func note(
    _ value: CellReader.Value, _ reader: CellReader, _ scratch: GrowingBuffer<UInt8>,
    line: Int? = nil
  ) throws(ReadError) {
    if value.isUnknown {
      hasUnknown = true
      return
    }
    if kinds == .text, hasUnknown, others.areNone { return }
    let bytes = CellReader.trimmed(try reader.decoded(value, scratch))
    // Spaces say nothing about the type, and are as good as nothing unless it is text.
    if bytes.isEmpty, value.isWord {
      hasUnknown = true
      return
    }
    let seen = Sighting(bytes, isWord: value.isWord, reader)
    others.note(bytes, seen, isWord: value.isWord, line: line)
    kinds.formUnion(seen.kinds)
    wholeDigits = max(wholeDigits, seen.wholeDigits)
    scale = max(scale, seen.scale)
    hasTime = hasTime || seen.hasTime
    isPatterned = isPatterned || seen.isPatterned
  }

  /// The type that holds all of it.
  var type: FileField.ValueType {
    if kinds.isEmpty { return .text }
    if kinds.isSubset(of: [.numbers, .huge]) { return number }
    if kinds.isSubset(of: .dates) { return .date(isExact: kinds == .day) }
    return kinds == .truth ? .truth : .text
  }

  /// The type that a script asked for, as wide as what was seen needs it.
  func type(given: FileOptions.GivenType) -> FileField.ValueType {
    switch given {
    case .text: .text
    case .integer: .decimal(scale: 0)
    case .number: number
    case .date: .date(isExact: kinds.isDisjoint(with: [.coarseDate, .year]))
    case .truth: .truth
    }
  }

  private var number: FileField.ValueType {
    let isDecimal = kinds.isDisjoint(with: [.double, .huge]) && wholeDigits + scale <= 18
    return isDecimal ? .decimal(scale: scale) : .double
  }
}
