import Testing

@testable import Dossier

/// Numbers as spreadsheets of other languages write them.
@Suite struct NumberStyleTests {
  private func options(_ decimal: String?, _ thousands: String?) -> FileOptions {
    var options = FileOptions()
    options.separator = UInt8(ascii: ";")
    options.decimal = decimal?.utf8.first
    options.thousands = thousands.flatMap(NumberStyle.thousands)
    return options
  }

  /// The number in a style, with any of the signs that stand for a blank or an apostrophe.
  private func written(_ whole: Int, _ fraction: String, _ decimal: String, _ sign: String?)
    -> String
  {
    let digits = String(whole.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if let sign, index > 0, (digits.count - index) % 3 == 0 {
        let others = sign == " " ? [" ", "\u{A0}", "\u{202F}"] : sign == "'" ? ["'", "’"] : [sign]
        text += others[index % others.count]
      }
      text.append(digit)
    }
    return (whole < 0 ? "-" : "") + text + (fraction.isEmpty ? "" : decimal + fraction)
  }

  @Test(
    "numbers in each style are what they are without one",
    arguments: [(",", nil), (",", " "), (".", " "), (",", "."), (".", ","), (".", "'"), (",", "'")]
      as [(String, String?)])
  func allStyles(decimal: String, thousands: String?) throws {
    let wholes = [0, 7, -12, 999, 1_000, -1_234, 56_789, 123_456, -1_234_567, 999_999_999_999]
    let fractions = ["", "5", "25", "004", "10"]
    let numbers = wholes.flatMap { whole in fractions.map { (whole, $0) } }
    let file = "n;x\n" + numbers.map { written($0, $1, decimal, thousands) + ";\n" }.joined()
    let plain = "n;x\n" + numbers.map { written($0, $1, ".", nil) + ";\n" }.joined()
    let table = try ReadTable.read(Array(file.utf8), "t.csv", options(decimal, thousands))
    let expected = try ReadTable.read(Array(plain.utf8), "t.csv", options(nil, nil))
    #expect(table.rows == expected.rows)
    #expect(table.types == expected.types && table.types[0] == .decimal(scale: 3))
  }

  @Test("a point that parts thousands leaves the comma to the fraction")
  func pointOfThousands() throws {
    let table = try ReadTable.read("n\n\"1.234,5\"\n12\n", "t.csv", options(nil, "."))
    #expect(table.rows == [["1234.5"], ["12"]])
  }

  @Test("numbers too long for 64 bits are doubles in each style")
  func doubles() throws {
    let text = "n\n12 345 678 901 234 567 890,5\n1,5e3\n-2,25\n"
    let table = try ReadTable.read(text, "t.csv", options(",", " "))
    #expect(table.types == [.double])
    #expect(table.rows == [["1.2345678901234567e+19"], ["1500"], ["-2.25"]])
  }

  @Test(
    "groups have three digits, and the fraction one sign",
    arguments: [
      "12 34", "1234 567", "1 2345", " 1 234 5", "0 123", "1 234 ,5", "1.5", "1,5,5", "1,234 5",
    ])
  func badGroups(value: String) {
    let told = ReadTable.failure("n;x\n1 234,5;a\n\(value);b\n", "t.csv", options(",", " "))
    let trimmed = value.first == " " ? String(value.dropFirst()) : value
    #expect(
      told
        == "E0514 t.csv:3: '\(trimmed)' in 'n': expected a number = open(\"t.csv\", separator: \";\","
        + " types: {n: text}, decimal: \",\", thousands: \" \")")
  }

  @Test(
    "what is no number anyway stays a text", arguments: ["12 kg", "007", "06 12 34 56 78", "a"])
  func texts(value: String) throws {
    let table = try ReadTable.read("n;x\n1 234;a\n\(value);b\n", "t.csv", options(",", " "))
    #expect(table.rows.map { $0[0] } == ["1 234", value])
  }

  @Test("far behind the samples the place of a value that doesn't fit is told")
  func beyondSamples() {
    let row = String(repeating: "a long note ", count: 20)
    var lines = (0..<6_000).map { "\(1 + $0 % 9) \(100 + $0 % 900),5;\(row)\n" }
    lines[2_000] = "12 34,5;x\n"
    #expect(
      ReadTable.failure("n;x\n" + lines.joined(), "t.csv", options(",", " "))
        == "E0514 t.csv:2002:1: '12 34,5' in 'n': expected a number = open(\"t.csv\","
        + " separator: \";\", types: {n: text}, decimal: \",\", thousands: \" \")")
    lines[2_000] = "1'234,5;x\n"
    #expect(
      ReadTable.failure(
        "n;x\n" + lines.map { $0.replacing(" ", with: "") }.joined(), "t.csv", options(",", nil)
      ).hasSuffix("= open(\"t.csv\", separator: \";\", decimal: \",\", thousands: \"'\")"))
  }

  @Test("a type that the script gives and the file writes otherwise gets the option")
  func givenType() {
    var options = FileOptions()
    options.types = ["masse": .number]
    #expect(
      ReadTable.failure("masse;n\n21,5;1\n", "t.csv", options)
        == "E0514 t.csv:2:1: '21,5' in 'masse': expected a number"
        + " = open(\"t.csv\", types: {masse: number}, decimal: \",\")")
    options.types = ["masse": .integer]
    #expect(
      ReadTable.failure("masse;n\n21.5;1\n", "t.csv", options)
        == "E0514 t.csv:2:1: '21.5' in 'masse': expected a whole number"
        + " = open(\"t.csv\", types: {masse: text})")
  }

  @Test("numbers of JSON are written in one way")
  func json() {
    #expect(
      ReadTable.failure("{\"n\": 1}\n", "t.jsonl", options(",", nil))
        == "E0523 t.jsonl: JSON writes its numbers in one way: 'decimal' says nothing here")
  }

  @Test("dates that a pattern doesn't fit are an error, with the pattern that does")
  func dates() {
    var options = FileOptions()
    options.date = DatePattern("MM/dd/yyyy")
    #expect(
      ReadTable.failure("day\n08/02/2031\n25/02/2031\n", "t.csv", options)
        == "E0514 t.csv:3: '25/02/2031' in 'day': expected a date as MM/dd/yyyy"
        + " = open(\"t.csv\", date: \"dd/MM/yyyy\")")
    #expect(
      ReadTable.failure("day\n08/02/2031\nn.d.\n", "t.csv", options)
        == "E0514 t.csv:3: 'n.d.' in 'day': expected a date as MM/dd/yyyy"
        + " = open(\"t.csv\", date: \"MM/dd/yyyy\", unknown: [\"n.d.\"])")
    #expect(
      ReadTable.failure("day,n\n2031.12.24,x\n", "t.csv", options)
        == "E0522 t.csv:2: no date in it is written MM/dd/yyyy"
        + " = open(\"t.csv\", date: \"yyyy.MM.dd\")")
    #expect(
      ReadTable.failure("day\n2031-12-24\n", "t.csv", options)
        == "E0522 t.csv: no date in it is written MM/dd/yyyy = open(\"t.csv\")")
    #expect(
      ReadTable.failure("day,n\n,1\n", "t.csv", options) == "no error: [[nil, Optional(\"1\")]]")
  }
}
