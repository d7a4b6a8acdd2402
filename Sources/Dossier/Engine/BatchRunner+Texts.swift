/// Instructions on texts, whose dictionaries are found, or made, while the rows are read.
///
/// What is asked of a text is asked once for each code of its dictionary.
extension BatchRunner {
  /// The texts that codes stand for now; a dictionary that is being made may have more later.
  func dictionary(_ texts: Texts) -> TextDictionary {
    switch texts {
    case .fixed(let dictionary): return dictionary
    case .column(let index): return columns[index]?.dictionary ?? TextDictionary.empty
    case .elements(let list):
      if case .pieces(_, _, _, let index) = program.lists[list] { return made[index].dictionary }
      return listColumn(list)?.elements.column.dictionary ?? .empty
    case .scalar(let plan, let column): return scalars[plan].column(column).dictionary ?? .empty
    case .made(let index): return made[index].dictionary
    }
  }

  /// The code of a text in a dictionary that is being made; a new one is charged.
  func make(_ text: String, _ target: Int, at span: Span) throws(RunError) -> Int32 {
    let before = made[target].texts.count
    let code = made[target].code(of: text)
    if made[target].texts.count > before {
      try meter.charge(bytes: text.utf8.count + 48, at: span)
      try meter.charge(steps: 1, at: span)
    }
    return code
  }

  /// The pieces of each row's text; of what isn't there, none.
  func pieces(
    _ codes: Register, _ texts: Texts, _ separator: String, _ target: Int, at span: Span
  ) throws(RunError) -> [[Int32]] {
    let (codes, dictionary) = (self.codes(codes), dictionary(texts))
    let search = TextSearch(separator)
    var known: [Int32: [Int32]] = [:]
    var rows: [[Int32]] = []
    for row in 0..<count {
      let code = codes[row]
      guard code >= 0 else {
        rows.append([])
        continue
      }
      if known[code] == nil {
        var pieces: [Int32] = []
        try search.forEachPiece(of: dictionary[code]) { (piece) throws(RunError) in
          try meter.charge(bytes: 4, at: span)
          pieces.append(try make(String(decoding: piece, as: UTF8.self), target, at: span))
        }
        known[code] = pieces
      }
      rows.append(known[code] ?? [])
    }
    return rows
  }

  /// How many texts there are now.
  func textCount(_ texts: Texts) -> Int {
    if case .made(let index) = texts { return made[index].texts.count }
    return dictionary(texts).count
  }

  func listColumn(_ list: Int) -> ListColumn? {
    switch program.lists[list] {
    case .column(let index):
      guard case .lists(let lists)? = columns[index]?.storage else { return nil }
      return lists
    case .followed(_, let lists): return lists
    case .rows(let plan): return scalars[plan].asList
    case .scalar(let plan, let column):
      guard case .lists(let lists) = scalars[plan].column(column).storage else { return nil }
      return lists
    case .pieces: return nil
    }
  }

  func computeTexts(_ instruction: Instruction, _ lanes: Int) throws(RunError) {
    let inputs = instruction.inputs.map(codes)
    switch instruction.operation {
    case .testText(let test, let texts): try testText(test, texts, instruction, lanes)
    case .compareTexts(let order, let a, let b):
      let (left, right) = (dictionary(a), dictionary(b))
      compareLanes(inputs, masks(instruction.result), lanes) { x, y in
        if left === right, x == y { return order != .less }
        switch order {
        case .less: return left[x] < right[y]
        case .lessOrEqual: return left[x] <= right[y]
        case .equal: return left[x] == right[y]
        }
      }
    case .testPart(let test, let texts, let parts):
      let (whole, part) = (dictionary(texts), dictionary(parts))
      try compareLanes(inputs, masks(instruction.result), lanes) { (x, y) throws(RunError) in
        try holds(test.test(part[y]), whole[x], at: instruction.span)
      }
    case .nameEntity(let table, let texts): try nameEntity(table, texts, instruction, lanes)
    case .adoptText(let texts, let made):
      try mapText(texts, made, instruction, lanes) { (text) throws(RunError) in text }
    case .mapText(let function, let texts, let made):
      try mapText(texts, made, instruction, lanes) { (text) throws(RunError) in
        try function(text) { (bytes) throws(RunError) in
          try meter.ensure(bytes: bytes, at: instruction.span)
        }
      }
    case .lengthOfText(let texts):
      let (dictionary, out) = (dictionary(texts), ints(instruction.result))
      for lane in 0..<lanes {
        let code = inputs[0][lane]
        out[lane] = code < 0 ? 0 : Int64(dictionary[code].count)
      }
    case .numberOfText(let texts):
      let (dictionary, out) = (dictionary(texts), doubles(instruction.result))
      for lane in 0..<lanes {
        let code = inputs[0][lane]
        out[lane] = code < 0 ? 0 : dictionary[code].asNumber ?? 0
      }
    case .isNumber(let texts):
      let (dictionary, out) = (dictionary(texts), masks(instruction.result))
      for lane in 0..<lanes {
        let code = inputs[0][lane]
        out[lane] = code >= 0 && dictionary[code].asNumber != nil ? 1 : 0
      }
    case .compose(let pieces, let names, let made):
      try compose(pieces, names, made, instruction, lanes)
    default: break
    }
  }

