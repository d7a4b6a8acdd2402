/// A field of a file: what the checker knows of it before all of the file is read.
struct FileField: Sendable, Hashable {
  /// The types that values of files have.
  enum ValueType: Sendable, Hashable {
    case truth
    /// Exact numbers of so many digits behind the point.
    case decimal(scale: Int)
    case double
    case date(isExact: Bool)
    case text
  }

  /// Which part of the column's values it holds.
  enum Part: Sendable, Hashable {
    case whole
    /// The time of day behind a date.
    case time
  }

  let name: String
  /// The place of the column in the file, from 0.
  let column: Int
  var part = Part.whole
  let type: ValueType
  let mayBeUnknown: Bool
  /// Whether no value of it has been seen: it may be of any type.
  var isOpen = false

  /// As messages say it; a column of whole numbers takes others, too, unless the script says not.
  func typeName(_ given: FileOptions.GivenType?) -> String {
    switch type {
    case .truth: "true or false"
    case .decimal, .double: given == .integer ? "a whole number" : "a number"
    case .date: "a date"
    case .text: "a text"
    }
  }

  /// What the checker knows of the column; its texts are known when the file is read.
  var shape: Shape {
    switch type {
    case .truth: .truth(hasKnown: mayBeUnknown, hasAside: false)
    case .decimal(let scale): quantity(.decimal(scale: scale))
    case .double: quantity(.double)
    case .date(let isExact): .date(isExact: isExact, hasKnown: mayBeUnknown, written: nil)
    case .text: .text(.later)
    }
  }

  private func quantity(_ kind: NumberKind) -> Shape {
    .quantity(
      kind: kind, isExact: true, units: .one(nil), hasKnown: mayBeUnknown, written: nil)
  }
}

/// The fields of a file, by its header and what was seen of its values.
struct FileSchema: Sendable {
  /// A column of the file: its name and what was seen in it.
  struct SourceColumn: Sendable, Hashable {
    let name: String
    var sighting = Sighting()
    /// The type that the script gives it.
    var given: FileOptions.GivenType?

    var type: FileField.ValueType { given.map { sighting.type(given: $0) } ?? sighting.type }
    fileprivate var isOpen: Bool { given == nil && sighting.kinds.isEmpty }
  }

  /// How many columns a file may have.
  static let columnLimit = 65_536

  var columns: [SourceColumn]
  /// A column with times of day is two fields: `name` and `name_time`.
  let fields: [FileField]

  init(_ columns: [SourceColumn]) {
    self.columns = columns
    var taken = Set(columns.map(\.name))
    var fields: [FileField] = []
    for (index, column) in columns.enumerated() {
      let type = column.type
      fields.append(
        FileField(
          name: column.name, column: index, type: type,
          mayBeUnknown: column.sighting.hasUnknown || column.sighting.kinds.isEmpty,
          isOpen: column.isOpen))
      guard case .date = type, column.sighting.hasTime else { continue }
      var name = column.name + "_time"
      while !taken.insert(name).inserted { name += "_" }
      fields.append(
        FileField(name: name, column: index, part: .time, type: .text, mayBeUnknown: true))
    }
    self.fields = fields
  }

  /// The fields for the checker, each the column of its place.
  var tableFields: [Field] {
    fields.enumerated().map { index, field in
      Field(name: field.name, source: .column(index), shape: field.shape, isOpen: field.isOpen)
    }
  }

  /// Whether tables read by both have columns of the same shapes; texts need no mark for unknown.
  func hasShapes(of other: FileSchema) -> Bool {
    fields.count == other.fields.count
      && zip(fields, other.fields).allSatisfy { own, other in
        own.name == other.name && own.type == other.type && own.isOpen == other.isOpen
          && (own.mayBeUnknown == other.mayBeUnknown || own.type == .text)
      }
  }
}
