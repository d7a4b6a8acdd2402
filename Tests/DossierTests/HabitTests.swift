import Testing

@testable import Dossier

/// What people bring from other languages: each is told in the words of this one, with a program
/// that does what was meant.
@Suite struct HabitTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let typed: String
    let message: String
    let help: String?

    init(_ typed: String, _ message: String, _ help: String?) {
      self.typed = typed
      self.message = message
      self.help = help
    }

    var testDescription: String { typed }
  }

  // MARK: Told while reading

  static let statements = [
    Row("select * from figures", "a query begins with its table", "figures"),
    Row(
      "SELECT value FROM figures WHERE value > 5", "a query begins with its table",
      "figures | where value > 5 | select value"),
    Row(
      "select measure, count(x) from figures group by measure order by measure DESC limit 3",
      "a query begins with its table",
      "figures | summarize measure, count(x) by measure | sort measure desc | take 3"),
    Row("where value > 5", "a query begins with its table", "figures | where value > 5"),
    Row("var x = 5", "a name is given with 'let'", "let x = 5"),
    Row(
      "let f = figures -> where value > 5", "stages are joined with '|'",
      "let f = figures | where value > 5"),
    Row("figures |> take 1", "stages are joined with '|'", "figures | take 1"),
    Row(
      "check count(figures) >= 7, \"all\"", "the label of a check follows ':'",
      "check count(figures) >= 7 : \"all\""),
    Row(
      "figure x { value: 5 people phrase: \"y\" }", "a comma is missing between fields",
      "figure x { value: 5 people, phrase: \"y\" }"),
    Row(
      "figure x { value = 5 people }", "a field is given with ':'",
      "figure x { value: 5 people }"),
    Row("-- a comment", "a comment begins with #", "# a comment"),
    Row("figures // don't", "a comment begins with #", "figures # don't"),
    Row(
      "figures where value > 5 people", "a stage follows '|'", "figures | where value > 5 people"),
    Row(
      "events[events.status == \"happened\"]", "rows are kept with 'where'",
      "events | where status == \"happened\""),
    Row(
      "events.groupby(\"type\").size()", "a table has no methods; stages follow '|'",
      "events | summarize n = count() by type"),
  ]

  static let stages = [
    Row(
      "figures | filter value > 9_500 people", "no stage 'filter'; rows are kept with 'where'",
      "figures | where value > 9_500 people"),
    Row(
      "figures | order by value desc", "no stage 'order'; rows are ordered with 'sort'",
      "figures | sort value desc"),
    Row("figures | sort by value", "'sort' takes the field itself", "figures | sort value"),
    Row(
      "figures | sort value descending", "the order is written 'asc' or 'desc'",
      "figures | sort value desc"),
    Row("figures | limit 10", "no stage 'limit'", "figures | take 10"),
    Row("figures | head 10", "no stage 'head'", "figures | take 10"),
    Row("figures | count", "'count' is a function", "count(figures)"),
    Row(
      "figures | take 3 | count", "'count' is a function", "count(figures | take 3)"),
    Row(
      "figures | group by measure", "no stage 'group'; groups are made with 'summarize'",
      "figures | summarize n = count() by measure"),
    Row(
      "figures | group measure (aggregate n = count())",
      "no stage 'group'; groups are made with 'summarize'",
      "figures | summarize n = count() by measure"),
    Row(
      "figures | summarize by measure", "'summarize' needs at least one column before 'by'",
      "figures | distinct measure"),
    Row(
      "figures | summarize count(*) by measure", "'count()' counts rows",
      "figures | summarize count() by measure"),
    Row(
      "figures | summarize n = count() group by measure", "groups follow 'by'",
      "figures | summarize n = count() by measure"),
    Row(
      "figures | select value as v", "a column is named in front", "figures | select v = value"),
    Row(
      "figures | select n = count() by measure", "'select' has no groups; 'summarize' has",
      "figures | summarize n = count() by measure"),
    Row(
      "figures | select value v", "a comma or '|' is missing", "figures | select value, v"),
    Row(
      "figures | derive n = deaths people", "a number of a column gets its unit from 'quantity'",
      "figures | derive n = quantity(deaths, \"people\")"),
    Row(
      "figures | select n = deaths people/day, id",
      "a number of a column gets its unit from 'quantity'",
      "figures | select n = quantity(deaths, \"people/day\"), id"),
    Row("figures | project value", "no stage 'project'", "figures | select value"),
    Row("figures | extend x = value * 2", "no stage 'extend'", "figures | derive x = value * 2"),
    Row("figures | project-away note", "no stage 'project-away'", "figures | drop note"),
    Row(
      "figures | distinct on subject", "'distinct' takes the fields themselves",
      "figures | distinct subject"),
    Row(
      "figures | left join actors on subject same actors.id", "no stage 'left'",
      "figures | join left actors on subject same actors.id"),
    Row(
      "figures | where possibly value > 5 people, measure == \"killed\"",
      "'where' takes one condition; join them with 'and'",
      "figures | where possibly value > 5 people and measure == \"killed\""),
  ]

  static let expressions = [
    Row(
      "figures | where measure = \"killed\"", "'=' names a column; comparison is '=='",
      "figures | where measure == \"killed\""),
    Row(
      "figures | where measure == 'killed'", "text stands in straight double quotes",
      "figures | where measure == \"killed\""),
    Row(
      "figures | where measure == ‘killed’", "text stands in straight double quotes",
      "figures | where measure == \"killed\""),
    Row(
      "figures | where a == 1 && b == 2", "'&&' is written 'and'",
      "figures | where a == 1 and b == 2"),
    Row(
      "figures | where a == 1 || b == 2", "'||' is written 'or'",
      "figures | where a == 1 or b == 2"),
    Row("figures | where !on_record", "'!' is written 'not'", "figures | where not on_record"),
    Row(
      "figures | where measure <> \"killed\"", "'<>' is written '!='",
      "figures | where measure != \"killed\""),
    Row(
      "figures | where value is null", "there is no null; what is not reported is 'unknown'",
      "figures | where value is unknown"),
    Row(
      "figures | where value is not known", "'is not known' is written 'is unknown'",
      "figures | where value is unknown"),
    Row(
      "figures | where subject not in [\"Russia\"]", "'not' stands before the whole comparison",
      "figures | where not subject in [\"Russia\"]"),
    Row(
      "figures | where value between 200 people and 900 people", "a range is written with '..'",
      "figures | where value in 200..900 people"),
    Row(
      "figures | where 200 people < value < 900 people", "comparisons do not chain",
      "figures | where 200 people < value and value < 900 people"),
    Row(
      "events | where title like /offensive.*/",
      "there are no regular expressions; 'like' takes * and ?",
      "events | where title like \"*offensive*\""),
    Row("f\"{value} dead\"", "a value in a text is written \\(…)", "\"\\(value) dead\""),
    Row(
      "figures | derive x = value > 5 ? 1 : 2", "a choice is written 'if … then … else'",
      "figures | derive x = if value > 5 then 1 else 2"),
    Row(
      "figures | derive x = if a then 1", "'if' needs 'else'",
      "figures | derive x = if a then 1 else unknown"),
    Row(
      "first(figures | take 3, 2)", "a pipeline beside other arguments stands in parentheses",
      "first((figures | take 3), 2)"),
  ]

  static let literals = [
    Row(
      "figures | where value > 9,500 people", "thousands are parted with '_'",
      "figures | where value > 9_500 people"),
    Row(
      "figures | where value > 9 500 people", "a blank does not part thousands",
      "figures | where value > 9_500 people"),
    Row(
      "figures | where value > 5,6 bn USD", "decimals take a point",
      "figures | where value > 5.6 bn USD"),
    Row(
      "figures | where value > $5", "the currency stands after the number",
      "figures | where value > 5 USD"),
    Row("€5.6 bn", "the currency stands after the number", "5.6 bn EUR"),
    Row(
      "figures | where value > USD 5", "the unit stands after the number",
      "figures | where value > 5 USD"),
    Row(
      "figures | where value == ~500 people", "'~' belongs to dates; roughly is 'about'",
      "figures | where value == about 500 people"),
    Row(
      "figures | where value > 500 people per day", "a rate is written with '/'",
      "figures | where value > 500 people/day"),
    Row(
      "events | where date == @2024-3-7", "month and day have two digits",
      "events | where date == @2024-03-07"),
  ]

  @Test(
    "what is written as elsewhere is told in one sentence, with a help that parses",
    arguments: statements + stages + expressions + literals)
  func told(_ row: Row) throws {
    let (tree, errors) = Parser.parse(SourceText(name: "input", text: row.typed))
    let diagnostic = try #require(errors.first).diagnostic(in: tree.source)
    #expect(diagnostic.message == row.message)
    #expect(diagnostic.help == row.help)
    #expect(errors.count == 1)
    if let help = diagnostic.help {
      #expect(Parser.parse(SourceText(name: "help", text: help)).errors.isEmpty)
    }
  }

  @Test("each habit has a row")
  func complete() {
    let rows =
      Self.statements + Self.stages + Self.expressions + Self.literals + Self.namesAndTypes
    let messages = Set(rows.map(\.message))
    for habit in Habit.allCases { #expect(messages.contains(habit.rawValue), "\(habit)") }
  }

  // MARK: Told of names and types

  static let namesAndTypes = [
    Row(
      "figures | where value == unknown",
      "compared with unknown everything is maybe; ask with 'is unknown'",
      "figures | where value is unknown"),
    Row(
      "figures | where value == null", "there is no null; what is not reported is 'unknown'",
      "figures | where value is unknown"),
    Row(
      "figures | where value != NULL", "there is no null; what is not reported is 'unknown'",
      "figures | where value is known"),
    Row(
      "figures | derive v = value ?? null",
      "there is no null; what is not reported is 'unknown'",
      "figures | derive v = value ?? unknown"),
    Row(
      "figures | where value in 200 - 900 people", "a range is written with '..'",
      "figures | where value in 200..900 people"),
    Row(
      "figures | where value in 200 people - 900 people", "a range is written with '..'",
      "figures | where value in 200..900 people"),
    Row(
      "figures | where value in 500.. people", "the unit stands after the number",
      "figures | where value in 500 people.."),
    Row(
      "figures | sort -value", "a falling order is written 'desc'", "figures | sort value desc"),
    Row(
      "figures | sort -value desc, id", "a falling order is written 'desc'",
      "figures | sort value, id"),
    Row(
      "figures | join actors on subject == actors.id",
      "a join compares its keys with 'same', joined by 'and'",
      "figures | join actors on subject.id same actors.id"),
    Row(
      "figures | where stated > 2024-12-17",
      "'>' doesn't go between a date and a number: dates begin with @",
      "figures | where stated > @2024-12-17"),
    Row(
      "events | where date > \"2024-12-17\"",
      "'>' doesn't go between a date and a text: dates begin with @",
      "events | where date > @2024-12-17"),
    Row(
      "events | where date > today()", "a script has no clock; dates come in as a 'param'",
      "param today: date\nevents | where date > today"),
    Row(
      "events | where date in @2024-12-16..@2024-12-17",
      "from one day to another is written with '/'",
      "events | where date in @2024-12-16/2024-12-17"),
    Row(
      "figures | where value in EUR", "a value is converted with 'to'",
      "figures | derive eur = value to EUR"),
    Row(
      "figures | derive v = value in EUR", "a value is converted with 'to'",
      "figures | derive v = value to EUR"),
    Row(
      "figures | reconcile mean by subject, measure",
      "no way to reconcile is called 'mean': claims are never averaged",
      "figures | reconcile range by subject, measure"),
    Row(
      "figures | where subjct == \"Russia\"", "no field 'subjct' in figures",
      "figures | where subject == \"Russia\""),
    Row(
      "figures | where subject == \"Russland\"", "no actor is called 'Russland'",
      "figures | where subject == \"Russia\""),
  ]

  @Test(
    "names and types that others have are told with a help that checks", arguments: namesAndTypes)
  func names(_ row: Row) throws {
    var session = Session()
    session.parameters = ["today": "2024-12-18"]
    session.parametersMayWait = true
    do {
      try session.check(SourceText(name: "input", text: row.typed))
      Issue.record("nothing is wrong")
    } catch let failure as Failure {
      #expect(failure.diagnostics.map(\.message) == [row.message])
      #expect(failure.diagnostics.first?.help == row.help)
      try session.check(SourceText(name: "help", text: row.help ?? ""))
    }
  }

  // MARK: Whole statements

  @Test("the help to a statement of several lines is the whole statement, mended")
  func severalLines() throws {
    let seen = transcript(
      "count(figures); figures\n  | where value is known # all\n  | filter true\n")
    #expect(
      seen == """
        error[E0117]: no stage 'filter'; rows are kept with 'where'
          ┌─ input:3:5
        3 │   | filter true
          │     ^^^^^^
          = help: figures
                    | where value is known # all
                    | where true

        """)
  }

  @Test("a help that would not be a program is left out")
  func twoMistakes() {
    let seen = transcript("figures | filter value between 5")
    #expect(seen.contains("E0117"))
    #expect(!seen.contains("help:"))
  }
}
