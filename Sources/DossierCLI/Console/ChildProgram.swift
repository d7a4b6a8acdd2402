import CEditLine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that has the terminal while it runs: an editor or a pager.
enum ChildProgram {
  /// The program could not be started.
  struct NotStarted: Error {
    let code: Int32
  }

  /// With what the shell ends where there is no such program.
  static let notFound: Int32 = 127

  /// Runs a command line of the shell to its end and gives its exit code, or 128 and the signal that
  /// ended it.
  ///
  /// Ctrl-C is meant for it alone, and the terminal is set afterwards as it was before.
  ///
  /// - Parameters:
  ///   - arguments: what `"$@"` in it stands for.
  ///   - input: what it reads; nil for the terminal. It may leave before it has read all.
  static func run(
    _ command: String, _ arguments: [String] = [], input: [UInt8]? = nil
  ) throws(NotStarted) -> Int32 {
    var settings = termios()
    let isTerminal = tcgetattr(STDIN_FILENO, &settings) == 0
    var ends: [Int32] = [-1, -1]
    if input != nil, pipe(&ends) != 0 { throw NotStarted(code: errno) }
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    let earlier = [SIGINT, SIGQUIT].map(ignore)
    defer {
      for (number, var action) in earlier { sigaction(number, &action, nil) }
      if isTerminal { tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) }
    }
    // The shell itself is to wait for it, whatever it does at Ctrl-C.
    let words = ["/bin/sh", "-c", "trap : INT QUIT\n" + command, "sh"] + arguments
    let process: pid_t
    do throws(NotStarted) {
      process = try start(words, reading: ends[0])
    } catch {
      ends.forEach { close($0) }
      throw error
    }
    if let input {
      close(ends[0])
      // Whoever leaves early has seen enough.
      NoteOutput(descriptor: ends[1]).write(input)
      close(ends[1])
    }
    return end(of: process)
  }

  private static func ignore(_ number: Int32) -> (Int32, sigaction) {
    var action = sigaction()
    sigaction(number, nil, &action)
    signal(number, SIG_IGN)
    return (number, action)
  }

  /// Starts a program with the signals of any other, and perhaps with an input of its own.
  private static func start(_ words: [String], reading input: Int32) throws(NotStarted) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
      var signals: sigset_t = 0
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
      var signals = sigset_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    sigemptyset(&signals)
    for number in [SIGINT, SIGQUIT, SIGPIPE, SIGXFSZ] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    if input >= 0 {
      posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
      posix_spawn_file_actions_addclose(&actions, input)
    }
    var arguments = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, words[0], &actions, &attributes, &arguments, ced_environment())
    guard code == 0 else { throw NotStarted(code: code) }
    return process
  }

  private static func end(of process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}
