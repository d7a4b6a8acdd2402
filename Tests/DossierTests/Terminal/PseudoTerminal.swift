import Foundation
import Testing

/// The program on a terminal of its own, typed to and read from by a test.
final class PseudoTerminal {
  private let descriptor: Int32
  private let process: pid_t
  /// How the terminal was set before the program began.
  let firstSettings: [UInt]
  private var unread = ""
  private var undecoded: [UInt8] = []
  private(set) var everything = ""
  /// Whether something did not come: then nothing more is waited for.
  private var hasFailed = false

  /// Starts the program; `environment` adds to a plain one.
  init(
    _ arguments: [String] = [], home: TemporaryFolder, environment: [String: String] = [:]
  ) throws {
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    var (descriptor, other): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 128)
    try #require(openpty(&descriptor, &other, &name, nil, &size) == 0)
    self.descriptor = descriptor
    firstSettings = Self.settings(of: descriptor)
    let plain = ["HOME": home.path, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]
    process = try Self.spawn(
      [BuiltProgram.path()] + arguments, on: name,
      environment: plain.merging(environment) { $1 })
    close(other)
  }

  deinit {
    kill(process, SIGKILL)
    close(descriptor)
  }

  /// Types some text; keys are the bytes that a terminal sends for them.
  func type(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
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

  /// Reads to the end and gives the exit code, or minus the signal that ended the program.
  func end(within seconds: Double = 20) -> Int32 {
    let deadline = Date(timeIntervalSinceNow: hasFailed ? 0 : seconds)
    while receive(until: deadline) {}
    if Date() >= deadline { kill(process, SIGKILL) }
    var status: Int32 = 0
    waitpid(process, &status, 0)
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
    guard left > 0 else { return false }
    var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&input, 1, Int32(left * 1_000) + 1) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return false }
    undecoded += chunk[..<count]
    // A character may arrive in two parts.
    guard let text = String(validating: undecoded, as: UTF8.self) else { return true }
    undecoded = []
    unread += text
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
