import Dossier
import Foundation
import Synchronization

/// How long a run goes on that another thread cancels at a random moment.
struct Stopping {
  static let rows = 1_000_000

  private static let queries = [
    "t | where amount > 500_000 | derive x = amount * 2 + 1 | summarize s = sum(x)",
    "t | sort amount, code | take 10",
    "t | sort name | take 10",
    "t | summarize n = count() by name",
    "t | summarize m = median(amount), d = count_distinct(name) by code",
    "t | where possibly dead > 500_000 people | summarize m = median(dead), s = sum(dead) by code",
    "t | distinct name, code",
    "t | join u on id same u.id | summarize s = sum(amount)",
    "t | sort day | derive before = lag(amount), sofar = running(sum(amount)) by code | take 3",
    "t | derive s = \"\\(name): \\(amount) on \\(day)\" | summarize n = count_distinct(s)",
    "t | derive p = upper(replace(name, \"e\", \"ee\")) | summarize n = count_distinct(p)",
    "t | where name in (u | select name) | summarize n = count()",
    "t | describe",
    "t | union t | union t | summarize n = count() by code",
    "t | derive parts = split(name, \"-\") | expand parts | summarize n = count() by parts",
    "long | where body like \"*a*b*c*d*e*f*z\" | summarize n = count()",
    "long | derive b = fold(body) | where b has \"zzzz\" | summarize n = count()",
    "open(\"big.csv\") | summarize s = sum(amount) by code",
    "open(\"big.csv\") | sort name | take 3",
  ]

  /// A file in memory.
  private struct Content: FileAccess, FileContent {
    let name = "big.csv"
    let bytes: [UInt8]
    var size: Int? { bytes.count }

    func open(_ path: String, from script: String?) throws(FileProblem) -> any FileContent { self }

    func read(
      at offset: Int, into buffer: UnsafeMutableRawBufferPointer
    ) throws(FileProblem) -> Int {
      let count = max(min(buffer.count, bytes.count - offset), 0)
      bytes.withUnsafeBytes { all in
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[offset..<offset + count]))
      }
      return count
    }
  }

  private let tables: [String: Table]
  private let file: Content

  init() throws {
    var random = SplitMix64()
    let rows = Stopping.rows
    func numbers(upTo limit: UInt64) -> [Int64] {
      (0..<rows).map { _ in Int64(random.next(upTo: limit)) }
    }
    let ids = numbers(upTo: UInt64(rows))
    let amounts = numbers(upTo: 1_000_000)
    let codes = (0..<rows).map { _ in Int32(random.next(upTo: 1_000)) }
    let names = (0..<200_000).map { "name-\($0 * 7_919 % 200_000)-\($0 % 13)" }
    let nameCodes = (0..<rows).map { _ in Int32(random.next(upTo: 200_000)) }
    let days = (0..<rows).map { _ in Int32(random.next(upTo: 20_000)) }
    let table = try Table(columns: [
      ("id", .numbers(ids)), ("amount", .numbers(amounts)),
      ("code", .texts(codes: Buffer(codes), dictionary: (0..<1_000).map { "c\($0)" })),
      ("name", .texts(codes: Buffer(nameCodes), dictionary: names)),
      ("day", .days(Buffer(days))),
      (
        "dead",
        .quantities(
          low: amounts.map { $0 / 2 }, best: amounts, high: amounts.map { $0 * 2 }, unit: "people")
      ),
    ])
    let bodies = (0..<2_000).map { "\($0) " + String(repeating: "abcdef gh ", count: 1_000) }
    tables = [
      "t": table, "u": table,
      "long": try Table(columns: [("body", .texts(bodies))]),
    ]
    var text = "id,amount,code,name\n"
    for row in 0..<rows {
      text += "\(ids[row]),\(amounts[row]),c\(codes[row]),\(names[Int(nameCodes[row])])\n"
    }
    file = Content(bytes: Array(text.utf8))
  }

  /// Prints p50, p99 and the longest of so many cancels; with `each` those of every query too.
  func report(cancels: Int, each: Bool) throws {
    var random = SplitMix64()
    var all: [Double] = []
    for text in Stopping.queries {
      let query = try Facts.builtIn.prepare(text, tables: tables, files: file)
      let whole = try time { _ = try query.run() }
      var found: [Double] = []
      for _ in 0..<max(cancels / Stopping.queries.count, 1) {
        let moment = Double(random.next(upTo: 1_000)) / 1_000 * whole
        if let latency = try latency(of: query, cancelledAfter: moment) { found.append(latency) }
      }
      // What was cancelled leaves nothing behind.
      _ = try query.run()
      all += found
      if each {
        let longest = (found.max() ?? 0) / 1e6
        let line = String(format: "%8.1f ms, longest stop %6.2f ms: ", whole / 1e6, longest) + text
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
      }
    }
    all.sort()
    for (name, part) in [("p50", 0.5), ("p99", 0.99), ("longest", 1)] {
      let place = min(Int(Double(all.count) * part), all.count - 1)
      Measure.report("stop-\(name)", all[place] / 1e6, "ms")
    }
  }

  /// Nanoseconds from the cancel to the end of the run; nil if the run was faster.
  private func latency(of query: PreparedQuery, cancelledAfter wait: Double) throws -> Double? {
    let cancel = CancelToken()
    let moment = Mutex<ContinuousClock.Instant?>(nil)
    let thread = Thread {
      usleep(UInt32(wait / 1_000))
      moment.withLock { $0 = ContinuousClock.now }
      cancel.cancel()
    }
    thread.start()
    do throws(Failure) {
      _ = try query.run(cancel: cancel)
      return nil
    } catch {
      guard error.diagnostics[0].code == "E0690", let moment = moment.withLock({ $0 }) else {
        throw error
      }
      let (seconds, attoseconds) = (ContinuousClock.now - moment).components
      return Double(seconds) * 1e9 + Double(attoseconds) / 1e9
    }
  }
}
