import CEditLine
import Dossier
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ctrl-C came while the program was reading or writing.
struct Interrupted: Error {}

/// Ctrl-C while something runs: it is cancelled; if it does not end, another Ctrl-C ends the program.
///
/// A signal handler can reach only what is global, so this and `TerminalGuard` hold global state.
enum Interrupts {
  /// What the session asks while it runs.
  static let token = CancelToken()

  /// How long a cancelled run may take to end before a further Ctrl-C gives up on it.
  private static let patience: Int64 = 1_000

  /// When the first Ctrl-C came, in milliseconds of a clock; 0 if none did.
  private static let firstTime = Atomic<Int64>(0)

  /// Whether Ctrl-C came since the last `reset`.
  static var arePending: Bool { firstTime.load(ordering: .relaxed) > 0 }

  /// Forgets what came before, at the start of an entry.
  static func reset() {
    firstTime.store(0, ordering: .relaxed)
    token.reset()
  }

  /// Takes over SIGINT, and ignores SIGPIPE so that a closed pipe is an error of `write`.
  static func install() {
    // A handler must not be the first to touch a lazy global.
    reset()
    signal(SIGPIPE, SIG_IGN)
    // A file that may not grow is a write that fails, and no end in the middle of it.
    signal(SIGXFSZ, SIG_IGN)
    handle(SIGINT) { _ in Interrupts.note() }
  }

  private static func note() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let now = Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000 + 1
    let first = firstTime.load(ordering: .relaxed)
    if first == 0 { firstTime.store(now, ordering: .relaxed) }
    if first > 0 && now - first > patience { _exit(ExitCode.interrupted) }
    token.cancel()
  }

  /// Reads what there is into a buffer; 0 at the end, -1 with `errno` on failure.
  ///
  /// A signal that came just before a plain `read` would leave it waiting: so Ctrl-C is held back
  /// but while this waits.
  static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
  ) throws(Interrupted) -> Int {
    var before = hold([SIGINT])
    defer { sigprocmask(SIG_SETMASK, &before, nil) }
    while true {
      if arePending { throw Interrupted() }
      if ced_wait(descriptor, &before) < 0 && errno == EINTR { continue }
      let count = systemRead(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 || errno != EINTR { return count }
    }
  }

  /// Holds some signals back; gives those that were held back before.
  static func hold(_ numbers: [Int32]) -> sigset_t {
    var held = sigset_t()
    sigemptyset(&held)
    for number in numbers { sigaddset(&held, number) }
    var before = sigset_t()
    sigprocmask(SIG_BLOCK, &held, &before)
    return before
  }

  /// Installs a handler after which a blocked read or write returns with EINTR.
  static func handle(_ number: Int32, with handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    sigemptyset(&action.sa_mask)
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = handler
    #else
      action.__sigaction_handler.sa_handler = handler
    #endif
    sigaction(number, &action, nil)
  }
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int
{
  read(descriptor, bytes, count)
}
