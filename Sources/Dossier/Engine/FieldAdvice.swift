/// What to tell `open` so that a column of texts is read as numbers or dates.
struct FieldAdvice: Sendable, Hashable {
  /// What becomes of the column.
  enum Result: String, Sendable {
    case numbers, dates

    var phrase: String { self == .numbers ? "a number" : "a date" }
  }

  let result: Result
  /// Why: `'1 234' is a number with thousands: " "`.
  let reason: String
  /// What is added to the call: `thousands: " "`.
  let option: String
  /// What might be added instead, where the values don't decide: `date: "MM/dd/yyyy"`.
  var other: String?
  /// The call with the option.
  let call: String
  /// Where the call stands that opens the file.
  var place: Span?
}
