/// The one decision on colour.
enum ColourPolicy {
  /// What `--color` may say.
  enum Choice: String, CaseIterable {
    case auto, always, never
  }

  /// Whether a stream gets colour: `--color` first, then `NO_COLOR`, then `FORCE_COLOR` or
  /// `CLICOLOR_FORCE`, then whether a terminal that knows colour stands behind it.
  ///
  /// An empty variable counts as not set (no-color.org), and `FORCE_COLOR=0` asks for nothing.
  static func allowsColour(
    _ choice: Choice, isTerminal: Bool, environment: (String) -> String?
  ) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    func isSet(_ name: String) -> Bool { !(environment(name) ?? "").isEmpty }
    if isSet("NO_COLOR") { return false }
    for name in ["FORCE_COLOR", "CLICOLOR_FORCE"] where isSet(name) {
      return environment(name) != "0"
    }
    return isTerminal && Terminal.isUsable(environment("TERM"))
  }
}
