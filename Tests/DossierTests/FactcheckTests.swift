import Foundation
import Testing

/// The example of a Swift host: drafts are held against dossiers.
@Suite struct FactcheckTests {
  private static let folder = Folders.examples.appendingPathComponent("embed/factcheck/drafts")
  /// The drafts with the arguments that they are checked with.
  static let drafts = [
    ["north-koreans.md"],
    ["flood.md", "--dossier", "../../../dossiers/flood.q"],
  ]

  private func run(
    _ arguments: [String], input: String = ""
  ) throws -> BuiltProgram.Result {
    try BuiltProgram.run(
      arguments, program: try BuiltProgram.path(of: "factcheck"), input: input,
      place: Self.folder.path)
  }

  @Test("a draft gets the verdicts that stand beside it", arguments: drafts)
  func draft(_ arguments: [String]) throws {
    let result = try run(arguments)
    let output = Self.folder.appendingPathComponent(arguments[0]).deletingPathExtension()
      .appendingPathExtension("out")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try result.output.write(to: output, atomically: true, encoding: .utf8)
      Issue.record("\(arguments[0]) was recorded: read what changed")
      return
    }
    #expect(result.output == (try Folders.text(output)))
    #expect(result.notes == "")
    #expect(result.code == 1)
  }

  @Test("as JSON each claim is an object, from standard input too")
  func json() throws {
    let result = try run(["--json"], input: "North Korea sent 9,500 to 12,000 soldiers.\n")
    #expect(
      result.output == """
        [
          {
            "claim" : "9,500 to 12,000 soldiers",
            "column" : 18,
            "grounds" : [
              {
                "id" : "nk_sent",
                "reported" : "about 10,000 people sent, North Korea",
                "sources" : [
                  "Ukrainian sources, Western sources · French press report on North Korean losses, 2024-12-18~, ¶4"
                ],
                "verdict" : "undecided"
              }
            ],
            "line" : 1,
            "reading" : "9_500..12_000 people",
            "remarks" : [
              "'about' read as ±10 % in 1 value (`assume about = …` changes it)"
            ],
            "verdict" : "undecided"
          }
        ]

        """)
    #expect(result.code == 0)
  }

  /// What a sentence about the built-in dossier gets: claim and verdict of each line.
  private func verdicts(_ sentence: String) throws -> [String] {
    let result = try run([], input: sentence)
    #expect(result.notes == "")
    return result.output.split(separator: "\n").filter { $0.hasPrefix("standard input:") }.map {
      $0.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
    }
  }

  @Test(
    "hedges, ranges and units are read as they are meant",
    arguments: [
      ("North Korea sent about 10,000 soldiers.", ["supported: about 10,000 soldiers"]),
      ("North Korea sent ten thousand men.", ["more exact than the source: ten thousand men"]),
      (
        "North Korea sent 10–11 thousand troops.",
        ["more exact than the source: 10–11 thousand troops"]
      ),
      ("Pyongyang sent thousands of soldiers.", ["undecided: thousands of soldiers"]),
      (
        "Pyongyang sent at least 8,000 soldiers.",
        ["vaguer than the source: at least 8,000 soldiers"]
      ),
      ("Pyongyang sent no more than 9,000 soldiers.", ["undecided: no more than 9,000 soldiers"]),
      ("Pyongyang sent fewer than 9,000 soldiers.", ["contradicted: fewer than 9,000 soldiers"]),
      (
        "Kim deployed between 9,000 and 11,000 people.",
        ["supported: between 9,000 and 11,000 people"]
      ),
      ("The US promised 5.6 billion dollars.", ["supported: 5.6 billion dollars"]),
      ("It gives us 5 million dollars of aid.", ["not in the dossier: 5 million dollars"]),
      ("North Koreans suffered 1,000 casualties.", ["contradicted: 1,000 casualties"]),
      (
        "At most 150 North Korean soldiers were killed or wounded.",
        ["contradicted: At most 150 North Korean soldiers"]
      ),
      (
        "Russia lost 400 km² and retook 20% of the territory lost.",
        ["not in the dossier: 400 km²", "more exact than the source: 20%"]
      ),
      (
        "On 20 January 2025 Donald Trump enters the White House.",
        ["supported: 20 January 2025"]
      ),
      ("See page 4, figure 12.", []),
      ("", []),
    ])
  func phrases(_ sentence: String, _ expected: [String]) throws {
    #expect(try verdicts(sentence) == expected)
  }

  @Test("a dossier may use others beside it")
  func uses() throws {
    let folder = try TemporaryFolder()
    let files = [
      "who.q": "source log \"Log\"; actor crew \"The crew\"",
      "all.q":
        "use \"who.q\"\nfigure lost { subject: crew, measure: \"missing\", value: 2..3 people }",
    ]
    for (name, text) in files {
      try text.write(toFile: folder.path + "/" + name, atomically: true, encoding: .utf8)
    }
    let result = try run(
      ["--dossier", folder.path + "/all.q"], input: "Five men of the crew are missing.")
    #expect(
      result.output.hasPrefix("standard input:1:1: contradicted: Five men"), "\(result.notes)")
    #expect(result.code == 1)
  }

  @Test("wrong arguments, missing files and broken dossiers are told by exit codes")
  func mistakes() throws {
    #expect(try run(["--nosuch"]).code == 2)
    #expect(try run(["a", "b"]).notes.hasPrefix("usage: factcheck"))
    #expect(try run(["nosuch.md"]).code == 2)
    #expect(try run(["flood.md", "--dossier", "nosuch.q"]).code == 2)
    let broken = try run(["--dossier", "flood.md"])
    #expect(broken.code == 3)
    #expect(broken.notes.contains("error[E01"))
  }
}
