import Dossier
import Foundation
import Testing

/// Every example runs and prints what stands beside it; so does every program of the README.
@Suite struct ExampleTests {
  static let examples: [String] =
    ((try? Folders.files(Folders.examples, ending: "q")) ?? []).map(\.lastPathComponent)

  @Test("an example prints the file beside it", arguments: examples)
  func example(name: String) throws {
    let script = Folders.examples.appendingPathComponent(name)
    let output = script.deletingPathExtension().appendingPathExtension("out")
    let text = Array(try Folders.text(script).utf8)
    let seen = transcript(SourceText(name: name, bytes: text, path: name))
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try seen.write(to: output, atomically: true, encoding: .utf8)
      Issue.record("\(name) was recorded: read what changed")
      return
    }
    #expect(seen == (try Folders.text(output)))
  }

  @Test("the README's programs print what it shows")
  func readme() throws {
    let blocks = codeBlocks(try Folders.text(Folders.root.appendingPathComponent("README.md")))
    var shown = 0
    for (index, block) in blocks.enumerated() where block.language.hasPrefix("dossier") {
      let next = blocks[index + 1]
      #expect(transcript(block.text) == next.text)
      shown += 1
    }
    #expect(shown >= 3)
  }
}

/// The fenced blocks of a Markdown text with the word behind their fence.
func codeBlocks(_ text: String) -> [(language: String, text: String)] {
  var blocks: [(language: String, text: String)] = []
  var open: (language: String, lines: [Substring])?
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if line.hasPrefix("```") {
      if let block = open {
        blocks.append((block.language, block.lines.map { $0 + "\n" }.joined()))
        open = nil
      } else {
        open = (String(line.dropFirst(3)), [])
      }
    } else {
      open?.lines.append(line)
    }
  }
  return blocks
}
