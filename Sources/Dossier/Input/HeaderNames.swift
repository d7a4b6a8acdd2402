/// The names of the fields, as the first row of a file has them.
///
/// Spaces around a name are dropped. A column without one is called by its place, `column3`; two of
/// one name are an error, since nobody could say which is meant.
struct HeaderNames {
  private(set) var names: [String] = []

  init(
    _ cells: [Cell], _ bytes: UnsafePointer<UInt8>, _ dialect: Dialect, file: String,
    charge: Charge
  ) throws(ReadError) {
    let reader = CellReader(.delimited(quote: dialect.quote))
    let scratch = GrowingBuffer<UInt8>(charge: charge)
    var places: [String: Int] = [:]
    for (index, cell) in cells.enumerated() {
      let text = CellReader.trimmed(try reader.decoded(reader.value(cell, bytes), scratch))
      let written = normalised(String(decoding: text, as: UTF8.self))
      let name = written.isEmpty ? "column\(index + 1)" : written
      if let first = places.updateValue(index, forKey: name) {
        let cause = FileError.Cause.sameName(name, first: first + 1, second: index + 1)
        throw .file(FileError(cause: cause, name: file, line: 1))
      }
      names.append(name)
    }
  }
}
