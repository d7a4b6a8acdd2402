#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that can't be read or written.
struct FileError: Error { let path: String }

/// All bytes of a file.
func bytes(ofFile path: String) throws -> [UInt8] {
  guard let file = fopen(path, "rb") else { throw FileError(path: path) }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
  return bytes
}

func write(_ bytes: [UInt8], toFile path: String) throws {
  guard let file = fopen(path, "wb") else { throw FileError(path: path) }
  defer { fclose(file) }
  guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw FileError(path: path) }
}
