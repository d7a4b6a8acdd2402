/// What one step of a plan computes for its rows: a straight line of instructions over registers.
///
/// Uncertainty is lowered before: a register holds exact lanes only, 0 and 1, codes, decimals or
/// doubles. The rows come in batches, so an instruction is a loop over some thousand lanes, and a
/// formula of 100,000 operands is a long line, never a deep tree.
struct Program: Sendable {
  /// What the lanes of a register hold.
  enum Lane: UInt8, Sendable {
    case mask, code, int, double

    var size: Int {
      switch self {
      case .mask: 1
      case .code: 4
      case .int, .double: 8
      }
    }
  }

  /// Where the lists of a row are.
  enum ListSource: Sendable {
    /// In a column of the source.
    case column(Int)
    /// In a column of another table, at the row that a code names.
    case followed(Register, ListColumn)
    /// All rows of `scalars[plan]`, the same for each row.
    case rows(plan: Int)
    /// The list in the only row of `scalars[plan]`, the same for each row.
    case scalar(plan: Int, column: Int)
    /// The pieces of a text between separators, in the dictionary `made`.
    case pieces(Register, Texts, separator: String, made: Int)
  }

  struct RegisterInfo: Sendable {
    let lane: Lane
    /// 0: one lane a row; k: one lane an element of list `lists[k - 1]`.
    let space: Int
    /// Where the lanes lie; registers that are never alive together share a slot.
    var slot = 0
  }

  var instructions: [Instruction] = []
  var registers: [RegisterInfo] = []
  /// Values that are the same in all rows, filled in once.
  var constants: [(register: Register, value: Constant)] = []
  /// The lists whose elements some registers hold.
  var lists: [ListSource] = []
  var filters: [FilterStep] = []
  /// Plans that are run first; each gives one row whose values are constants here.
  var scalars: [Plan] = []
  /// What is said of the rows that `tally` counts.
  var tallies: [Tally] = []
  /// The ways through `part_of`, for `why`; their registers hold to the end of a batch.
  var containments: [Containment] = []
  /// How many dictionaries it makes.
  var madeTexts = 0
  /// How many slots there are.
  var slots: [RegisterInfo] = []
}

/// The number of a register.
struct Register: Hashable, Sendable {
  let index: Int32
}

/// A value that is the same in all rows.
enum Constant: Sendable, Hashable {
  case mask(UInt8)
  case code(Int32)
  case int(Int64)
  case double(Double)
  /// A part of the only row of `scalars[plan]`.
  case scalar(plan: Int, column: Int, part: Part)
}

/// Which memory of a column.
enum Part: Sendable, Hashable {
  case codes, known, none, certain, possible, aside
  case low, best, high, unit, written
  case earliest, latest, endEarliest, endLatest
}

/// A condition of `where`, or one that is counted, with what its footer needs.
struct FilterStep: Sendable {
  /// Which rows go on.
  enum Kept: Sendable {
    /// Those that fulfil it.
    case certain
    /// Those that may fulfil it too, marked as maybe.
    case possible
    /// All: what may fulfil it is counted, and told.
    case every
  }

  let condition: TruthForm
  let kept: Kept
  let comparisons: [ComparisonNote]
  /// How it is written, where it is counted.
  let name: String
  /// All registers that it reads.
  let registers: [Register]

  init(condition: TruthForm, kept: Kept, comparisons: [ComparisonNote], name: String = "") {
    self.condition = condition
    self.kept = kept
    self.name = name
    self.comparisons = comparisons
    var registers = condition.registers
    for comparison in comparisons { registers += comparison.registers }
    self.registers = registers
  }
}

/// A comparison inside a condition, for the footer: why a row is undetermined.
struct ComparisonNote: Sendable {
  let truth: TruthForm
  /// 1 where an operand isn't reported.
  let unknown: Register?
  let left: Form
  /// What the left side straddles: `9,500`.
  let right: String
}

