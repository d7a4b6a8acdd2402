import Dossier

/// Texts one behind the other, with the places where they begin.
extension ArrowColumn {
  /// The texts of a dictionary, where they lie if Arrow's offsets reach so far.
  init(_ texts: ResultTexts) {
    if let (bytes, offsets) = texts.bytes, bytes.count <= Int(Int32.max) {
      self.init("u", texts.count, .all, [Memory(offsets), Memory(bytes)])
    } else {
      self.init(count: texts.count) { code, body in texts.withBytes(of: Int32(code), body) }
    }
  }

  init(_ texts: [String]) {
    self.init(count: texts.count) { code, body in
      var text = texts[code]
      text.withUTF8(body)
    }
  }

  private init(count: Int, _ text: (Int, (UnsafeBufferPointer<UInt8>) -> Void) -> Void) {
    var bytes: [UInt8] = []
    var offsets: [Int64] = [0]
    offsets.reserveCapacity(count + 1)
    for code in 0..<count {
      text(code) { bytes.append(contentsOf: $0) }
      offsets.append(Int64(bytes.count))
    }
    if bytes.count <= Int(Int32.max) {
      let short = Buffer(offsets.map { Int32(truncatingIfNeeded: $0) })
      self.init("u", count, .all, [Memory(short), Memory(Buffer(bytes))])
    } else {
      self.init("U", count, .all, [Memory(Buffer(offsets)), Memory(Buffer(bytes))])
    }
  }

  /// Codes of texts, each of which stands once in the dictionary.
  static func coded(_ codes: Buffer<Int32>, _ texts: [String], _ presence: Presence) -> ArrowColumn
  {
    var places: [String: Int32] = [:]
    var unique: [String] = []
    let renamed = texts.map { text in
      if let place = places[text] { return place }
      let place = Int32(unique.count)
      places[text] = place
      unique.append(text)
      return place
    }
    if unique.count == texts.count {
      return ArrowColumn("i", codes, of: ArrowColumn(unique), presence)
    }
    let moved = codes.withElements { codes in
      Buffer(codes.map { $0 < 0 ? 0 : renamed[Int($0)] })
    }
    return ArrowColumn("i", moved, of: ArrowColumn(unique), presence)
  }
}
