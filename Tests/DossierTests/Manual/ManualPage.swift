import Foundation
import Testing

@testable import DossierCLI

/// The manual page: prose, and lists made of what the program has.
///
/// A list stands between two comments of the page, which say what it is of.
struct ManualPage {
  static let file = Folders.root.appendingPathComponent("dossier.1")

  /// The text with its lists made anew.
  static func renewed(_ text: String) throws -> String {
    var lines: [Substring] = []
    var list: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(ending), let name = list {
        lines += try items(of: name).split(separator: "\n")
        list = nil
      }
      if list == nil { lines.append(line) }
      if line.hasPrefix(beginning) { list = String(line.dropFirst(beginning.count)) }
    }
    try #require(list == nil)
    return lines.joined(separator: "\n")
  }

  private static let beginning = #".\" made by `make manual`: "#
  private static let ending = #".\" end"#

  private static func items(of name: String) throws -> String {
    switch name {
    case "the title":
      let version = try BuiltProgram.run(["--version"]).output.dropLast()
      return ".TH DOSSIER 1 \"\" \"dossier \(version)\" \"User Commands\"\n"
    case "options": return try ProgramOptions(of: []).items
    case "options of fmt": return try ProgramOptions(of: ["fmt"]).items
    case "commands":
      return DotCommand.all.map { item($0.usage, told($0)) + example($0.example) }.joined()
    case "keys": return DotCommand.keys.map { item($0, $1) }.joined()
    case "exit codes":
      return ExitCode.meanings.map { item("\($0.code)", $0.meaning) }.joined()
    default:
      Issue.record("the manual has no list of '\(name)'")
      return ""
    }
  }

  static func item(_ name: String, _ text: String) -> String {
    ".TP\n.B \(escaped(name))\n\(escaped(text))\n"
  }

  private static func told(_ command: DotCommand) -> String {
    [command.summary.prefix(1).uppercased() + command.summary.dropFirst() + ".", command.detail]
      .compactMap { $0 }.joined(separator: " ")
  }

  private static func example(_ text: String) -> String { ".br\n.I \(escaped(text))\n" }

  /// A text as roff prints it, whatever it holds.
  static func escaped(_ text: String) -> String {
    let signs = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "-": "\\-"
      case "'": "\\(aq"
      case "\"": "\\(dq"
      case _ where scalar.isASCII: String(scalar)
      default: "\\[u\(String(format: "%04X", scalar.value))]"
      }
    }
    let line = signs.joined()
    return line.hasPrefix(".") ? "\\&" + line : line
  }
}

/// The options that the option library tells of, those that the help leaves out as well.
struct ProgramOptions: Decodable {
  private struct Command: Decodable { let arguments: [Argument] }
  private struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      var written: String { (kind == "short" ? "-" : "--") + name }
    }

    let abstract: String?
    let kind: String
    let names: [Name]?
    let valueName: String?

    var usage: String {
      let value = kind == "flag" ? nil : valueName
      return [names?.map(\.written).joined(separator: ", "), value]
        .compactMap { $0 }.joined(separator: " ")
    }
  }

  private let command: Command

  init(of arguments: [String]) throws {
    let told = try BuiltProgram.run(arguments + ["--experimental-dump-help"]).output
    self = try JSONDecoder().decode(ProgramOptions.self, from: Data(told.utf8))
  }

  var items: String {
    command.arguments.map { ManualPage.item($0.usage, $0.abstract ?? "") }.joined()
  }

  /// The long names.
  var names: [String] {
    command.arguments.flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map(\.name)
  }
}
