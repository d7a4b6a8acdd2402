import Foundation
import Testing

/// The program on a terminal of its own, typed to and read from by a test.
final class PseudoTerminal {
  private var descriptor: Int32
  private let process: pid_t
  private let name: String
  /// How the terminal was set before the program began.
  let firstSettings: [UInt]
  /// The letters and line ends that a test hasn't waited for yet.
  private var unread = ""
  private var undecoded: [UInt8] = []
  private(set) var everything = ""
  /// What the terminal shows of it.
  private(set) var screen: Screen
  /// Whether something did not come: then nothing more is waited for.
  private var hasFailed = false

  /// Starts the program, or another one; `environment` adds to a plain one, and an empty `TERM`
  /// takes it away.
  init(
    _ arguments: [String] = [], program: String? = nil, home: TemporaryFolder,
    environment: [String: String] = [:], rows: Int = 24, columns: Int = 80
  ) throws {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    screen = Screen(rows: rows, columns: columns)
    var (descriptor, other): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 128)
    try #require(openpty(&descriptor, &other, &name, nil, &size) == 0)
    // Else programs of other tests would hold this terminal open.
    for end in [descriptor, other] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    self.descriptor = descriptor
    self.name = String(
      decoding: name.map { UInt8(bitPattern: $0) }.prefix { $0 > 0 }, as: UTF8.self)
    firstSettings = Self.settings(of: descriptor)
    let plain = ["HOME": home.path, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]
    process = try Self.spawn(
      [program ?? BuiltProgram.path()] + arguments, on: name,
      environment: plain.merging(environment) { $1 }.filter {
        $0.key != "TERM" || !$0.value.isEmpty
      })
    close(other)
  }

  deinit {
    kill(process, SIGKILL)
    hangUp()
  }

  /// Types some text; keys are the bytes that a terminal sends for them.
  func type(_ text: String) {
    var rest = Array(text.utf8)[...]
    let deadline = Date(timeIntervalSinceNow: hasFailed ? 0 : 20)
    while !rest.isEmpty, Date() < deadline {
      // Whoever types much must read meanwhile: the program writes, too, and waits for its reader.
      var state = pollfd(fd: descriptor, events: Int16(POLLIN | POLLOUT), revents: 0)
      guard poll(&state, 1, 1_000) >= 0 else { return }
      if state.revents & Int16(POLLIN) != 0 { _ = receive(until: deadline) }
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      if count < 0, errno != EAGAIN { return }
    }
  }

  /// Reads until a text appears, and forgets what came up to its end.
  func expect(
    _ text: String, within seconds: Double = 20, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    if hasFailed { return }
    let deadline = Date(timeIntervalSinceNow: seconds)
    while true {
      if let found = unread.range(of: text, options: .literal) {
        unread = String(unread[found.upperBound...])
        return
      }
      if !receive(until: deadline) { break }
    }
    hasFailed = true
    Issue.record(
      "'\(text)' did not come after \(unread.debugDescription)", sourceLocation: sourceLocation)
  }

  /// Reads until the screen is as a test wants it.
  func see(
    _ what: String, within seconds: Double = 20, sourceLocation: SourceLocation = #_sourceLocation,
    _ isThere: (Screen) -> Bool
  ) {
    if hasFailed { return }
    let deadline = Date(timeIntervalSinceNow: seconds)
    while !isThere(screen) {
      if receive(until: deadline) { continue }
      hasFailed = true
      let shown = screen.lines.joined(separator: "\n")
      Issue.record(
        "\(what) did not come; cursor \(screen.cursor) in\n\(shown)",
        sourceLocation: sourceLocation)
      return
    }
    unread = ""
  }

  /// Gives the terminal another size, as a window does.
  ///
  /// - Parameter folds: whether the rows that it shows are folded anew.
  func resize(rows: Int, columns: Int, folds: Bool = true) throws {
    // One after the other: stty sets each by itself, and the program hears of both.
    try resize(to: (rows, screen.columns), option: "rows", rows, folds)
    try resize(to: (rows, columns), option: "columns", columns, folds)
  }

  private func resize(
    to size: (rows: Int, columns: Int), option: String, _ number: Int, _ folds: Bool
  ) throws {
    readUntilQuiet()
    if folds {
      screen.resize(rows: size.rows, columns: size.columns)
    } else {
      screen.cut(rows: size.rows, columns: size.columns)
    }
    let stty = Process()
    stty.executableURL = URL(fileURLWithPath: "/bin/stty")
    #if canImport(Darwin)
      let file = "-f"
    #else
      let file = "-F"
    #endif
    stty.arguments = [file, name, option, "\(number)"]
    try stty.run()
    stty.waitUntilExit()
    readUntilQuiet()
  }

  /// What was on its way when the size changes was drawn for the old one.
  private func readUntilQuiet() {
    while receive(until: Date(timeIntervalSinceNow: 0.05)) {}
  }

  /// The terminal goes away, as when its window is closed.
  func hangUp() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  /// Reads to the end and gives the exit code, or minus the signal that ended the program.
  func end(within seconds: Double = 20) -> Int32 {
    let deadline = Date(timeIntervalSinceNow: hasFailed ? 0 : seconds)
    while receive(until: deadline) {}
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      if Date() >= deadline { kill(process, SIGKILL) }
      usleep(1_000)
    }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
  }

  /// Sends a signal as another program would.
  func signal(_ number: Int32) {
    kill(process, number)
  }

  /// How the terminal is set now.
  var settings: [UInt] { Self.settings(of: descriptor) }

  /// The flags and the characters.
  private static func settings(of descriptor: Int32) -> [UInt] {
    var settings = termios()
    tcgetattr(descriptor, &settings)
    let characters = withUnsafeBytes(of: settings.c_cc) { $0.map { UInt($0) } }
    let flags = [settings.c_iflag, settings.c_oflag, settings.c_lflag].map { UInt($0) }
    return flags + characters
  }

  /// Takes what comes next; false at the end and at the deadline.
  private func receive(until deadline: Date) -> Bool {
    let left = deadline.timeIntervalSinceNow
    guard left > 0, descriptor >= 0 else { return false }
    var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&input, 1, Int32(left * 1_000) + 1) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return false }
    undecoded += chunk[..<count]
    // A character may arrive in two parts.
    guard let text = String(validating: undecoded, as: UTF8.self) else { return true }
    undecoded = []
    unread += screen.write(text)
    everything += text
    return true
  }

  /// A process that leads a session of its own opens the terminal, which becomes its own.
  private static func spawn(
    _ words: [String], on terminal: [CChar], environment: [String: String]
  ) throws -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
      let newSession: Int16 = 0x400
      var noSignals: sigset_t = 0
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
      let newSession: Int16 = 0x80
      var noSignals = sigset_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // The threads that tests run on block signals, and a process inherits that.
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setflags(&attributes, newSession | Int16(POSIX_SPAWN_SETSIGMASK))
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var arguments = words.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, words[0], &actions, &attributes, &arguments, &variables)
    try #require(code == 0)
    return process
  }
}
