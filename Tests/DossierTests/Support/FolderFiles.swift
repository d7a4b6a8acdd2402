import Dossier
import Foundation

/// The files of a folder of the project, for programs that open some.
struct FolderFiles: FileAccess {
  let root: URL

  func open(_ path: String, from script: String?) throws(FileProblem) -> any FileContent {
    let folder = script.map { ($0 as NSString).deletingLastPathComponent } ?? ""
    let file = root.appendingPathComponent((folder as NSString).appendingPathComponent(path))
    guard let bytes = try? Data(contentsOf: file) else { throw .notFound }
    return WholeFile(name: path, bytes: [UInt8](bytes))
  }
}

private struct WholeFile: FileContent {
  let name: String
  let bytes: [UInt8]
  var size: Int? { bytes.count }

  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileProblem) -> Int {
    let part = bytes.dropFirst(offset).prefix(buffer.count)
    buffer.copyBytes(from: part)
    return part.count
  }
}

extension Session {
  /// A session that reaches the files of the examples, as programs of the documents do.
  static var ofExamples: Session {
    var session = Session()
    session.files = FolderFiles(root: Folders.examples)
    return session
  }
}
