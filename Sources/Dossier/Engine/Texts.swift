/// Where the texts are that the codes of a form stand for.
///
/// The texts of a dossier, of a literal and of a host's table are known when a program is written;
/// those of a file and those that a program makes are known only while it runs.
enum Texts: Sendable {
  case fixed(TextDictionary)
  /// Of a column of the source.
  case column(Int)
  /// Of the elements of `lists[list]`.
  case elements(list: Int)
  /// Of the only row of `scalars[plan]`.
  case scalar(plan: Int, column: Int)
  /// Made by the program, in its dictionary of this number.
  case made(Int)

  /// What can be said of them before the run.
  var known: KnownTexts {
    if case .fixed(let dictionary) = self { .fixed(dictionary) } else { .later }
  }
}

/// What is known before the run of the texts of a column.
enum KnownTexts: Sendable {
  case fixed(TextDictionary)
  case later

  /// The texts, if they are known already.
  var dictionary: TextDictionary? {
    if case .fixed(let dictionary) = self { dictionary } else { nil }
  }
}

/// A question about one text.
enum TextTest: Sendable, Hashable {
  case equal(String), less(String), lessOrEqual(String), greater(String), greaterOrEqual(String)
  /// Whether it holds a part, which is folded already.
  case has(TextSearch)
  case starts(String), ends(String)
  case like(TextPattern)
  /// Whether it has words that are read so.
  case isRead(AssumedReading, Readings)

  /// Whether a text passes.
  ///
  /// - Parameter pause: called now and then, to end what takes too long.
  func holds<Failure: Error>(
    _ text: String, pause: () throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    switch self {
    case .equal(let other): text == other
    case .less(let other): text < other
    case .lessOrEqual(let other): text <= other
    case .greater(let other): text > other
    case .greaterOrEqual(let other): text >= other
    case .has(let part): part.isIn(fold(text))
    case .starts(let part): fold(text).utf8.starts(with: part.utf8)
    case .ends(let part): fold(text).utf8.reversed().starts(with: part.utf8.reversed())
    case .like(let pattern): try pattern.matches(text, pause: pause)
    case .isRead(let reading, let readings): readings.assumed(in: text).contains(reading)
    }
  }
}

/// A question about two texts, of which the second is a part; case and accents don't count.
enum TextPartTest: Sendable, Hashable {
  case has, starts, ends

  /// The question about one text, the part being known.
  func test(_ part: String) -> TextTest {
    let part = fold(part)
    switch self {
    case .has: return .has(TextSearch(part))
    case .starts: return .starts(part)
    case .ends: return .ends(part)
    }
  }
}

/// What was found out about the codes of a dictionary that may still grow: asked once a code.
struct CodeMemo<Answer> {
  private var answers: [Answer?] = []

  mutating func answer<Failure: Error>(
    _ code: Int32, _ find: (Int32) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    let place = Int(code)
    if place < answers.count, let known = answers[place] { return known }
    if place >= answers.count {
      answers.append(
        contentsOf: repeatElement(nil, count: max(place + 1, answers.count * 2) - answers.count))
    }
    let found = try find(code)
    answers[place] = found
    return found
  }
}