  /// 0 where one of the texts isn't there.
  private func compareLanes<Failure: Error>(
    _ inputs: [UnsafeMutablePointer<Int32>], _ out: UnsafeMutablePointer<UInt8>, _ lanes: Int,
    _ test: (Int32, Int32) throws(Failure) -> Bool
  ) throws(Failure) {
    let (a, b) = (inputs[0], inputs[1])
    for lane in 0..<lanes {
      let isThere = a[lane] >= 0 && b[lane] >= 0
      out[lane] = isThere ? (try test(a[lane], b[lane]) ? 1 : 0) : 0
    }
  }

  private func testText(
    _ test: TextTest, _ texts: Texts, _ instruction: Instruction, _ lanes: Int
  ) throws(RunError) {
    let (codes, out) = (codes(instruction.inputs[0]), masks(instruction.result))
    let dictionary = dictionary(texts)
    var memo = memos[instruction.result] ?? CodeMemo()
    for lane in 0..<lanes {
      let code = codes[lane]
      let answer =
        try code < 0
        ? 0
        : memo.answer(code) { (code) throws(RunError) in
          try holds(test, dictionary[code], at: instruction.span) ? 1 : 0
        }
      out[lane] = UInt8(truncatingIfNeeded: answer)
    }
    memos[instruction.result] = memo
  }

  /// Asks about one text; a long one has its copies charged, and is left when the run should end.
  private func holds(
    _ test: TextTest, _ text: String, at span: Span
  ) throws(RunError) -> Bool {
    textBytes += text.utf8.count
    if textBytes > 1 << 16 {
      textBytes = 0
      try meter.ensure(bytes: text.utf8.count * 2, at: span)
    }
    return try test.holds(text) { () throws(RunError) in try meter.charge(steps: 0, at: span) }
  }

  private func nameEntity(
    _ table: EntityTable, _ texts: Texts, _ instruction: Instruction, _ lanes: Int
  ) throws(RunError) {
    let dictionary = dictionary(texts)
    try mapCodes(instruction, lanes) { code in
      let named = table.named(dictionary[code])
      return named.count > 1 ? Code.several : named.first ?? Code.nobody
    }
    let (codes, found) = (codes(instruction.inputs[0]), codes(instruction.result))
    for lane in 0..<lanes where found[lane] == Code.several && isKept(lane, instruction) {
      let name = dictionary[codes[lane]]
      let ids = table.named(name).map { table.ids[Int($0)] }
      throw RunError(
        cause: .ambiguousName(name, kind: table.kind, ids: ids), span: instruction.span)
    }
  }

  private func mapText(
    _ texts: Texts, _ target: Int, _ instruction: Instruction, _ lanes: Int,
    _ map: (String) throws(RunError) -> String
  ) throws(RunError) {
    let dictionary = dictionary(texts)
    try mapCodes(instruction, lanes) { code throws(RunError) in
      try make(try map(dictionary[code]), target, at: instruction.span)
    }
  }

  /// A code for each code, found once; a text that isn't there keeps its own.
  private func mapCodes(
    _ instruction: Instruction, _ lanes: Int, _ find: (Int32) throws(RunError) -> Int32
  ) throws(RunError) {
    let (codes, out) = (codes(instruction.inputs[0]), codes(instruction.result))
    var memo = memos[instruction.result] ?? CodeMemo()
    for lane in 0..<lanes {
      let code = codes[lane]
      out[lane] = code < 0 ? code : try memo.answer(code, find)
    }
    memos[instruction.result] = memo
  }
}

extension BatchRunner {
  /// Puts texts together row by row; what isn't reported is called so.
  private func compose(
    _ pieces: [TextPiece], _ names: FactStore?, _ target: Int, _ instruction: Instruction,
    _ lanes: Int
  ) throws(RunError) {
    let all = (0..<Int32(lanes)).map { $0 }
    let columns = pieces.map { piece -> Column? in
      piece.form.map { LaneCollector.column(of: $0, lanes: all, self) }
    }
    let out = codes(instruction.result)
    for lane in 0..<lanes {
      var text = ""
      for (index, piece) in pieces.enumerated() {
        switch (piece, columns[index]) {
        case (.text(let written), _): text += written
        case (.joined(_, let separator), let column?):
          text += column.text(lane, names: names, separator: separator)
        case (.value, let column?):
          text += column.isUnknown(lane) ? "unknown" : column.text(lane, names: names)
        case (_, nil): break
        }
        if text.utf8.count > 1 << 16 {
          try meter.ensure(bytes: text.utf8.count, at: instruction.span)
        }
      }
      out[lane] = try make(text, target, at: instruction.span)
    }
  }

  /// 1 where two values have the same words.
  func sameRecord(_ a: Form, _ b: Form, _ instruction: Instruction, _ lanes: Int) {
    let out = masks(instruction.result)
    var (left, right): ([Int64], [Int64]) = ([], [])
    for lane in 0..<lanes {
      left.removeAll(keepingCapacity: true)
      right.removeAll(keepingCapacity: true)
      a.appendWords(lane, self, &left)
      b.appendWords(lane, self, &right)
      out[lane] = left == right ? 1 : 0
    }
  }
}

extension String {
  /// The number that it writes, or nil.
  ///
  /// A comma is no part of it, because it parts thousands for some and decimals for others.
  fileprivate var asNumber: Double? {
    let isPlain = utf8.allSatisfy {
      ($0 >= 0x30 && $0 <= 0x39) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0)
    }
    guard isPlain, let number = Double(self), number.isFinite else { return nil }
    // A number nearer to zero than any double isn't zero.
    let digits = utf8.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
    let isZero = !digits.contains { (0x31...0x39).contains($0) }
    if number == 0 { return isZero ? 0 : nil }
    return number
  }
}

extension Code {
  /// A text that names more than one thing.
  fileprivate static let several: Int32 = -4
}
