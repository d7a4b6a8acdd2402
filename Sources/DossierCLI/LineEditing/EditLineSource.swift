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
    /// What was pasted or typed so far would be taller than the screen, and libedit can't draw that;
    /// the next line begins with what stood behind the cursor.
    case held(String, Hold, EditBlock? = nil)
  }

  /// Why a part of an entry is held.
  enum Hold {
    case pasted
    /// Enter wants another row.
    case row
    /// A row goes on.
    case letter
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
  /// The beginning of the entry where the whole is taller than the screen, with the line break behind
  /// it if there is one.
  private(set) var held = ""
  var room = EditRoom()
  /// Keys that libedit gets before those that are typed.
  var ownKeys: ArraySlice<Unicode.Scalar> = []
  var scalarReader = ScalarReader()
  var wasInterrupted = false
  private let firstPrompt: UnsafeMutablePointer<CChar>
  private let continuation: UnsafeMutablePointer<CChar>
  /// What stands before the line; both are equally wide.
  var prompt: UnsafeMutablePointer<CChar> { goesOn ? continuation : firstPrompt }
  private var goesOn = false
  let promptWidth = TextWidth.of(Repl.prompt)
  /// The columns of the terminal when the line was drawn.
  var columns = 80
  /// What the line goes on with if the hint is taken, and the line it was offered for.
  var offer: (hint: String, block: EditBlock)?
  var isHintShown = false
  private let searchable: OpaquePointer
  private var searchableCount = 0
  private var marksPastes = false
  /// Whether the line may be drawn once more over what libedit has drawn.
  private(set) var canDrawOver = false
  /// Whether the terminal folds what it shows anew when it is resized.
  let foldsRows: Bool

  /// Nil where libedit can't edit on this terminal, or is told not to.
  init?(console: Console, environment: (String) -> String? = Terminal.environment) {
    Terminal.useUTF8()
    guard let editor = ced_open("dossier"), let searchable = history_init(),
      let prompt = strdup(Repl.prompt), let continuation = strdup(Repl.continuation)
    else { return nil }
    self.editor = editor
    self.searchable = searchable
    firstPrompt = prompt
    self.continuation = continuation
    self.console = console
    foldsRows = Terminal.foldsRows(environment)
    prepare()
    let isModern = Terminal.isModern(environment("TERM"))
    marksPastes = isModern && !isVi
    canDrawOver = isModern
    guard ced_is_editing(editor) != 0 else { return nil }
    TerminalGuard.install(farewell: marksPastes ? Self.stopMarkingPastes : "")
  }

  deinit {
    el_end(editor)
    history_end(searchable)
    free(firstPrompt)
    free(continuation)
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
    held = ""
    goesOn = false
    makeSearchable(context.history)
    while true {
      switch try readLine() {
      case .submitted(let text):
        return .text(whole(text))
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
      case .held(let text, let hold, let rest):
        held += hold == .letter ? text : text + "\n"
        restored = rest
        goesOn = hold != .pasted
        if !isInputPending { try console.say(Self.note(of: whole(""), hold)) }
      }
    }
  }

  /// An entry with what is held of it.
  func whole(_ text: String) -> String {
    text.isEmpty && held.hasSuffix("\n") ? String(held.dropLast()) : held + text
  }

  private func readLine() throws -> Outcome {
    outcome = nil
    wasInterrupted = false
    offer = nil
    isHintShown = false
    room = EditRoom()
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

  /// Ctrl-R looks through libedit's own copy of the history, where that can be drawn.
  private func makeSearchable(_ entries: [String]) {
    ced_history_limit(searchable, Int32(clamping: entries.count + 1))
    for entry in entries.dropFirst(searchableCount) where fitsScreen(EditBlock(entry)) {
      ced_history_add(searchable, entry)
    }
    searchableCount = entries.count
    ced_set_history(editor, searchable)
  }

  private static func note(of text: String, _ hold: Hold) -> String {
    let count = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    let lines = "\(count) line\(count == 1 ? "" : "s")"
    return switch hold {
    case .pasted: "pasted \(lines), more than the screen has: Enter runs them, Ctrl-C drops them\n"
    case .row: "\(lines) so far, as many as the screen has: goes on here, Ctrl-C drops all\n"
    case .letter: "as much as the screen has: goes on here, Ctrl-C drops all\n"
    }
  }
}
