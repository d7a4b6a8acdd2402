import Dossier

/// The least time of some runs of a piece of work, in nanoseconds: what it takes if nobody disturbs.
func leastTime(runs: Int, of work: () throws -> Void) rethrows -> Double {
  var least = Double.infinity
  for _ in 0..<runs { least = min(least, try time(of: work)) }
  return least
}

/// The time of one run, in nanoseconds.
func time(of work: () throws -> Void) rethrows -> Double {
  let (seconds, attoseconds) = try ContinuousClock().measure(work).components
  return Double(seconds) * 1e9 + Double(attoseconds) / 1e9
}

/// Something whose time is reported under a name.
struct Work {
  let name: String
  let run: () throws -> Void
}

/// Runs each piece of work in turn, three times in a row as the peers do, over and over, and
/// reports the least time of each.
func reportInterleaved(
  _ works: [Work], rounds: Int, unit: String, nanoseconds: Double
) throws {
  var least = [Double](repeating: .infinity, count: works.count)
  for _ in 0..<rounds {
    for (index, work) in works.enumerated() {
      least[index] = min(least[index], try leastTime(runs: 3, of: work.run))
    }
  }
  for (work, time) in zip(works, least) { report(work.name, time / nanoseconds, unit) }
}

/// Prints one result: a name without blanks, a value, a unit.
func report(_ name: String, _ value: Double, _ unit: String) { print(name, value, unit) }

/// Keeps what is written to it.
struct Memory: ByteSink {
  var bytes: [UInt8] = []

  mutating func write(_ bytes: UnsafeRawBufferPointer) { self.bytes += bytes }
}
