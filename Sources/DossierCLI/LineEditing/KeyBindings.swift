import CEditLine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Sequences that no terminal sends, bound to what libedit does itself: its functions can't be called.
enum PrivateKey: String {
  case newline = "\u{18}\u{1}n"
  case setMark = "\u{18}\u{1}m"
  case cutToMark = "\u{18}\u{1}c"
  case restore = "\u{18}\u{1}r"
  case hold = "\u{18}\u{1}h"

  /// The sequence as `bind` reads it.
  var written: String { "^X^A" + rawValue.suffix(1) }
}

extension EditLineSource {
  typealias Action = @convention(c) (OpaquePointer?, wint_t) -> UInt8

  /// A function of ours with the keys that call it, in the notation of `bind`.
  private struct KeyFunction {
    let name: String
    let keys: [String]
    let action: Action

    init(_ name: String, _ keys: [String], _ action: Action) {
      self.name = name
      self.keys = keys
      self.action = action
    }
  }

  /// A C function can't carry a value with it, so each is written out.
  private static var functions: [KeyFunction] {
    [
      KeyFunction("dossier-enter", ["^M", "^J"]) { editor, _ in call(editor) { $0.enter() } },
      KeyFunction("dossier-break", ["\\e^M", "\\e^J"]) { editor, _ in
        call(editor) { $0.insert("\n") }
      },
      KeyFunction("dossier-up", ["\\e[A", "\\eOA", "^P"]) { editor, _ in call(editor) { $0.up() } },
      KeyFunction("dossier-down", ["\\e[B", "\\eOB", "^N"]) { editor, _ in
        call(editor) { $0.down() }
      },
      KeyFunction("dossier-older", ["\\e[5~", "\\ep"]) { editor, _ in call(editor) { $0.older() } },
      KeyFunction("dossier-newer", ["\\e[6~", "\\en"]) { editor, _ in call(editor) { $0.newer() } },
      KeyFunction("dossier-row-start", ["^A", "\\e[H", "\\eOH", "\\e[1~", "\\e[7~"]) { editor, _ in
        call(editor) { $0.move(to: $0.block.rowStart) }
      },
      KeyFunction("dossier-row-end", ["^E", "\\e[F", "\\eOF", "\\e[4~", "\\e[8~"]) { editor, _ in
        call(editor) { $0.rowEnd() }
      },
      KeyFunction("dossier-forward", ["^F", "\\e[C", "\\eOC"]) { editor, _ in
        call(editor) { $0.forward() }
      },
      KeyFunction("dossier-cut-row", ["^K"]) { editor, _ in call(editor) { $0.cutRow() } },
      KeyFunction("dossier-complete", ["^I"]) { editor, _ in call(editor) { $0.complete() } },
      KeyFunction("dossier-drop", ["^C"]) { editor, _ in call(editor) { $0.drop() } },
      KeyFunction("dossier-suspend", ["^Z"]) { editor, _ in call(editor) { $0.suspend() } },
      KeyFunction("dossier-paste", ["\\e[200~"]) { editor, _ in call(editor) { $0.paste() } },
      KeyFunction("dossier-restore", [PrivateKey.restore.written]) { editor, _ in
        call(editor) { $0.restore() }
      },
      KeyFunction("dossier-hold", [PrivateKey.hold.written]) { editor, _ in
        call(editor) { $0.hold() }
      },
      KeyFunction("dossier-ignore", ["\\e[2~", "\\e[Z"]) { _, _ in UInt8(CC_NORM) },
    ]
  }

  /// Keys for what libedit can do but does not bind everywhere.
  private static let builtIn = [
    (PrivateKey.newline.written, "ed-newline"), (PrivateKey.setMark.written, "em-set-mark"),
    (PrivateKey.cutToMark.written, "em-kill-region"), ("\\e[3~", "ed-delete-next-char"),
    ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"), ("\\e[1;3C", "em-next-word"),
    ("\\e[1;3D", "ed-prev-word"), ("\\eOc", "em-next-word"), ("\\eOd", "ed-prev-word"),
    ("^R", "em-inc-search-prev"), ("^S", "em-inc-search-next"),
  ]

  /// Whether ~/.editrc chose the keys of vi.
  var isVi: Bool { ced_key_map(editor).map { String(cString: $0) } == "vi" }

  /// These must also work in the command mode of vi.
  private static let everywhere: Set = [
    "dossier-enter", "dossier-drop", "dossier-suspend", "dossier-up", "dossier-down",
    "dossier-restore", "dossier-hold", "ed-newline", "em-inc-search-prev",
  ]

  /// Sets the editor up; ~/.editrc goes before the keys, since a `bind -v` in it resets them all.
  func prepare() {
    ced_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    ced_set_string(editor, EL_EDITOR, "emacs")
    ced_set_prompt(editor) { EditLineSource.of($0)?.prompt }
    ced_set_reader(editor) { EditLineSource.of($0)?.readScalar(into: $1) ?? 0 }
    el_source(editor, nil)
    for function in Self.functions {
      ced_add_function(editor, function.name, "", function.action)
      for key in function.keys { bind(key, function.name) }
    }
    for (key, name) in Self.builtIn { bind(key, name) }
    // Ctrl-C and the like come as keys while a line is edited; the flag, since libedit sets the
    // characters again each time it begins a line.
    command("setty", "-d", "-isig")
    // Else the \r\n of a paste would arrive as two line breaks.
    command("setty", "-d", "-icrnl", "-inlcr")
  }

  private func bind(_ key: String, _ name: String) {
    if isVi && key.hasPrefix("\\e") {
      // There Escape itself leaves the insert mode, and the rest of an arrow key is a command.
      if key.hasPrefix("\\e[") { command("bind", "-a", String(key.dropFirst(2)), name) }
      return
    }
    command("bind", key, name)
    if isVi && Self.everywhere.contains(name) { command("bind", "-a", key, name) }
  }

  private func command(_ words: String...) {
    let copies = words.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    var arguments = copies.map { UnsafePointer($0) }
    el_parse(editor, Int32(arguments.count), &arguments)
  }
}

/// Calls a key's method on the source behind an editor.
private func call(_ editor: OpaquePointer?, _ method: (EditLineSource) -> Int32) -> UInt8 {
  UInt8(EditLineSource.of(editor).map(method) ?? CC_NORM)
}
