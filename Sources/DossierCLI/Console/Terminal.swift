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

  /// Whether the terminal marks what is pasted when it is asked to, by the value of `TERM`.
  static func marksPastes(_ name: String?) -> Bool {
    let families = [
      "xterm", "screen", "tmux", "rxvt", "alacritty", "foot", "kitty", "wezterm", "st-", "ghostty",
      "konsole", "vte", "gnome", "contour",
    ]
    guard let name else { return false }
    return name == "st" || families.contains { name.hasPrefix($0) }
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

  /// The columns that libedit gives a character while a line is edited; answers and lists go by
  /// `TextWidth`.
  static func editedWidth(of scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F ? 0 : 1 }
    return max(0, Int(ced_width(wchar_t(truncatingIfNeeded: scalar.value))))
  }
}
