/// The types that a parameter may have.
public enum ParameterType: Sendable, Hashable {
  /// A truth, a number or quantity, a text, a date or a period, as `param` calls them.
  case truth, integer, number, quantity, text, date, period
  /// A list of one type.
  indirect case list(ParameterType)
}
