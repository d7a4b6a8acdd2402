/// What is wrong with a file.
struct FileError: Error, Sendable, Hashable {
  enum Cause: Sendable, Hashable {
    case problem(FileProblem)
    /// `0 bytes`
    case empty
    /// Bytes of a packed file, or of another encoding than the script says
    case notText(String, wanted: Encoding)
    case tooManyColumns(Int)
    case tooLong(what: String, limit: String)
    /// `id,name,id`
    case sameName(String, first: Int, second: Int)
    /// `types: {cod: text}`
    case noSuchField(String, nearest: String?)
    /// A row of another length than the header
    case fieldCount(found: Int, expected: Int, lastName: String)
    /// `5" pipe`
    case quoteInside
    /// `"a" b`
    case textAfterQuote
    /// `"a`, to the end of the file
    case unterminated
    case nul
    /// A carriage return with no line feed behind it
    case loneReturn
    case notUTF8
    /// `n/a` in a column of numbers
    case value(String, field: FileField, FileOptions.GivenType?)
    /// `25/12/2024`, with `date: "MM/dd/yyyy"`
    case dateOtherwise(String, column: String, DatePattern)
    /// No date at all that is written so
    case noDates(DatePattern)
    /// `{"n": 1}`, with `decimal: ","`
    case onlyOfDelimited(String)
    /// A byte that an encoding doesn't have.
    case notEncoded(Encoding)
    /// `{"a": 1,}`
    case json(expected: String, found: String)
    case tooDeep(limit: Int)
    /// `{"a": 1, "a": 2}`
    case sameKey(String)
    /// `[1, 2]`, `"text"`, `{"a": [], "b": []}`
    case noTable(String)
  }

  var cause: Cause
  /// The name of the file.
  let name: String
  /// The place in it, both from 1; nil if it is the whole file.
  var line: Int?
  var column: Int?
  /// What is to be known besides.
  var note: String?
  /// What would mend it.
  var help: String?
}

/// Why a file wasn't read to its end.
enum ReadError: Error {
  case file(FileError)
  case stopped(RunError)
}