/// One loop over the lanes of a batch.
struct Instruction: Sendable {
  enum Operation: Sendable {
    /// The lanes of a source column, where they lie.
    case load(column: Int, Part)
    /// Finds the elements of a batch's lists; before any use of them.
    case openList(Int)
    /// The lanes of a list's elements.
    case loadElements(list: Int, Part)
    /// 1 where the list isn't empty.
    case isFilled(list: Int)
    /// The value of a row for each of its elements.
    case spread(list: Int)
    /// 1 where some element has 1.
    case anyElement(list: Int)
    case arithmetic(ArithmeticSign, Bound)
    /// The lower or upper end of a product of ranges; inputs are a.low, a.high, b.low, b.high.
    case product(Bound)
    case quotient(Bound)
    case negate(Bound)
    case toDouble(scale: Int, Bound)
    case compare(Order)
    /// The first input where the second is 1, else a constant.
    case orElse(Constant)
    case and, or, not, andNot
    /// A byte for each code; two more at the end for unknown and none.
    case lookUp([UInt8])
    /// A code for each code; unknown and none stay as they are.
    case recode([Int32])
    /// The lane of another table's row that a code names.
    case follow(Column, Part, orElse: Constant)
    /// 1 where a text passes a test.
    case testText(TextTest, Texts)
    /// Texts of two dictionaries, compared lane by lane by their bytes.
    case compareTexts(Order, Texts, Texts)
    /// Whether the second text is a part of the first.
    case testPart(TextPartTest, Texts, Texts)
    /// The entity that a text names; several are an error, nobody is `Code.nobody`.
    case nameEntity(EntityTable, Texts)
    /// A code of the dictionary `made` for each text.
    case adoptText(Texts, made: Int)
    /// A text made of another.
    case mapText(TextFunction, Texts, made: Int)
    /// How many elements a list has.
    case lengthOfList(Int)
    /// How many characters a text has.
    case lengthOfText(Texts)
    /// The number that a text writes, 0 where it writes none.
    case numberOfText(Texts)
    /// 1 where a text writes a number.
    case isNumber(Texts)
    /// A text of several values, as results print them.
    case compose([TextPiece], names: FactStore?, made: Int)
    /// 1 where two values are the same record.
    case sameRecord(Form, Form)
    /// The second input where the first is 1, else the third.
    case choose
    /// The less or the greater of two bounds.
    case extreme(isMax: Bool, Bound)
    /// The distance from zero; of ranges the inputs are low and high.
    case absolute(Bound)
    /// Decimals of a scale brought to so many digits behind the point.
    case round(RoundingRule, scale: Int, places: Int)
    case roundDouble(RoundingRule, places: Int)
    /// Counts the kept rows that have 1, for `tallies[index]`.
    case tally(Int)
    /// 1 where a value is among the rows of `scalars[plan]`, for certain or perhaps.
    case inRows(plan: Int, MemberTest, certain: Bool)
    /// Whether the left reference is in the right one, by the table of a kind.
    case containedIn(EntityTable, certain: Bool)
    case date(DateOperation)
    /// Rows that don't fulfil `filters[index]` are dropped.
    case keep(Int)
    /// Asks a function of the host's, whose results its register then stands for.
    case callHost(HostCall)
    /// The lanes of what the call in the input gave.
    case loadResult(Part)
    /// Every selected row must have 1; else the run fails.
    case require(RunError.Cause)
  }

  let operation: Operation
  let result: Register
  let inputs: Inputs
  let span: Span
}

/// What a footer says of some rows that were counted.
enum Tally: Sendable {
  /// One row, several.
  case rows(one: String, several: String)
  /// How words were read that a result rests on: where their codes are, and whether these are the
  /// same in every row.
  case reading(AssumedReading, column: Register, isOne: Bool)
  /// The same for words that no row has; these aren't counted.
  case words(AssumedReading)
}

/// A piece of a text that is put together.
enum TextPiece: Sendable {
  case text(String)
  case value(Form)
  /// The elements of a list with a text between them.
  case joined(Form, String)
}

extension TextPiece {
  var form: Form? {
    switch self {
    case .text: nil
    case .value(let form), .joined(let form, _): form
    }
  }
}

extension Instruction {
  /// Registers that it reads beside its inputs.
  var others: [Register] {
    switch operation {
    case .compose(let pieces, _, _):
      pieces.flatMap { piece -> [Register] in
        piece.form?.registers ?? []
      }
    case .sameRecord(let a, let b): a.registers + b.registers
    case .callHost(let call): call.registers
    default: []
    }
  }
}

enum ArithmeticSign: Sendable { case add, subtract, multiply }

/// Which bound an instruction computes: how open ends and missing best values spread.
enum Bound: Sendable { case exact, low, best, high }

enum Order: Sendable { case less, lessOrEqual, equal }

/// Up to six registers, without memory of their own.
struct Inputs: Sendable, ExpressibleByArrayLiteral {
  private(set) var count = 0
  private var registers = (
    Register.none, Register.none, Register.none, Register.none, Register.none, Register.none
  )

  init() {}

  init(_ elements: some Collection<Register>) {
    for element in elements.prefix(6) { append(element) }
  }

  init(arrayLiteral elements: Register...) { self.init(elements) }

  mutating func append(_ register: Register) {
    count += 1
    self[count - 1] = register
  }

  subscript(index: Int) -> Register {
    get {
      switch index {
      case 0: registers.0
      case 1: registers.1
      case 2: registers.2
      case 3: registers.3
      case 4: registers.4
      default: registers.5
      }
    }
    set {
      switch index {
      case 0: registers.0 = newValue
      case 1: registers.1 = newValue
      case 2: registers.2 = newValue
      case 3: registers.3 = newValue
      case 4: registers.4 = newValue
      default: registers.5 = newValue
      }
    }
  }

  func map<T>(_ transform: (Register) -> T) -> [T] { (0..<count).map { transform(self[$0]) } }
}

extension Register {
  fileprivate static let none = Register(index: -1)
}
