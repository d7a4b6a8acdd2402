#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that no folder lists, so that it is gone with the program, however that ends.
enum NamelessFile {
  /// Opens one on the disk of a folder; -1 where the system or the disk has no such.
  static func open(in folder: String) -> Int32 {
    #if os(Linux)
      // `O_TMPFILE`, which the headers show to programs of GNU only.
      let file = openFile(folder, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
      if file < 0 || access(place(of: file), F_OK) == 0 { return file }
      close(file)
    #endif
    return -1
  }

  /// Gives it a name, if nothing has that; `errno` tells why not.
  static func link(_ descriptor: Int32, as name: String) -> Bool {
    linkat(AT_FDCWD, place(of: descriptor), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0
  }

  /// Where the system keeps an open file that has no name.
  private static func place(of descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }
}

private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  open(path, flags, mode)
}
