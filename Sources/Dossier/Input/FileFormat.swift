/// What a file holds, by its name and its first bytes.
enum FileFormat: Sendable {
  case delimited(Dialect)
  case json(JSONLayout)
}

extension FileFormat {
  /// Whether commas part its fields, so that one in a number can hardly be its decimal sign.
  var isSeparatedByComma: Bool {
    if case .delimited(let dialect) = self { dialect.separator == UInt8(ascii: ",") } else { false }
  }

  /// What the ending of a path says.
  private enum Ending {
    case commas, tabs, json, lines, other

    init(_ path: String) {
      let name = path.split(separator: "/").last ?? ""
      let ending = name.contains(".") ? name.split(separator: ".").last ?? "" : ""
      switch fold(String(ending)) {
      case "csv": self = .commas
      case "tsv", "tab": self = .tabs
      case "json", "geojson": self = .json
      case "jsonl", "ndjson": self = .lines
      default: self = .other
      }
    }
  }

  /// Looks at the first block of a file.
  ///
  /// - Throws: if it isn't text, or no table of JSON.
  static func found(
    in block: ByteBlock, path: String, _ options: FileOptions, name: String
  ) throws(ReadError) -> FileFormat {
    if let what = unreadable(block.elements) {
      throw .file(FileError(cause: .notText(what, wanted: options.encoding ?? .utf8), name: name))
    }
    let ending = Ending(path)
    switch ending {
    case .json, .lines: break
    case .commas, .tabs: return .delimited(dialect(block, options, ending))
    case .other:
      let first = block.elements.dropFirst(start(block)).first { $0 > 0x20 }
      guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
        return .delimited(dialect(block, options, ending))
      }
    }
    let scanner = JSONScanner(
      bytes: block.bytes, count: block.count, isLast: block.isLast, place: 0, line: 1)
    do throws(JSONScanner.Stop) {
      return .json(try JSONLayout.found(in: scanner, isLines: ending == .lines))
    } catch {
      guard case .mistake(let cause, let offset) = error else { return .json(JSONLayout(.lines)) }
      let place = placeInRecord(block.bytes, start: 0, line: 1, offset: offset, newline: 0x0A)
      throw .file(FileError(cause: cause, name: name, line: place.line, column: place.column))
    }
  }

  /// Behind the byte order mark, if there is one.
  static func start(_ block: ByteBlock) -> Int {
    block.elements.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// What files that aren't text begin with.
  private static func unreadable(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let beginnings: [(bytes: [UInt8], name: String)] = [
      ([0x1F, 0x8B], "a file packed by gzip"),
      ([0x50, 0x4B, 0x03, 0x04], "a packed file or a spreadsheet"),
      ([0x25, 0x50, 0x44, 0x46], "PDF"),
      ([0x50, 0x41, 0x52, 0x31], "Parquet"),
    ]
    return beginnings.first { bytes.starts(with: $0.bytes) }?.name
  }

  // MARK: Delimited text

  private static func dialect(
    _ block: ByteBlock, _ options: FileOptions, _ ending: Ending
  ) -> Dialect {
    let quote: UInt8
    switch options.quote {
    case .character(let sign): quote = sign
    case .none: quote = 0
    }
    let newline = newline(block.elements, quote)
    func dialect(_ separator: UInt8, other: UInt8? = nil) -> Dialect {
      Dialect(separator: separator, quote: quote, newline: newline, otherSeparator: other)
    }
    if let separator = options.separator { return dialect(separator) }
    if ending == .tabs { return dialect(UInt8(ascii: "\t")) }
    // A comma stands in texts and numbers, too: where another fits as well, it is the other.
    let candidates = [";", "\t", "|", ","].flatMap(\.utf8).filter { $0 != quote }
    var best: (guess: SeparatorGuess, separator: UInt8, rival: UInt8?)?
    for separator in candidates {
      let guess = SeparatorGuess(block, from: start(block), dialect(separator))
      guard let found = best else {
        best = (guess, separator, nil)
        continue
      }
      if found.guess.isWorse(than: guess, isComma: separator == UInt8(ascii: ",")) {
        best = (guess, separator, guess.isEqual(to: found.guess) ? found.separator : nil)
      } else if guess.isEqual(to: found.guess) {
        best?.rival = separator
      }
    }
    guard let best, best.guess.parts else { return dialect(UInt8(ascii: ",")) }
    return dialect(best.separator, other: best.rival)
  }

  /// A carriage return if the first line break outside of quotes is one without a line feed.
  private static func newline(_ bytes: UnsafeBufferPointer<UInt8>, _ quote: UInt8) -> UInt8 {
    var isInside = false
    for index in bytes.indices {
      if bytes[index] == quote, quote != 0 { isInside.toggle() }
      if isInside { continue }
      if bytes[index] == UInt8(ascii: "\n") { break }
      guard bytes[index] == UInt8(ascii: "\r") else { continue }
      let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: "\n")
      return next == UInt8(ascii: "\n") ? UInt8(ascii: "\n") : UInt8(ascii: "\r")
    }
    return UInt8(ascii: "\n")
  }
}

/// How well a separator parts the first rows of a file.
struct SeparatorGuess {
  /// Fields of the first row.
  private var width = 0
  /// Rows looked at, and those with as many fields as the first.
  private var rows = 0
  private var agreeing = 0

  init(_ block: ByteBlock, from start: Int, _ dialect: Dialect) {
    let end = min(block.count, start + 1 << 16)
    let marks = UnsafeMutablePointer<UInt32>.allocate(capacity: max(end - start, 1))
    defer { marks.deallocate() }
    var scanner = StructureScanner(dialect)
    var hasHigh = false
    let count = scanner.scan(block.bytes, start..<end, into: marks, hasHigh: &hasHigh)
    var fields = 1
    var isOdd = false
    var rowStart = start
    for index in 0..<count where rows < 100 {
      let offset = Int(marks[index] & ~StructureScanner.flag)
      let isBreak = block.bytes[offset] == dialect.newline
      if marks[index] & StructureScanner.flag != 0 {
        isOdd = isOdd || !isBreak
      } else if !isBreak {
        fields += 1
      } else {
        if offset > rowStart + 1 { add(fields, isOdd) }
        (fields, isOdd, rowStart) = (1, false, offset + 1)
      }
    }
    if rows == 0 { add(fields, isOdd) }
  }

  private mutating func add(_ fields: Int, _ isOdd: Bool) {
    if rows == 0 { width = fields }
    rows += 1
    if fields == width && !isOdd { agreeing += 1 }
  }

  /// Whether it parts the first row at all.
  var parts: Bool { width > 1 }

  /// Whether another separator parts more rows alike, or as many into more fields; a comma has to
  /// part more.
  func isWorse(than other: SeparatorGuess, isComma: Bool) -> Bool {
    if parts != other.parts { return other.parts }
    let (own, others) = shares(other)
    return own == others ? width < other.width && !isComma : own < others
  }

  /// Whether another separator fits as well.
  func isEqual(to other: SeparatorGuess) -> Bool {
    let (own, others) = shares(other)
    return parts && other.parts && own == others
  }

  /// How many of the rows each parts alike, to be compared.
  private func shares(_ other: SeparatorGuess) -> (own: Int, others: Int) {
    (agreeing * max(other.rows, 1), other.agreeing * max(rows, 1))
  }
}
