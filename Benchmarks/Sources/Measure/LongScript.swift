@testable import Dossier

/// A long script of statements as people write them, each time with other names and numbers.
enum LongScript {
  /// What is repeated; `%` stands for the number of the repetition.
  private static let statements = #"""
    figures | where subject in "North Korea" | select measure, value, claimed_by
    figures | where value > %_500 people and stated > @2024-12-16 | sort value desc | take 10
    let losses_% = figures | where subject in "Russia" and value is known
    # What the report says of August, and who says it.
    events
      | where date in @2024-08 and not status in ["unknown", "doubted"]
      | derive place_name = place.name, sure = (date < @2024-09-01) is true
      | sort date desc, title
    check count(losses_%) >= 1 : "at least one loss of %"
    figures
      | where measure == "killed or wounded" or measure has "killed"
      | summarize n = count(), top = max(value), kinds = list(measure) by subject, claimed_by
    let most_% = (figures | where value in 200..99% people).value
    1_20% people/day * 30 days + about 5.6 k people
    param side_%: text = "Russia"
    actor brigade_% "Brigade %" { alias: ["%th brigade", "brigade mécanisée %"], type: "armed force", part_of: ukrainian_army }
    event crossing_% "Brigade % crosses the border in the Kursk region" {
      source: report, type: "offensive", status: "happened", date: early @2024-08, place: kursk, actor: brigade_%, target: russia, para: [1, 5],
      note: "the day is not given; year inferred",
    }
    figure killed_% {
      source: report, measure: "killed", subject: brigade_%, value: about 1% people, phrase: "environ", event: crossing_%,
      claimed_by: [ukrainian_sources, western_sources], on_record: false, stated: @[2024-10-22~..2024-12-03~], para: [4, %],
    }
    events | where actor in "Ukraine" and date in @2024-22 | distinct type, actor | cite

    """#

  static func report() throws {
    let long = SourceText(name: "long.q", bytes: bytes(atLeast: 8 << 20))
    precondition(Parser.parse(long).errors.isEmpty, "the script has mistakes")
    report("parse", long, runs: 7) { _ = Parser.parse(long) }
    let script = SourceText(name: "script.q", bytes: bytes(atLeast: 1 << 20))
    report("parse/1MB", script, runs: 5) { _ = Parser.parse(script) }
    try report("check/1MB", script, runs: 3) {
      var session = Session()
      try session.check(script)
    }
    try report("print/1MB", script, runs: 3) { _ = try script.formatted() }
  }

  private static func report(
    _ name: String, _ script: SourceText, runs: Int, _ work: () throws -> Void
  ) rethrows {
    let nanoseconds = try leastTime(runs: runs, of: work)
    Measure.report(name, Double(script.bytes.count) / nanoseconds * 1e3, "MB/s")
  }

  private static func bytes(atLeast size: Int) -> [UInt8] {
    let pieces = statements.utf8.split(
      separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
    var text: [UInt8] = []
    var number = 0
    while text.count < size {
      number += 1
      text += pieces[0]
      for piece in pieces.dropFirst() {
        text += String(number).utf8
        text += piece
      }
    }
    return text
  }
}
