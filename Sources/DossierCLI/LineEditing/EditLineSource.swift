import CEditLine
import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Entries edited on a terminal with libedit, several rows in one buffer.
///
/// What a key does is decided by the pure types beside this one; here they meet libedit. A key that
/// needs the terminal for itself (a list of candidates, Ctrl-Z) ends the line for libedit, and the
/// block is put back into the next one.
final class EditLineSource: LineSource {
  /// How the reading of a line ended.
  enum Outcome {
    case submitted(String)
    case dropped
    case end
    case listing([String], EditBlock)
    case suspended(EditBlock)
    /// A paste taller than the screen, which libedit can't draw.
    case held(String)
  }

  static let startMarkingPastes = "\u{1B}[?2004h"
  static let stopMarkingPastes: StaticString = "\u{1B}[?2004l"

  let editor: OpaquePointer
  let console: Console
  var context: EntryContext?
  var walk: HistoryWalk?
  var outcome: Outcome?
  /// The block that the next line begins with.
  var restored: EditBlock?
  var scalarReader = ScalarReader()
  var wasInterrupted = false
  let prompt: UnsafeMutablePointer<CChar>
  let promptWidth = TextWidth.of(Repl.prompt)
  /// The columns of the terminal when the line was drawn.
  var columns = 80
  private let searchable: OpaquePointer
  private var searchableCount = 0
  private var marksPastes = false

  /// Nil where libedit can't edit on this terminal, or is told not to.
  init?(console: Console, environment: (String) -> String? = Terminal.environment) {
    Self.useUTF8()
    guard let editor = ced_open("dossier"), let searchable = history_init(),
      let prompt = strdup(Repl.prompt)
    else { return nil }
    self.editor = editor
    self.searchable = searchable
    self.prompt = prompt
    self.console = console
    prepare()
    marksPastes = Terminal.marksPastes(environment("TERM")) && !isVi
    guard ced_is_editing(editor) != 0 else { return nil }
    TerminalGuard.install(farewell: marksPastes ? Self.stopMarkingPastes : "")
  }

  deinit {
    el_end(editor)
    history_end(searchable)
    free(prompt)
  }

  /// The source behind an editor that calls back.
  static func of(_ editor: OpaquePointer?) -> EditLineSource? {
    ced_owner(editor).map { Unmanaged<EditLineSource>.fromOpaque($0).takeUnretainedValue() }
  }

  func next(_ context: EntryContext) throws -> Entry {
    self.context = context
    // A session that is held here would be copied when it runs the entry.
    defer { self.context = nil }
    walk = nil
    restored = nil
    makeSearchable(context.history)
    var held: [String] = []
    while true {
      switch try readLine() {
      case .submitted(let text):
        return .text((held + (text.isEmpty ? [] : [text])).joined(separator: "\n"))
      case .dropped:
        return .dropped
      case .end:
        try console.say("\n")
        return .end
      case .listing(let lines, let block):
        try console.say(lines.map { $0 + "\n" }.joined())
        restored = block
      case .suspended(let block):
        raise(SIGTSTP)
        restored = block
      case .held(let text):
        held.append(text)
        try console.say(Self.offer(held.joined(separator: "\n")))
      }
    }
  }

  private func readLine() throws -> Outcome {
    outcome = nil
    wasInterrupted = false
    ScreenChanges.watch()
    defer { ScreenChanges.ignore() }
    columns = Terminal.size()?.columns ?? columns
    if restored != nil { el_push(editor, PrivateKey.restore.rawValue) }
    // libedit would do it after the prompt: what is typed in between would be echoed twice.
    ced_set_flag(editor, EL_PREP_TERM, 1)
    if marksPastes { try console.say(Self.startMarkingPastes) }
    try console.flush()
    var count: Int32 = 0
    let line = el_gets(editor, &count)
    if marksPastes { try console.say("\(Self.stopMarkingPastes)") }
    try console.flush()
    if wasInterrupted {
      try console.say("\n")
      return .dropped
    }
    if let outcome { return outcome }
    guard let line, count > 0 else { return .end }
    // A line that a key of the user's own ~/.editrc has ended.
    return .submitted(String(cString: line).trimmed)
  }

  /// Ctrl-R looks through libedit's own copy of the history.
  private func makeSearchable(_ entries: [String]) {
    ced_history_limit(searchable, Int32(clamping: entries.count + 1))
    for entry in entries.dropFirst(searchableCount) { ced_history_add(searchable, entry) }
    searchableCount = entries.count
    ced_set_history(editor, searchable)
  }

  private static func offer(_ text: String) -> String {
    let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    return "pasted \(lines) lines, more than the screen has: Enter runs them, Ctrl-C drops them\n"
  }

  /// Without a UTF-8 locale libedit drops every other character than ASCII.
  private static func useUTF8() {
    setlocale(LC_CTYPE, "")
    if let codeset = nl_langinfo(Int32(CODESET)), String(cString: codeset) == "UTF-8" { return }
    if setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "UTF-8") }
  }
}
