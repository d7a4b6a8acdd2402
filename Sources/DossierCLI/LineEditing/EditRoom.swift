/// How long a line may still become before the screen must be measured again.
///
/// Laying the line out for each letter of a long one would take seconds.
struct EditRoom {
  /// The cells that a letter may take at most: one that can't be shown is written as its number.
  private static let mostCells = 8

  private var length = -1
  private var letters = 0

  /// Whether a line of a new length may be taller than the screen, as far as is known.
  mutating func mustBeMeasured(_ length: Int) -> Bool {
    defer { self.length = length }
    switch length - self.length {
    case 0 where self.length >= 0, -1 where self.length >= 0: return false
    case 1 where letters > 0:
      letters -= 1
      return false
    default: return true
    }
  }

  /// Notes how many cells the screen has behind the line.
  mutating func set(cells: Int) { letters = max(0, cells) / Self.mostCells }
}
