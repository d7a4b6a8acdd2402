/// Gathers `list(type)`: the values of a group in their order.
final class ListAccumulator: Accumulator {
  private let form: Form
  private let collector: LaneCollector
  private var owners: [Int32] = []
  private let span: Span

  init(_ form: Form, _ batch: BatchRunner, at span: Span) {
    self.span = span
    self.form = form
    collector = LaneCollector([form], batch, expecting: 16)
  }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) throws(RunError) {
    let lanes = batch.keptLanes
    try batch.meter.charge(bytes: lanes.count * 12, at: span)
    try collector.add(lanes: lanes, at: span)
    owners.append(contentsOf: lanes.map { count == 1 ? 0 : groups[Int($0)] })
  }

  func column(_ groups: [Int32], _ meter: Meter) -> Column {
    var places: [Int32: [Int32]] = [:]
    for (row, owner) in owners.enumerated() { places[owner, default: []].append(Int32(row)) }
    var offsets: [Int32] = [0]
    var rows: [Int32] = []
    for group in groups {
      rows.append(contentsOf: places[group] ?? [])
      offsets.append(Int32(rows.count))
    }
    let elements = ElementColumn(collector.column(form).gathered(rows))
    return Column(.lists(ListColumn(offsets: Buffer(offsets), elements: elements)))
  }
}
