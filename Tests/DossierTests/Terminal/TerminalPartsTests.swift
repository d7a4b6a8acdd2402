import Dossier
import Testing

@testable import DossierCLI

@Suite("Parts of the program")
struct TerminalPartsTests {
  @Test("colour follows the option, then NO_COLOR, then FORCE_COLOR, then the terminal")
  func colour() {
    typealias Case = (ColourPolicy.Choice, Bool, [String: String], Bool)
    let cases: [Case] = [
      (.auto, true, ["TERM": "xterm"], true),
      (.auto, true, ["TERM": "dumb"], false),
      (.auto, true, [:], false),
      (.auto, false, ["TERM": "xterm"], false),
      (.auto, true, ["TERM": "xterm", "NO_COLOR": "1"], false),
      (.auto, true, ["TERM": "xterm", "NO_COLOR": ""], true),
      (.auto, false, ["FORCE_COLOR": "1"], true),
      (.auto, false, ["CLICOLOR_FORCE": "1"], true),
      (.auto, true, ["TERM": "xterm", "FORCE_COLOR": "0"], false),
      (.auto, false, ["FORCE_COLOR": "1", "NO_COLOR": "1"], false),
      (.always, false, ["NO_COLOR": "1"], true),
      (.never, true, ["TERM": "xterm", "FORCE_COLOR": "1"], false),
    ]
    for (choice, isTerminal, environment, expected) in cases {
      let allowed = ColourPolicy.allowsColour(
        choice, isTerminal: isTerminal, environment: { environment[$0] })
      #expect(allowed == expected, "\(choice), terminal \(isTerminal), \(environment)")
    }
  }

  @Test("a terminal shows UTF-8 unless the locale says otherwise")
  func locale() {
    let cases: [([String: String], Bool)] = [
      ([:], true), (["LANG": ""], true), (["LANG": "en_GB.UTF-8"], true),
      (["LANG": "de_DE.utf8@euro"], true), (["LC_CTYPE": "UTF-8"], true), (["LANG": "C"], false),
      (["LANG": "de_DE.ISO-8859-1"], false), (["LC_ALL": "POSIX", "LANG": "C.UTF-8"], false),
      (["LC_ALL": "", "LC_CTYPE": "C", "LANG": "C.UTF-8"], false),
    ]
    for (environment, expected) in cases {
      #expect(Terminal.showsUTF8 { environment[$0] } == expected, "\(environment)")
    }
  }

  @Test(
    "a text comes back from its JSON string, which is one line",
    arguments: ["", "a\nb", "\"\\\t\r", "é 日本 😀", "\u{1B}[31m\u{7F}\u{85}\u{2028}", "\u{0}"])
  func jsonText(_ text: String) {
    let json = JSONText.encoded(text)
    #expect(JSONText.decoded(json[...]) == text)
    #expect(!json.unicodeScalars.contains { $0.properties.generalCategory == .control })
  }

  @Test("escapes of other writers are read, and what is no JSON string is refused")
  func foreignJSON() {
    #expect(JSONText.decoded(#""\u20AC\uD83D\uDE00\/""#) == "€😀/")
    for broken in ["", "\"", "a", "\"a", "\"\\q\"", #""\uD83D""#, #""\u12""#, "\"a\"b\"", "[1]"] {
      #expect(JSONText.decoded(broken[...]) == nil, "\(broken)")
    }
  }

  @Test("durations read as people write them")
  func durations() {
    #expect(Stopwatch.text(.microseconds(4)) == "0.00 ms")
    #expect(Stopwatch.text(.microseconds(423)) == "0.42 ms")
    #expect(Stopwatch.text(.microseconds(12_345)) == "12.3 ms")
    #expect(Stopwatch.text(.milliseconds(1_234)) == "1.23 s")
  }

  @Test("bytes of a terminal become characters, and broken ones the replacement")
  func scalars() {
    func read(_ bytes: [UInt8]) -> String {
      var reader = ScalarReader()
      return String(String.UnicodeScalarView(bytes.compactMap { reader.take($0) }))
    }
    #expect(read(Array("aé日😀".utf8)) == "aé日😀")
    #expect(read([0xFF, 0x61]) == "\u{FFFD}a")
    #expect(read([0xC0, 0x61]) == "\u{FFFD}a")
    #expect(read([0xE0, 0x80, 0x80]) == "\u{FFFD}")
    #expect(read([0xE6, 0x97, 0x61]) == "a")
    #expect(read([0xE6, 0xC3, 0xA9]) == "é")
  }

  @Test("candidates stand in columns, cut to the width and to the lines")
  func layout() {
    let words = ["where", "select", "sort", "take", "join"].map {
      Completions.Candidate(text: $0, detail: "")
    }
    #expect(
      CandidateLayout(width: 20, mostLines: 9).lines(words) == [
        "where   take", "select  join", "sort",
      ])
    #expect(
      CandidateLayout(width: 7, mostLines: 3).lines(words) == ["where", "select", "… 3 more"])
    let field = Completions.Candidate(text: "value", detail: "quantity, of each figure")
    #expect(CandidateLayout(width: 15, mostLines: 9).lines([field])[0].hasPrefix("value  quant"))
    #expect(CandidateLayout(width: 80, mostLines: 9).lines([]).isEmpty)
    let hostile = Completions.Candidate(text: "a\u{1B}[2Jb", detail: "\u{7}")
    let line = CandidateLayout(width: 80, mostLines: 9).lines([hostile])[0]
    #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }
}
