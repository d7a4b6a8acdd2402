#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A path as its components, `.` and `..` resolved by the text alone.
package struct FilePath: Equatable {
  package let isAbsolute: Bool
  /// `..` stands at the beginning of a relative path only.
  package let components: [String]

  package init(_ text: String) {
    self.init(
      isAbsolute: text.hasPrefix("/"), text.split(separator: "/").map(String.init))
  }

  /// An absolute path.
  package init(components: [String], isAbsolute: Bool = false) {
    self.init(isAbsolute: isAbsolute, components)
  }

  private init(isAbsolute: Bool, _ parts: [String]) {
    self.isAbsolute = isAbsolute
    components = parts.reduce(into: []) { kept, part in
      switch part {
      case ".": break
      case ".." where !kept.isEmpty && kept.last != "..": kept.removeLast()
      case ".." where isAbsolute: break
      default: kept.append(part)
      }
    }
  }

  /// The folder that the program runs in.
  package static var current: FilePath {
    guard let bytes = getcwd(nil, 0) else { return FilePath("/") }
    defer { free(bytes) }
    return FilePath(String(cString: bytes))
  }

  package var text: String { (isAbsolute ? "/" : "") + components.joined(separator: "/") }

  /// The folder that it lies in.
  package var parent: FilePath {
    FilePath(components: components.dropLast(), isAbsolute: isAbsolute)
  }

  /// What another path means here.
  package func joined(_ path: FilePath) -> FilePath {
    path.isAbsolute
      ? path : FilePath(isAbsolute: isAbsolute, components + path.components)
  }

  /// What leads from a folder to it; nil if it doesn't lie there.
  package func components(under root: FilePath) -> [String]? {
    components.starts(with: root.components) && isAbsolute == root.isAbsolute
      ? Array(components.dropFirst(root.components.count)) : nil
  }

  /// The path without links; itself if nothing is there.
  package var real: FilePath {
    guard let bytes = realpath(text, nil) else { return self }
    defer { free(bytes) }
    return FilePath(String(cString: bytes))
  }
}
