import CEditLine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is known of the terminal without asking it anything: a query that stays unanswered would
/// hang the program on serial lines and in scripts.
enum Terminal {
  /// Whether the terminal can move its cursor, by the value of `TERM`.
  static func isUsable(_ name: String?) -> Bool {
    guard let name else { return false }
    return !name.isEmpty && name != "dumb" && name != "unknown"
  }

  /// Whether the terminal is one of today's, by the value of `TERM`: it marks what is pasted when it
  /// is asked to, and can save its cursor while a line is drawn again in colour.
  static func isModern(_ name: String?) -> Bool {
    let families = [
      "xterm", "screen", "tmux", "rxvt", "alacritty", "foot", "kitty", "wezterm", "st-", "ghostty",
      "konsole", "vte", "gnome", "contour",
    ]
    guard let name else { return false }
    return name == "st" || families.contains { name.hasPrefix($0) }
  }

  /// Whether the terminal folds the rows it shows anew when its width changes, as most of today's do:
  /// xterm itself, GNU screen and the consoles of systems leave or cut them.
  static func foldsRows(_ environment: (String) -> String?) -> Bool {
    if environment("TMUX") != nil { return true }
    let kept = ["screen", "linux", "vt", "ansi", "cons", "wscons", "sun"]
    let name = environment("TERM") ?? ""
    return environment("XTERM_VERSION") == nil && !kept.contains { name.hasPrefix($0) }
  }

  /// Whether the terminal shows UTF-8, by the first of `LC_ALL`, `LC_CTYPE` and `LANG` that says
  /// anything; hardly any terminal doesn't, so it must be said.
  static func showsUTF8(_ environment: (String) -> String?) -> Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let locale = environment(name), !locale.isEmpty else { continue }
      // `en_GB.UTF-8`, `de_DE.utf8@euro`, or `UTF-8` alone.
      let parts = locale.lowercased().filter { $0 != "-" }.split { $0 == "." || $0 == "@" }
      return parts.contains("utf8")
    }
    return true
  }

  /// Lets libedit take letters beyond ASCII, which it drops without a UTF-8 locale, and the system
  /// tell how wide they are.
  static func useUTF8() {
    setlocale(LC_CTYPE, "")
    if let codeset = nl_langinfo(Int32(CODESET)), String(cString: codeset) == "UTF-8" { return }
    if setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "UTF-8") }
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Whether somebody types and reads.
  static var isInteractive: Bool { isTerminal(STDIN_FILENO) && isTerminal(STDOUT_FILENO) }

  /// Rows and columns, or nil where there is no terminal or it does not say.
  static func size(_ descriptor: Int32 = STDOUT_FILENO) -> (rows: Int, columns: Int)? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    ced_window_size(descriptor, &rows, &columns)
    return rows > 0 && columns > 0 ? (Int(rows), Int(columns)) : nil
  }

  /// The variable of the environment, nil where it is not set.
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Whether libedit writes a character of a line as it is.
  static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? scalar.value >= 0x20 && scalar.value < 0x7F
      : ced_width(wchar_t(truncatingIfNeeded: scalar.value)) >= 0
  }

  /// The cells that libedit gives a character of a line, but for tabs and line breaks; answers and
  /// lists go by `TextWidth`.
  static func editedWidth(of scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F ? 2 : 1 }
    let width = Int(ced_width(wchar_t(truncatingIfNeeded: scalar.value)))
    // One that can't be shown is written as its number.
    return width >= 0 ? width : scalar.value > 0xFFFF ? 8 : 7
  }
}
