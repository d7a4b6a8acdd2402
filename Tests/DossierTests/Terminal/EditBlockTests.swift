import Dossier
import Testing

@testable import DossierCLI

@Suite("The edited block")
struct EditBlockTests {
  private func block(_ text: String, _ cursor: Int) -> EditBlock {
    EditBlock(scalars: Array(text.unicodeScalars), cursor: cursor)
  }

  @Test("the cursor moves between rows and keeps its column where the row is long enough")
  func rows() {
    let text = "abc\nd\nefg"
    #expect(block(text, 9).placeAbove == 5)
    #expect(block(text, 5).placeAbove == 1)
    #expect(block(text, 1).placeAbove == nil)
    #expect(block(text, 3).placeBelow == 5)
    #expect(block(text, 4).placeBelow == 6)
    #expect(block(text, 6).placeBelow == nil)
    #expect(block("", 0).placeAbove == nil)
    #expect(block("\n", 1).placeAbove == 0)
    #expect(block("\n", 0).placeBelow == 1)
  }

  @Test("a row has a start and an end")
  func rowEnds() {
    #expect(block("abc\nde", 5).rowStart == 4)
    #expect(block("abc\nde", 5).rowEnd == 6)
    #expect(block("abc\nde", 3).rowStart == 0)
    #expect(block("abc\nde", 3).rowEnd == 3)
  }

  @Test("bytes of the session and characters of the editor are told apart")
  func bytes() {
    let typed = block("é日x", 2)
    #expect(typed.byteCursor == 5)
    #expect(typed.text(bytes: 2..<5) == "日")
    let replaced = typed.replacing(bytes: 2..<5, with: "本語")
    #expect(replaced == block("é本語x", 3))
    #expect(typed.replacing(bytes: 6..<6, with: "!") == block("é日x!", 4))
  }

  @Test("Enter runs what is whole and breaks what isn't; a blank row is the way out")
  func enter() {
    func decide(_ block: EditBlock, pending: Bool = false) -> EnterDecision {
      EnterDecision(block, isInputPending: pending) {
        $0.hasPrefix("(") && !$0.contains(")") ? .incomplete(indent: 2) : .complete
      }
    }
    #expect(decide(EditBlock("1")) == .submit)
    #expect(decide(EditBlock("  ")) == .submit)
    #expect(decide(EditBlock("(1")) == .insert("\n  "))
    #expect(decide(block("(1", 0)) == .insert("\n  "))
    #expect(decide(EditBlock("(1\n  ")) == .submit)
    #expect(decide(EditBlock("(1\n  "), pending: true) == .insert("\n"))
    #expect(decide(EditBlock("(1)")) == .submit)
  }

  @Test("Tab writes what the candidates share, then lists them, and never a first guess")
  func tab() {
    func decide(_ text: String, _ words: [String], pending: Bool = false) -> String {
      let decision = TabDecision(EditBlock(text), isInputPending: pending) { text, offset in
        let candidates = words.map { Completions.Candidate(text: $0, detail: "") }
        return Completions(replacing: 0..<offset, candidates: candidates)
      }
      switch decision {
      case .insertBlank: return "blank"
      case .nothing: return "nothing"
      case .replace(let bytes, let text): return "\(bytes) \(text)"
      case .list(let candidates): return candidates.map(\.text).joined(separator: " ")
      }
    }
    #expect(decide("wh", ["where"]) == "0..<2 where")
    #expect(decide("where", ["where"]) == "nothing")
    #expect(decide("s", ["select", "sort"]) == "select sort")
    #expect(decide("", ["stated", "status"]) == "0..<0 stat")
    #expect(decide("ZEL", ["Zelensky"]) == "0..<3 Zelensky")
    #expect(decide("kyiv", ["Київ", "Київська"]) == "Київ Київська")
    #expect(decide("x", []) == "nothing")
    #expect(decide("s", ["select"], pending: true) == "blank")
  }

  @Test("a paste has one kind of line break, none at its end, and keeps its tabs")
  func paste() {
    func paste(_ text: String) -> String {
      String(String.UnicodeScalarView(Paste.normalised(Array(text.unicodeScalars))))
    }
    #expect(paste("a\r\n\tb\rc\n\n") == "a\n\tb\nc")
    #expect(paste("a\r\r\nb\0") == "a\n\nb")
  }
}
