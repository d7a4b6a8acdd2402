/// Which rows have no value that an aggregate could be made of.
struct Gaps {
  private let form: Form?
  /// 0 where a value isn't reported and so left out.
  private let known: Register?
  /// 1 where it doesn't apply.
  private let none: Register?
  private let skipsUnknown: Bool

  init(_ aggregate: Aggregate) {
    form = aggregate.argument
    none = form?.none
    skipsUnknown = aggregate.skipsUnknown
    known = skipsUnknown ? form?.known : nil
  }

  /// Whether every row has a value.
  var areNever: Bool {
    switch form {
    case .text, .reference: false
    default: known == nil && none == nil
    }
  }

  /// A test for the lanes of a batch.
  func test(_ batch: BatchRunner) -> (_ lane: Int) -> Bool {
    switch form {
    case .text(let codes, _), .reference(let codes, _):
      let codes = batch.codes(codes)
      return { codes[$0] == Code.none || (skipsUnknown && codes[$0] == Code.unknown) }
    default:
      let (known, none) = (known.map(batch.masks), none.map(batch.masks))
      return { known?[$0] == 0 || none?[$0] == 1 }
    }
  }
}
