/// What is wrong with a row of delimited text, and where in the block.
struct RowMistake: Error {
  let cause: FileError.Cause
  let offset: Int
  /// Whether the row's end is known all the same.
  var hasEnd = false

  init(cause: FileError.Cause, offset: Int, hasEnd: Bool = false) {
    self.cause = cause
    self.offset = offset
    self.hasEnd = hasEnd
  }

  /// What the odd mark at a place means, in a row that begins at `start`.
  init(at offset: Int, in block: ByteBlock, from start: Int, _ dialect: Dialect) {
    let byte = block.bytes[offset]
    let before = offset > start ? block.bytes[offset - 1] : dialect.newline
    if byte == 0 {
      self.init(cause: .nul, offset: offset)
    } else if dialect.hasReturns, before == UInt8(ascii: "\r") {
      self.init(cause: .loneReturn, offset: offset - 1)
    } else if dialect.hasQuote, byte == dialect.quote {
      self.init(cause: .quoteInside, offset: offset)
    } else {
      self.init(cause: .textAfterQuote, offset: offset)
    }
  }

  /// A quote that is never closed: the last one that opens a field.
  init(unclosedIn block: ByteBlock, from start: Int, _ dialect: Dialect) {
    var isInside = false
    var opening = start
    for index in start..<block.count where block.bytes[index] == dialect.quote {
      isInside.toggle()
      if isInside, index == start || block.bytes[index - 1] != dialect.quote { opening = index }
    }
    self.init(cause: .unterminated, offset: opening)
  }
}
