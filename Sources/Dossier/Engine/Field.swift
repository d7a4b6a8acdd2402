/// A field of rows: its name, where its values come from, and what is known of them.
struct Field: Sendable {
  enum Source: Sendable {
    /// A column of the table, as it is.
    case column(Int)
    /// Registers of the program that is being written for the rows.
    case form(Form)
  }

  var name: String
  var source: Source
  let shape: Shape
  /// Whether a dossier's table shows it without being asked.
  var isShown = true
  /// The claim columns that say on which figures it rests, so that adding it up needs the guard.
  var claims = Claims()

  /// Whether it is a column without any value in its file.
  var isOpen = false
  /// What would make numbers or dates of a file's column of texts.
  var advice: FieldAdvice?
  /// Whether it was computed of others, so that one without bounds is not one that isn't reported.
  var isComputed = false
  /// What an uncertain quantity is made of, if that is known.
  var sum: LinearSum?

  var type: Type { shape.type }

  /// The registers of a computed field.
  var registers: [Register] { if case .form(let form) = source { form.registers } else { [] } }

  /// The same field as a column of the table that a step makes.
  func asColumn(_ index: Int) -> Field {
    var field = self
    field.source = .column(index)
    return field
  }
}
