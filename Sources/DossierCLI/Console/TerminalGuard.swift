#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Puts the terminal back as it was when a signal ends the program in the middle of a line.
///
/// A signal handler can reach only what is global, and may only call what POSIX calls
/// async-signal-safe: `tcsetattr`, `write`, `unlink`, `sigaction` and `raise` are.
enum TerminalGuard {
  /// Signals that end a program from outside.
  private static let ends = [SIGHUP, SIGTERM, SIGQUIT]
  /// Signals of a crash; Swift's own handlers, which print where, have their turn afterwards.
  private static let crashes = [SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV]
  private static let mostSignals = 65

  nonisolated(unsafe) private static var settings = termios()
  /// Told to the terminal before the end, such as to mark pastes no more.
  nonisolated(unsafe) private static var farewell: StaticString = ""
  nonisolated(unsafe) private static let earlier =
    UnsafeMutablePointer<sigaction>.allocate(capacity: mostSignals)

  /// Remembers the terminal as it is now.
  static func install(farewell: StaticString) {
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
    self.farewell = farewell
    Drafts.install()
    for number in ends + crashes where number < mostSignals {
      var earlier = sigaction()
      sigaction(number, nil, &earlier)
      if earlier.isIgnored { continue }
      self.earlier[Int(number)] = crashes.contains(number) ? earlier : sigaction()
      Interrupts.handle(number) { number in
        TerminalGuard.restore()
        Drafts.removeAll()
        // What was to happen happens when the handler has returned: until then the signal waits.
        sigaction(number, TerminalGuard.earlier + Int(number), nil)
        raise(number)
      }
    }
  }

  private static func restore() {
    // A background process that sets the terminal would be stopped instead of ended.
    signal(SIGTTOU, SIG_IGN)
    tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    _ = write(STDOUT_FILENO, farewell.utf8Start, farewell.utf8CodeUnitCount)
  }
}
