/// Ways to write something that people bring from other languages.
///
/// Each case shows what is typed, and what is said of it; the parser adds what mends it.
enum Habit: String, Sendable, Hashable, CaseIterable {
  // Statements

  /// `select * from figures`
  case tableFirst = "a query begins with its table"
  /// `var x = 5`
  case declaredOtherwise = "a name is given with 'let'"
  /// `check count(figures) >= 7, "all"`
  case labelBehindComma = "the label of a check follows ':'"
  /// `figure x { value = 5 people }`
  case equalsInRecord = "a field is given with ':'"
  /// `figure x { value: 5 people phrase: "y" }`
  case commaBetweenFields = "a comma is missing between fields"

  // Stages

  /// `figures | count`
  case countAsStage = "'count' is a function"
  /// `figures | sort by value`
  case sortBy = "'sort' takes the field itself"
  /// `figures | sort value descending`
  case longOrder = "the order is written 'asc' or 'desc'"
  /// `figures | distinct on subject`
  case distinctOn = "'distinct' takes the fields themselves"
  /// `figures | summarize by measure`
  case nothingToSummarize = "'summarize' needs at least one column before 'by'"
  /// `figures | summarize n = count() group by measure`
  case groupBy = "groups follow 'by'"
  /// `figures | select n = count() by measure`
  case groupsInSelect = "'select' has no groups; 'summarize' has"
  /// `figures | select value as v`
  case columnAs = "a column is named in front"
  /// `figures | select value v`
  case commaBetweenColumns = "a comma or '|' is missing"
  /// `figures | derive n = deaths people`
  case unitBehindColumn = "a number of a column gets its unit from 'quantity'"
  /// `figures | where possibly value > 5 people, measure == "killed"`
  case twoConditions = "'where' takes one condition; join them with 'and'"
  /// `events[events.status == "happened"]`
  case rowsInBrackets = "rows are kept with 'where'"
  /// `events.groupby("type").size()`
  case method = "a table has no methods; stages follow '|'"

  // Expressions

  /// `figures | where subject not in ["Russia"]`
  case notBehind = "'not' stands before the whole comparison"
  /// `figures | where value between 200 people and 900 people`
  case between = "a range is written with '..'"
  /// `figures | where 200 people < value < 900 people`
  case chained = "comparisons do not chain"
  /// `figures | derive x = value > 5 ? 1 : 2`
  case questionMark = "a choice is written 'if … then … else'"
  /// `figures | derive x = if a then 1`
  case ifWithoutElse = "'if' needs 'else'"
  /// `count(*)`
  case countOfStar = "'count()' counts rows"
  /// `first(figures | take 3, 2)`
  case pipelineBesideArguments = "a pipeline beside other arguments stands in parentheses"
  /// `events | where title like /offensive.*/`
  case regularExpression = "there are no regular expressions; 'like' takes * and ?"
  /// `f"{value} dead"`
  case prefixedText = "a value in a text is written \\(…)"

  /// `figures | where value == null`
  case null = "there is no null; what is not reported is 'unknown'"
  /// `figures | sort -value`
  case minusForFalling = "a falling order is written 'desc'"
  /// `events | where date in @2024-12-16..@2024-12-17`
  case datesAsRange = "from one day to another is written with '/'"
  /// `figures | where value in EUR`
  case convertedWithIn = "a value is converted with 'to'"

  // Numbers

  /// `figures | where value > 9 500 people`
  case blankInNumber = "a blank does not part thousands"
  /// `figures | where value > 5,6 bn USD`
  case decimalComma = "decimals take a point"
  /// `figures | where value > $5`
  case currencyInFront = "the currency stands after the number"
  /// `figures | where value > USD 5`
  case unitInFront = "the unit stands after the number"
  /// `figures | where value > 500 people per day`
  case rateInWords = "a rate is written with '/'"
}
