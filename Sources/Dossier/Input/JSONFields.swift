/// The fields of a JSON file, by their dotted names, and the cells of the record at hand.
final class JSONFields {
  private let names: TextCollector
  /// For each field its cell in the record that `record` says.
  private(set) var cells: [Cell] = []
  private var seenIn: [Int] = []
  private var record = 0
  /// The name of the value at hand, and where in it the parts of open objects end.
  private var path: [UInt8] = []
  private var parts: [Int] = []
  private let scratch: GrowingBuffer<UInt8>
  private let reader = CellReader(.json)

  init(_ known: [String], charge: Charge) throws(ReadError) {
    names = try TextCollector(charge: charge)
    scratch = GrowingBuffer(charge: charge)
    for name in known {
      _ = try names.code(of: Array(name.utf8))
      addField()
    }
  }

  var count: Int { cells.count }

  func name(_ field: Int) -> String { names.text(field) }

  private func addField() {
    cells.append(.missing)
    seenIn.append(0)
  }

  /// Before each record: no field has a cell.
  func begin() {
    record += 1
    path.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
  }

  /// The cell of a field in the record at hand.
  func cell(_ field: Int) -> Cell { seenIn[field] == record ? cells[field] : .missing }

  /// How many objects are open inside the record.
  var depth: Int { parts.count }

  /// Goes into the object of the key at hand.
  func open() { parts.append(path.count) }

  func close() { parts.removeLast() }

  /// The key of the next value.
  func key(_ cell: Cell, _ block: UnsafePointer<UInt8>) throws(ReadError) {
    path.removeSubrange((parts.last ?? 0)...)
    if !parts.isEmpty { path.append(UInt8(ascii: ".")) }
    path.append(contentsOf: try reader.decoded(reader.value(cell, block), scratch))
  }

  /// The name of the value at hand.
  var pathText: String { String(decoding: path, as: UTF8.self) }

  /// Notes the value at hand, called `column` if its key is empty; false if the record has one of this name.
  func add(_ cell: Cell) throws(ReadError) -> Bool {
    let field = Int(try names.code(of: path.isEmpty ? Array("column".utf8) : path))
    if field == cells.count { addField() }
    guard seenIn[field] != record else { return false }
    seenIn[field] = record
    cells[field] = cell
    return true
  }
}
