import CDossier
import Dossier

/// Texts on their way in: checked, then copied.
extension dossier_text {
  /// The bytes, valid or not.
  ///
  /// - Throws: `Failure` E0710.
  var raw: UnsafeBufferPointer<UInt8> {
    get throws(Failure) {
      guard let bytes else {
        guard length == 0 else {
          throw Failure(code: "E0710", message: "NULL where a text of \(length) bytes is needed")
        }
        return UnsafeBufferPointer(start: nil, count: 0)
      }
      guard length >= 0 else { throw Failure(code: "E0712", message: "a text is too long") }
      return bytes.withMemoryRebound(to: UInt8.self, capacity: length) {
        UnsafeBufferPointer(start: $0, count: length)
      }
    }
  }

  /// The text as it is.
  ///
  /// - Throws: `Failure` E0710, E0712.
  var string: String {
    get throws(Failure) {
      let raw = try raw
      guard let text = String(validating: raw, as: UTF8.self) else {
        throw Failure(code: "E0712", message: "a text that isn't UTF-8")
      }
      guard !raw.contains(0) else {
        throw Failure(code: "E0712", message: "a text with a NUL byte in it")
      }
      return text
    }
  }

  /// A script, whose mistakes are told with their places.
  ///
  /// - Throws: `Failure` E0710, E0712 for its name.
  func script(named name: dossier_text, else other: String) throws(Failure) -> SourceText {
    let name = try name.string
    return SourceText(name: name.isEmpty ? other : name, bytes: Array(try raw))
  }
}

/// Texts on their way out: UTF-8 in memory that stays where it is, with a NUL behind each.
final class KeptTexts: Held, @unchecked Sendable {
  static let phrase = "texts"

  private let memory: UnsafeMutablePointer<CChar>
  private let starts: [Int]

  init(_ texts: [String]) {
    var starts = [0]
    for text in texts { starts.append(starts[starts.count - 1] + text.utf8.count + 1) }
    memory = .allocate(capacity: max(starts[starts.count - 1], 1))
    var place = memory
    for text in texts {
      for byte in text.utf8 {
        place.initialize(to: CChar(bitPattern: byte))
        place += 1
      }
      place.initialize(to: 0)
      place += 1
    }
    self.starts = starts
  }

  deinit { memory.deallocate() }

  var count: Int { starts.count - 1 }

  /// One of them; empty if there is none such.
  subscript(index: Int) -> dossier_text {
    guard index >= 0, index < count else { return dossier_text() }
    return dossier_text(
      bytes: memory + starts[index], length: starts[index + 1] - starts[index] - 1)
  }

  /// What is handed out for ever.
  static let version = KeptTexts([dossierVersion])
}
