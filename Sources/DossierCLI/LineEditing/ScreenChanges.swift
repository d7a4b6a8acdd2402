import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a line that is being edited must be drawn again for.
enum ScreenChanges {
  enum Change: Int {
    /// The terminal has another size.
    case resized = 1
    /// The program was stopped from outside and goes on below what others wrote.
    case resumed
  }

  private static let latest = Atomic<Int>(0)

  /// Begins to watch, at the start of a line; what came before does not count.
  static func watch() {
    latest.store(0, ordering: .relaxed)
    Interrupts.handle(SIGWINCH) { _ in
      ScreenChanges.latest.store(Change.resized.rawValue, ordering: .relaxed)
    }
    Interrupts.handle(SIGCONT) { _ in
      ScreenChanges.latest.store(Change.resumed.rawValue, ordering: .relaxed)
    }
  }

  /// Ends to watch, so that nothing interrupts the reading of files while a query runs.
  static func ignore() {
    signal(SIGWINCH, SIG_DFL)
    signal(SIGCONT, SIG_DFL)
  }

  /// The latest change, told once.
  static func take() -> Change? {
    Change(rawValue: latest.exchange(0, ordering: .relaxed))
  }
}
