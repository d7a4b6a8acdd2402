import Dossier
import Foundation
import Testing

/// Programs of others that would eat memory or time, under `Limits.untrusted`.
@Suite struct BombTests {
  /// A `let` for each step, each made of the one before.
  private static func chain(_ count: Int, from first: String, _ next: (String) -> String) -> String
  {
    let lines = (1...count).map { "let a\($0) = \(next("a\($0 - 1)"))\n" }
    return "let a0 = \(first)\n" + lines.joined()
  }

  private static func doubled(_ count: Int) -> String {
    chain(count, from: "figures") { "\($0) | union \($0)" }
  }

  /// Each is an error of a limit (E06), of the nesting (E0116) or of the calls (E0208), not an answer.
  static let bombs: [(name: String, text: String)] = [
    ("rows that double", doubled(40) + "count(a40)"),
    ("texts that double", chain(60, from: "\"abc\"") { "\"\\(\($0))\\(\($0))\"" } + "length(a60)"),
    (
      "texts that grow by a function",
      "let f(x: text) = replace(x, \"a\", \"\(String(repeating: "a", count: 500))\")\n"
        + chain(12, from: "\"aaaa\"") { "f(\($0))" } + "length(a12)"
    ),
    (
      "a text of each row with all others",
      doubled(12) + "let all = a12 | summarize l = list(title)\n"
        + "a12 | derive k = 1 | join (all | derive k = 1) as o on k same o.k | derive l = o.l | expand l | summarize n = count()"
    ),
    (
      "each row with each",
      doubled(10)
        + "a10 | derive k = 1 | join (a10 | derive k = 1) as o on k same o.k | summarize n = count()"
    ),
    (
      "each row with each of each",
      "let e = events | derive k = 1 | select k\ne | join e as a on k same a.k | join e as b on k same b.k"
        + " | join e as c on k same c.k | join e as d on k same d.k | join e as f on k same f.k | summarize n = count()"
    ),
    ("a sort of what doubles", doubled(40) + "a40 | sort title | take 1"),
    (
      "groups of their own",
      doubled(40) + "a40 | derive n = row() | summarize c = count() by n | take 1"
    ),
    ("a window over what doubles", doubled(40) + "a40 | derive r = running(count()) | take 1"),
    ("a list of all rows", doubled(40) + "a40 | summarize l = list(title)"),
    ("different values of all rows", doubled(40) + "a40 | summarize c = count_distinct(title)"),
    ("a description of what doubles", doubled(40) + "a40 | describe"),
    ("what is the same once", doubled(40) + "a40 | distinct"),
    (
      "lists that grow",
      "figures | derive l = split(\"\(String(repeating: "a,", count: 4_000))\", \",\") | expand l "
        + "| derive m = split(\"\(String(repeating: "b,", count: 4_000))\", \",\") | expand m | summarize n = count()"
    ),
    (
      "a pattern of many stars",
      doubled(13) + "a13 | where \"{title}\(String(repeating: "a", count: 5_000))\" like "
        + "\"\(String(repeating: "*a", count: 200))*b\" | summarize n = count()"
    ),
    (
      "functions that call each other",
      "let f0(x: integer) = x + x\n"
        + (1...40).map { "let f\($0)(x: integer) = f\($0 - 1)(x) + f\($0 - 1)(x)\n" }.joined()
        + "f40(1)"
    ),
    (
      "brackets in brackets",
      String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000)
    ),
    ("a number without an end", String(repeating: "9", count: 50_000)),
    ("a name without an end", "figures | derive \(String(repeating: "n", count: 50_000)) = 1"),
    ("a script of a million lines", String(repeating: "1\n", count: 1_000_000)),
    ("a file without an end", "open(\"endless.csv\") | summarize c = count()"),
    ("a line without an end", "open(\"line.csv\") | summarize c = count()"),
    ("rivals of what doubles", doubled(40) + "a40 | conflicts"),
    ("one of what doubles", doubled(40) + "a40 | reconcile latest by measure"),
    ("the grounds of what doubles", doubled(14) + "a14 | why | summarize n = count()"),
    ("a drawing of what doubles", doubled(40) + "a40 | render timeline"),
    (
      "different ones of lists of what doubles",
      doubled(12)
        + "a12 | derive l = split(\"\(String(repeating: "a,", count: 4_000))\", \",\") | expand l | distinct"
    ),
  ]

  /// A file that never ends: lines of a digit, or one line.
  struct Endless: FileAccess, FileContent {
    let name: String
    var size: Int? { nil }

    func open(_ path: String, from script: String?) throws(FileProblem) -> any FileContent {
      Endless(name: path)
    }

    func read(
      at offset: Int, into buffer: UnsafeMutableRawBufferPointer
    ) throws(FileProblem) -> Int {
      let isLine = name == "line.csv"
      for index in 0..<buffer.count {
        buffer[index] =
          !isLine && (offset + index) % 2 == 1 ? UInt8(ascii: "\n") : UInt8(ascii: "1")
      }
      return buffer.count
    }
  }

  /// A figure of this process: `VmRSS` or `VmHWM`, in kB.
  private static func memory(_ name: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
    return line.flatMap { Int($0.split(whereSeparator: { !$0.isNumber }).first ?? "") } ?? 0
  }

  /// Runs one and gives the code of its error.
  static func run(_ text: String) -> String {
    do throws(Failure) {
      let query = try Facts.builtIn.prepare(text, files: Endless(name: ""), limits: .untrusted)
      _ = try query.run(limits: .untrusted)
      return "answered"
    } catch {
      return "\(error.diagnostics[0].code) \(error.diagnostics[0].message)"
    }
  }

  @Test(
    "each ends with the error of a limit, and the process grows by 96 MB at most",
    arguments: bombs.map(\.name))
  func bomb(name: String) async {
    let outcome = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) { [name] in
      _ = BombTests.run("count(figures)")
      let text = BombTests.bombs.first { $0.name == name }?.text ?? ""
      let before = BombTests.memory("VmRSS")
      // What takes longer is killed.
      var seconds = rlimit(rlim_cur: 30, rlim_max: 30)
      setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &seconds)
      let start = ContinuousClock.now
      let found = BombTests.run(text)
      let took = ContinuousClock.now - start
      let growth = (BombTests.memory("VmHWM") - before) / 1_024
      FileHandle.standardOutput.write(Data("\n\(found); \(took); \(growth)\n".utf8))
      exit(0)
    }
    let told = String(decoding: outcome?.standardOutputContent ?? [], as: UTF8.self)
    let line = told.split(separator: "\n").last ?? "killed"
    let growth = line.split(separator: " ").last.flatMap { Int($0) } ?? .max
    #expect(growth <= 96, "\(name): \(line)")
    #expect(line.hasPrefix("E06") || line.hasPrefix("E0116"), "\(name): \(line)")
  }
}
