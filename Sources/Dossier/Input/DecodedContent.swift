import Synchronization

/// The bytes of a file in UTF-8 that was written in another encoding.
///
/// How long it is is found out by reading, as of a stream. Where the stretches begin that were read is
/// kept, so that any place can be read again.
final class DecodedContent: FileContent {
  /// How much of the file is decoded at a time.
  private static let stretch = 1 << 16

  /// A place in the text, and in the file.
  private struct Mark {
    var text: Int
    var file: Int
  }

  private let file: any FileContent
  let encoding: Encoding
  private let marks = Mutex([Mark(text: 0, file: 0)])

  init(_ file: any FileContent, _ encoding: Encoding) {
    self.file = file
    self.encoding = encoding
  }

  var name: String { file.name }
  var size: Int? { nil }

  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileProblem) -> Int {
    var place = marks.withLock { marks in
      var (low, high) = (0, marks.count)
      while low + 1 < high {
        let middle = (low + high) / 2
        if marks[middle].text <= offset { low = middle } else { high = middle }
      }
      return marks[low]
    }
    while true {
      let bytes = try file.bytes(from: place.file, atMost: DecodedContent.stretch)
      let areLast = bytes.count < DecodedContent.stretch
      let (text, used) = encoding.decoded(bytes, areLast: areLast)
      let skipped = offset - place.text
      if skipped < text.count {
        let part = text[skipped...].prefix(buffer.count)
        buffer.copyBytes(from: part)
        return part.count
      }
      if areLast { return 0 }
      place = Mark(text: place.text + text.count, file: place.file + used)
      let reached = place
      marks.withLock { marks in
        if let last = marks.last, last.text < reached.text { marks.append(reached) }
      }
    }
  }
}

extension FileContent {
  /// The bytes from a place on, fewer than asked for at the end only.
  func bytes(from start: Int, atMost most: Int) throws(FileProblem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: most)
    var count = 0
    while count < most {
      var result: Result<Int, FileProblem> = .success(0)
      bytes.withUnsafeMutableBytes { buffer in
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
        do throws(FileProblem) {
          result = .success(try read(at: start + count, into: rest))
        } catch {
          result = .failure(error)
        }
      }
      let more = try result.get()
      if more <= 0 { break }
      count += min(more, most - count)
    }
    bytes.removeLast(most - count)
    return bytes
  }
}
