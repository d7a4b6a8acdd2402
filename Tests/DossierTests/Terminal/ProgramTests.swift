import Foundation
import Testing

@Suite("The program without a terminal")
struct ProgramTests {
  @Test("a text, a script and standard input give the same answer and 0")
  func inputs() throws {
    let folder = try TemporaryFolder()
    let script = folder.path + "/sum.q"
    try Data("#!/usr/bin/env dossier\n20 + 22\n".utf8).write(to: URL(fileURLWithPath: script))
    let runs = [
      try BuiltProgram.run(["-e", "20 + 22"]), try BuiltProgram.run([script]),
      try BuiltProgram.run([], input: "20 + 22\n"), try BuiltProgram.run(["-"], input: "20 + 22"),
      try BuiltProgram.run(["--color", "auto", "-e", "20 + 22"]),
    ]
    for run in runs {
      #expect(run.output == runs[0].output)
      #expect(run.output.contains("42"))
      #expect(!run.output.contains("\u{1B}"))
      #expect(run.notes.isEmpty)
      #expect(run.code == 0)
    }
  }

  @Test("the exit code tells what went wrong, on standard error")
  func exitCodes() throws {
    let runs: [(BuiltProgram.Result, Int32)] = [
      (try BuiltProgram.run(["-e", "(20 +"]), 3),
      (try BuiltProgram.run(["/nowhere/x.q"]), 4),
      (try BuiltProgram.run(["/"]), 4),
      (try BuiltProgram.run(["--frmat", "csv"]), 2),
      (try BuiltProgram.run(["--format", "xml"]), 2),
      (try BuiltProgram.run(["-e"]), 2),
    ]
    for (run, code) in runs {
      #expect(run.code == code, "\(run.notes)")
      #expect(run.output.isEmpty)
      #expect(!run.notes.isEmpty)
    }
    #expect(runs[1].0.notes == "dossier: cannot read '/nowhere/x.q': no such file or directory\n")
  }

  @Test("results in CSV and TSV are parted by an empty line", arguments: ["csv", "tsv"])
  func partedRecords(_ format: String) throws {
    let run = try BuiltProgram.run(["--format", format, "-e", "count(figures); count(actors)"])
    #expect(run.output == "count(figures)\n9\n\ncount(actors)\n21\n")
  }

  @Test("answers in HTML are one page, also of several texts and before an error")
  func onePage() throws {
    for last in ["2", "(2"] {
      let run = try BuiltProgram.run(["--format", "html", "-e", "1; 1", "-e", last])
      #expect(run.output.components(separatedBy: "<html").count == 2)
      #expect(run.output.hasSuffix("</html>\n"))
    }
  }

  @Test("--limit shows the first and last rows of tables, and all rows elsewhere")
  func limit() throws {
    func lines(_ format: String) throws -> Int {
      let options = ["--no-cite", "--limit", "3", "--format", format]
      let run = try BuiltProgram.run(options + ["-e", "figures | select id"])
      return run.output.split(separator: "\n").count
    }
    #expect(try lines("table") == 6)
    #expect(try lines("csv") == 10)
    #expect(try lines("markdown") == 12)
  }

  @Test("--csv-safe marks the texts that begin as formulas do, and tells how many")
  func formulas() throws {
    let text = """
      figures | take 1 | select a = "=1+1", b = -5, c = "+x", d = -5 people, e = "a=b", f = "@x"
      """
    for (format, sign) in [("csv", ","), ("tsv", "\t")] {
      let plain = try BuiltProgram.run(["--format", format, "-e", text])
      let run = try BuiltProgram.run(["--csv-safe", "--format", format, "-e", text])
      let cells = ["=1+1", "-5", "+x", "-5 people", "-5", "-5", "-5", "people", "a=b", "@x"]
      let safe = ["'=1+1", "-5", "'+x", "'-5 people", "-5", "-5", "-5", "people", "a=b", "'@x"]
      #expect(plain.output.hasSuffix("\n" + cells.joined(separator: sign) + "\n"))
      #expect(plain.notes.isEmpty)
      #expect(run.output.hasSuffix("\n" + safe.joined(separator: sign) + "\n"))
      #expect(run.notes == "a ' put before 4 texts that a spreadsheet would run as formulas\n")
    }
  }

