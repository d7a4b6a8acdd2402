/// The signs that charts are drawn with: blocks, or letters for terminals without them.
struct Signs: Sendable {
  let solid: Character
  let light: Character
  /// A best value inside of a range.
  let best: Character
  /// A day.
  let day: Character
  let before: Character
  let behind: Character
  let unknown: Character
  /// A value of zero.
  let zero: Character
  /// Eight steps from thin to full, from the left; empty if there are none.
  let parts: [Character]
  /// Eight steps from low to high.
  let levels: [Character]
  let wall: Character
  let line: Character
  let corner: Character
  let tick: Character
  let up: Character
  let down: Character
  /// In the place of lines that are left out.
  let gap: String

  static let blocks = Signs(
    solid: "█", light: "░", best: "◆", day: "●", before: "←", behind: "→", unknown: "·", zero: "▏",
    parts: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    levels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    wall: "│", line: "─", corner: "└", tick: "┴", up: "↑", down: "↓", gap: "…")

  static let letters = Signs(
    solid: "#", light: "-", best: "+", day: "o", before: "<", behind: ">", unknown: ".", zero: "|",
    parts: [], levels: ["_", ".", "-", ":", "=", "+", "*", "#"],
    wall: "|", line: "-", corner: "+", tick: "+", up: "^", down: "v", gap: "...")
}
