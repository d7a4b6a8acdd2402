#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The descriptors that every program begins with.
enum StandardStreams {
  /// Puts something in the place of those that are closed, as by `>&-`.
  ///
  /// Else the next file that is opened would be taken for standard output. What stands there can't
  /// be read or written, so that the loss is told.
  static func fillGaps() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