  @Test("a mistake in a later text leaves the answers before it")
  func answersBefore() throws {
    let run = try BuiltProgram.run(["-e", "20 + 22", "-e", "(20 +"])
    #expect(run.output.contains("42"))
    #expect(run.notes.contains("-e 2"))
    #expect(run.code == 3)
  }

  @Test("errors can be had as JSON, one a line")
  func jsonErrors() throws {
    for arguments in [["-e", "(20 +"], ["/nowhere/x.q"]] {
      let run = try BuiltProgram.run(["--errors", "json"] + arguments)
      let line = try #require(run.notes.split(separator: "\n").first)
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(value?["message"] is String)
      #expect((value?["code"] as? String)?.hasPrefix("E0") == true)
    }
  }

  @Test(
    "a contradicted check ends with 1, an undetermined one only with --strict",
    arguments: [
      ("check 1 < 2", [], 0), ("check 1 > 2", [], 1), ("check 1..3 > 2", [], 0),
      ("check 1..3 > 2", ["--strict"], 1), ("check figures | where false", ["--strict"], 1),
      ("check 1 < 2", ["--strict"], 0), ("check 1 > 2; check 1 < 2", [], 1),
    ] as [(String, [String], Int32)])
  func checks(_ text: String, _ options: [String], _ code: Int32) throws {
    let run = try BuiltProgram.run(options + ["-e", text])
    #expect(run.code == code)
    #expect(run.output.contains("ed: "))
  }

  @Test("several checks are counted in the end, beside the answers")
  func countedChecks() throws {
    let run = try BuiltProgram.run([
      "--format", "json", "-e", "check 1 < 2; check 1..3 > 2", "-e", "check 1 > 2; check 2 > 1",
    ])
    #expect(run.notes == "4 checks: 2 supported, 1 contradicted, 1 undetermined\n")
    #expect(run.output.split(separator: "\n").count == 4)
    #expect(try BuiltProgram.run(["-e", "check 1 < 2"]).notes.isEmpty)
  }

  @Test("a wrong use ends with 2, and is JSON where errors are")
  func wrongUse() throws {
    let uses = [
      (["--bogus"], "unknown option '--bogus'"),
      (["--set", "x"], "--set takes name=value, not 'x'"),
      (["a.q", "b.q"], "only one script can be run, and 'b.q' is a second one"),
      (["--limit"], "missing value for '--limit'"),
      (["--color", "a\nb"], #"--color takes auto, always, never, not 'a\nb'"#),
    ]
    for (arguments, message) in uses {
      let text = try BuiltProgram.run(arguments)
      #expect(text.notes == "dossier: \(message)\nsee 'dossier --help'\n")
      for form in [["--errors", "json"], ["--errors=text", "--errors=json"]] {
        let json = try BuiltProgram.run(form + arguments)
        #expect(json.notes == "{\"code\": null, \"message\": \"\(message)\"}\n")
        #expect(json.code == 2 && json.output == "")
      }
      #expect(text.code == 2 && text.output == "")
    }
    let wrong = try BuiltProgram.run(["--errors", "xml", "--bogus"])
    #expect(wrong.notes.hasPrefix("dossier: ") && wrong.code == 2)
  }

  @Test("a full disk ends with 1 and says so")
  func fullDisk() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    for arguments in [["-e", "1"], ["--help"]] {
      let run = try BuiltProgram.run(arguments, output: "/dev/full")
      #expect(run.code == 1)
      #expect(run.notes == "dossier: cannot write standard output: no space left on device\n")
    }
  }

  @Test("a session can be had through a pipe, without prompts")
  func pipedSession() throws {
    let run = try BuiltProgram.run(
      ["-i", "-e", "1 + 1"], input: "(20 +\n22)\n.quit\n5 + 5\n",
      environment: ["DOSSIER_HISTORY": ""])
    #expect(run.output.contains("2"))
    #expect(run.output.contains("42"))
    #expect(!run.output.contains("10"))
    #expect(!run.output.contains("dossier>"))
    #expect(run.code == 0)
  }

  @Test("--version and --help are answers")
  func answers() throws {
    let version = try BuiltProgram.run(["--version"])
    #expect(version.output.split(separator: ".").count == 3)
    #expect(version.code == 0)
    let help = try BuiltProgram.run(["--help"])
    #expect(help.output.contains("Exit codes"))
    #expect(help.code == 0)
  }

