import CDossier
import Dossier
import Synchronization

/// An answer with what C asks of it more than once: its columns, and the names of its fields.
final class HeldAnswer: Held, Sendable {
  static let phrase = "an answer"

  let answer: Answer
  private let madeColumns = Mutex<[ResultColumn]?>(nil)
  private let madeTexts = Mutex<KeptTexts?>(nil)

  init(_ answer: Answer) { self.answer = answer }

  /// Two texts a field: its name and its type.
  private var fieldTexts: KeptTexts {
    madeTexts.withLock { made in
      let texts = made ?? KeptTexts(answer.fields.flatMap { [$0.name, $0.type] })
      made = texts
      return texts
    }
  }

  var fieldCount: Int { fieldTexts.count / 2 }

  func name(of field: Int) -> dossier_text { text(of: field, 0) }
  func type(of field: Int) -> dossier_text { text(of: field, 1) }

  private func text(of field: Int, _ part: Int) -> dossier_text {
    guard field >= 0, field < fieldCount else { return dossier_text() }
    return fieldTexts[field * 2 + part]
  }

  /// The values of all fields; what a filter has picked is put side by side once.
  var columns: [ResultColumn] {
    madeColumns.withLock { made in
      let columns = made ?? answer.columns
      made = columns
      return columns
    }
  }

  /// The row of a number.
  ///
  /// - Throws: `Failure` E0713.
  func check(row: Int) throws(Failure) {
    guard row >= 0, row < answer.table.count else {
      throw Failure(code: "E0713", message: "row \(row) of \(answer.table.count)")
    }
  }

  /// The values of a field.
  ///
  /// - Throws: `Failure` E0713.
  func column(_ field: Int) throws(Failure) -> ResultColumn {
    guard field >= 0, field < fieldCount else {
      throw Failure(code: "E0713", message: "field \(field) of \(fieldCount)")
    }
    return columns[field]
  }
}
