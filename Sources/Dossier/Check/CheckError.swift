/// What can be wrong with names, types, units and declarations.
///
/// Each case shows a program that causes it.
indirect enum CheckError: Error, Sendable, Hashable {
  // E02: names
  /// `figures | where subjct == "Russia"`
  case unknownField(String, in: String?, fields: [String], at: Span)
  /// `figurs | take 1`
  case unknownName(String, known: [String], at: Span)
  /// `figures | derive x = medain(value)`
  case unknownFunction(String, own: [String], at: Span)
  /// `figures | where subject == "Russland"`
  case nobody(String, EntityKind, known: [String], at: Span)
  /// `figures | where subject == "the army"`, if two are called so
  case ambiguous(String, EntityKind, ids: [String], at: Span)
  /// `5 peple`
  case unknownUnit(String, known: [String], at: Span)
  /// `actor a "A" { aka: "B" }`
  case unknownDeclarationField(String, of: EntityKind, at: Span)
  /// `actor a "A"; actor a "B"`
  case duplicateID(String, at: Span, first: Span?)
  /// `figure x { subject: nobody_declared, … }`
  case undeclared(String, EntityKind, known: [String], at: Span)
  /// `actor a "A" { part_of: b }; actor b "B" { part_of: a }`
  case cycle([String], at: Span)
  /// `event x "X" { date: @2024 }`
  case missingField(String, of: EntityKind, at: Span)
  /// `where status == "hapened"`
  case notInVocabulary(String, field: String, [String], at: Span)
  /// `let a = 1; let a = 2`
  case defined(String, at: Span)
  /// A chain of 201 `let`, each of which rests on the one before
  case restsOnTooMany(String, limit: Int, at: Span)
  /// `param side: txt`
  case unknownType(String, at: Span)
  /// `param side: text`, and no value is given
  case missingParameter(String, at: Span)
  /// `--set sid=Russia`
  case unknownParameter(String, known: [String])
  /// `actor a "A" { type: "state", type: "group" }`
  case fieldTwice(String, at: Span)
  /// `select a = 1, a = 2`
  case columnTwice(String, at: Span)
  /// `where value == null`
  case habit(Habit, at: Span, Mending)
  /// `where date > today()`
  case noClock(at: Span)

  /// `let f(value) = figures | where value > 5 people`
  case hiddenParameter(String, at: Span)
  /// `let f(x) = f(x) + 1; f(1)`
  case recursion(String, at: Span)
  /// Functions that call each other 10,000 times
  case tooManyCalls(limit: Int, at: Span)
  /// Functions whose bodies nest, put into each other
  case nestedTooDeep(at: Span)
  /// `let f(x) = count(figures | where value > x); figures | derive n = f(value)`
  case dependsOnRow(String, at: Span)
  /// `let f(n: number) = n * 2; f("a")`
  case argumentType(String, found: String, at: Span, formal: Span?)
  /// `open("a.csv") | summarize s = sum(mass)`, if the file writes `1,5`
  case advised(CheckError, FieldAdvice)
  /// What is wrong in a function for the arguments of a call.
  case inCall(CheckError, function: String, at: Span)

  // E03: types and units
  /// `where measure > 5`
  case typesDiffer(String, Type, at: Span, Type, other: Span)
  /// `where value`
  case expectedType(String, found: Type, at: Span)
  /// `1 km + 1 people`
  case unitsDiffer(Unit, Unit, at: Span, other: Span)
  /// `where value > 9_500`
  case unitMissing(example: String?, at: Span, other: Span)
  /// `where value > 5 km`, if nothing is in km
  case unitNowhere(Unit, units: [String], at: Span, other: Span)
  /// `where date == @2024`
  case coarseEquality(String, at: Span, operation: Span)
  /// `where value == unknown`
  case equalsUnknown(at: Span, comparison: Span)
  /// `where place in 5`
  case cantContain(Type, element: Span, in: Type, at: Span)
  /// `actor a "A" { type: 5 }`
  case wrongFieldType(String, expected: String, at: Span)
  /// `900..200 people`
  case boundsBackwards(at: Span)
  /// `5 / 0`
  case divisionByZero(at: Span)
  /// `9e18 * 9e18`
  case overflow(at: Span)
  /// `figures | where sum(value) > 5`
  case aggregateHere(String, at: Span)
  /// `figures | summarize n = count(value)`
  case countOfValues(Type, at: Span)
  /// `figures | summarize share(value)`
  case shareOfAll(at: Span, groupingPlace: Span?)
  /// `actors | summarize n = origins()`
  case noFacts(String, at: Span)
  /// `figures | summarize value`
  case notAggregated(String, at: Span)
  /// `count(1, 2)`
  case wrongArguments(function: String, expected: String, at: Span)
  /// `figures | where possibly … | take 3`
  case maybeRows(stage: String, at: Span)
  /// `take 1.5`
  case notACount(String, at: Span)
  /// `5 | where true`
  case notATable(Type, at: Span)
  /// `| where true`, with nothing before it
  case nothingBefore(at: Span)
  /// `where subject has "Russia"`
  case noOperation(String, Type, at: Span, hint: String?)
  /// `join actors as a on subject.name == a.name`
  case joinCondition(at: Span, help: String?)
  /// `join actors as a on a.name same a.id`
  case joinSides(String, at: Span)
  /// `join actors as a on subject same a.name`
  case keyTypesDiffer(Type, at: Span, Type, other: Span, help: KeyHelp?)
  /// `join (actors | take 1) on …`, without `as`
  case needsName(at: Span)
  /// `events | union others`, where `date` is a text
  case unionTypesDiffer(String, Type, in: String?, Type, other: String?, at: Span)
  /// `figures | select id | drop id`
  case dropsAll(at: Span)
  /// `figures | where row() == 1`
  case windowHere(String, at: Span)
  /// `figures | derive place = rank()`, with no `sort` before it
  case noOrder(String, at: Span)
  /// `derive x = running(value)`
  case notRunning(at: Span)
  /// `derive x = value * 2 by subject`
  case groupsNothing(at: Span)
  /// `figures | reconcile mean`
  case reconcile(ReconcileMistake)
  /// `figures | derive x = ["a"]`
  case misplaced(String, at: Span, hint: String?)
  /// `figures | render pie`
  case unknownChart(String, at: Span)
  /// `actors | render bar`
  case nothingToDraw(String, fields: [String], at: Span)
  /// `figures | render bar | take 3`
  case behindChart(at: Span)
  /// `let chart = figures | render bar`
  case chartInside(at: Span)
  /// `@2024-12-17 + 3`, `@2024-12-17 + 5 km`
  case noCalendarStep(Unit?, isLiteral: Bool, at: Span)
  /// `date("2024-13")`
  case noDate(String, at: Span)
  /// `5 overlaps @2024`
  case noOverlap(Type, at: Span)
  /// `5 km to people`
  case noConversion(String, Unit, note: String?, at: Span, other: Span)
  /// `unit day, days`
  case unitTaken(String, String, at: Span)
  /// `5 USD to EUR using kim`
  case noRate(String, at: Span, String, amount: Span)
  /// `figures; assume about = 5%`
  case assumedLate(Hedge, at: Span, query: Span)
  /// `assume about = 5%; assume about = 6%`
  case assumedTwice(Hedge, at: Span, first: Span)
  /// `assume about = 5 km`
  case assumption(Hedge, at: Span)
  /// `family "lost", "lost"`
  case familyMember(String, String, at: Span)
  /// `open("gone.csv")`
  case file(FileError, at: Span)
  /// `open("a.csv", date: "yyyy-QQ")`
  case badDatePattern(String, at: Span)
  /// `open("a.csv", sep: ";")`
  case unknownOption(String, known: [String], nearest: String?, at: Span)
  /// `open("a.csv", types: {id: integre})`
  case unknownFileType(String, at: Span)
  /// `figures | derive s = if value > 5 people then "many" else "few"`
  case middleMissing(Type, at: Span)
  /// `where subject in figures`
  case notOneColumn(found: [String], at: Span)
  /// `[{a: 1 + 1}]`, `open(path)`, if `path` is no parameter
  case notWritten(at: Span)
  /// `title like pattern`, if `pattern` is a field
  case patternNotWritten(at: Span)
  /// `--set side=@@`
  case badParameter(String, type: String, value: String, at: Span)
}

/// What to write instead of one side of a key.
struct KeyHelp: Sendable, Hashable {
  let span: Span
  let text: String
}
