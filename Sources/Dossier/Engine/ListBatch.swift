/// The elements of one list field in a batch.
struct ListBatch {
  /// Row `i` has the lanes `offsets[i]..<offsets[i + 1]`.
  private(set) var offsets: [Int32] = [0]
  /// The row of each lane.
  private(set) var parents: [Int32] = []
  /// The place of each lane in the element column.
  private(set) var elements: [Int32] = []
  private(set) var column: ElementColumn?

  var count: Int { elements.count }

  mutating func open(_ lists: ListColumn, rows: Range<Int>) {
    reset(lists)
    for (index, row) in rows.enumerated() { add(lists, row, parent: index) }
  }

  mutating func open(_ lists: ListColumn, codes: UnsafeMutablePointer<Int32>, count: Int) {
    reset(lists)
    for index in 0..<count {
      if codes[index] >= 0 {
        add(lists, Int(codes[index]), parent: index)
      } else {
        offsets.append(Int32(elements.count))
      }
    }
  }

  /// The first list for each row.
  mutating func open(_ lists: ListColumn, count: Int) {
    reset(lists)
    for index in 0..<count { add(lists, 0, parent: index) }
  }

  /// Lists of codes, one a row.
  mutating func open(_ rows: [[Int32]]) {
    let codes = rows.flatMap { $0 }
    let column = Column(.texts(codes: Buffer(codes), .empty))
    var offsets: [Int32] = [0]
    for row in rows { offsets.append(offsets[offsets.count - 1] + Int32(row.count)) }
    let lists = ListColumn(offsets: Buffer(offsets), elements: ElementColumn(column))
    open(lists, rows: 0..<rows.count)
  }

  private mutating func reset(_ lists: ListColumn) {
    offsets.removeAll(keepingCapacity: true)
    offsets.append(0)
    parents.removeAll(keepingCapacity: true)
    elements.removeAll(keepingCapacity: true)
    column = lists.elements
  }

  private mutating func add(_ lists: ListColumn, _ row: Int, parent: Int) {
    for element in lists.range(row) {
      parents.append(Int32(parent))
      elements.append(Int32(element))
    }
    offsets.append(Int32(elements.count))
  }
}
