/// The time since the last lap, for `--timer` and `.timer on`.
struct Stopwatch {
  private var start = ContinuousClock.now

  /// The time since the start or the last lap.
  mutating func lap() -> Duration {
    let now = ContinuousClock.now
    defer { start = now }
    return now - start
  }

  /// A duration as people read it: `0.42 ms`, `12.3 ms`, `1.20 s`.
  static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    switch microseconds {
    case ..<10_000: return decimal(microseconds / 10, places: 2) + " ms"
    case ..<1_000_000: return decimal(microseconds / 100, places: 1) + " ms"
    default: return decimal(microseconds / 10_000, places: 2) + " s"
    }
  }

  private static func decimal(_ units: Int64, places: Int) -> String {
    let digits = String(units)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return padded.dropLast(places) + "." + padded.suffix(places)
  }
}