  @Test("--dossier brings facts in for texts, scripts, checks and sessions")
  func dossiers() throws {
    let folder = try TemporaryFolder()
    let flood = Folders.examples.path + "/dossiers/flood.q"
    func write(_ text: String, to name: String) throws -> String {
      let path = folder.path + "/" + name
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return path
    }
    let used = try BuiltProgram.run(["-e", "use \"\(flood)\"; count(figures)"])
    let script = try write("count(figures)\n", to: "count.q")
    let runs = [
      try BuiltProgram.run(["--dossier", flood, "-e", "count(figures)"]),
      try BuiltProgram.run(["--dossier", flood, script]),
      try BuiltProgram.run(["--dossier", flood], input: "count(figures)"),
      try BuiltProgram.run(["--dossier", flood, "-i"], input: "count(figures)\n"),
      try BuiltProgram.run(["--dossier", flood, "-e", "use \"\(flood)\"; count(figures)"]),
      try BuiltProgram.run(["--dossier", flood, "--dossier", flood, "-e", "count(figures)"]),
    ]
    for run in runs { #expect(run.output == used.output && run.notes == "" && run.code == 0) }
    let both = try BuiltProgram.run(["--dossier", flood, "-e", "use builtin; count(figures)"])
    #expect(both.output.hasPrefix("17 ") && used.output.hasPrefix("8 "))
    // What declares no source stands beside the report.
    let actor = try write("actor me \"Me\" { type: \"person\" }\n", to: "me.q")
    let mine = try BuiltProgram.run(["--dossier", actor, "-e", "count(actors)"])
    #expect(mine.output == "22\n")
    #expect(
      try BuiltProgram.run(["--dossier", flood, "--check", "-e", "boats_log.value"]).code == 0)
    #expect(try BuiltProgram.run(["--check", "-e", "boats_log.value"]).code == 3)
  }

  @Test("a dossier that is missing or wrong is told, and nothing runs")
  func wrongDossiers() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/wrong.q"
    try Data("actor a \"A\" { tipe: \"state\" }\n".utf8).write(to: URL(fileURLWithPath: path))
    for options in [["-e", "1"], ["-i"], ["--check", "-e", "1"]] {
      let wrong = try BuiltProgram.run(["--dossier", path] + options, input: "1\n")
      #expect(wrong.notes.contains("\(path):1:15") && wrong.code == 3 && wrong.output == "")
      let missing = try BuiltProgram.run(["--dossier", "/nowhere/x.q"] + options, input: "1\n")
      #expect(missing.notes.contains("no such file") && missing.code == 4 && missing.output == "")
    }
  }

  @Test("run and help are words for what happens without them")
  func words() throws {
    #expect(try BuiltProgram.run(["run", "-e", "20 + 22"]).output == "42\n")
    #expect(try BuiltProgram.run(["run"], input: "20 + 22").output == "42\n")
    let help = try BuiltProgram.run(["help"])
    #expect(help.output == (try BuiltProgram.run(["--help"]).output) && help.code == 0)
  }

  @Test("who gives a script a command of sessions is told where it belongs")
  func commandsInScripts() throws {
    let hint = "a line that begins with a dot is for sessions: dossier -i\n"
    for run in [
      try BuiltProgram.run(["-e", ".tables"]), try BuiltProgram.run([], input: "1\n.mode json\n2"),
    ] {
      #expect(run.notes.hasSuffix(hint) && run.code == 3 && run.output == "")
    }
    #expect(!(try BuiltProgram.run(["-e", ".5"])).notes.contains(hint))
    #expect(!(try BuiltProgram.run(["-e", "figurs"])).notes.contains(hint))
  }

  @Test("the options that the help leaves out are told by --help-hidden")
  func allOptions() throws {
    let run = try BuiltProgram.run(["--help-hidden"])
    for option in ["--no-rc", "--csv-safe", "--errors", "--timer", "--ast"] {
      #expect(run.output.contains(option))
    }
  }

  @Test("the timer tells of each answer on standard error, in milliseconds or seconds")
  func timer() throws {
    let run = try BuiltProgram.run([
      "--timer", "--format", "json", "-e", "1; let a = 2; a", "-e", "3",
    ])
    #expect(run.output == "1\n2\n3\n")
    let lines = run.notes.split(separator: "\n")
    #expect(lines.count == 3 && lines.allSatisfy { $0.hasSuffix(" ms") || $0.hasSuffix(" s") })
  }
}
