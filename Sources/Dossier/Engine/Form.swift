/// A value as registers: which lanes hold its parts.
///
/// This is where uncertainty is lowered. A quantity is three numbers, a truth two masks, a date two
/// days; where the checker knows that a value is exact the parts are one register.
indirect enum Form: Sendable {
  case truth(TruthForm)
  case quantity(QuantityForm)
  case text(Register, Texts)
  case date(DateForm)
  case period(start: DateForm, end: DateForm)
  case reference(Register, EntityKind)
  case list(ListForm)
  /// What a reported mistake leaves behind, and `unknown` without a type.
  case missing
}

struct TruthForm: Sendable {
  let certain: Register
  let possible: Register
  /// 1 where a comparison was set aside for its unit.
  var aside: Register?
  /// 0 where a truth field isn't reported.
  var known: Register?
  /// 1 where a truth field doesn't apply; it is neither certain nor possible then.
  var none: Register?
}

struct QuantityForm: Sendable {
  enum UnitForm: Sendable {
    case one(Unit?)
    case each(Register, [Unit?])
  }

  let low: Register
  let best: Register
  let high: Register
  let kind: NumberKind
  var unit: UnitForm
  var known: Register?
  /// 1 where it doesn't apply, whatever the others say.
  var none: Register?
  var written: WrittenForm?

  var isExact: Bool { low == high }
}

/// The words that a literal was written with.
struct WrittenForm: Sendable {
  let codes: Register
  let texts: Texts
}

struct DateForm: Sendable {
  let earliest: Register
  let latest: Register
  var known: Register?
  /// 1 where it doesn't apply, whatever the others say.
  var none: Register?
  var written: WrittenForm?
}

/// A list of the source table, or its elements mapped to something else.
struct ListForm: Sendable {
  /// The index in `Program.lists` plus one: the space of the element's registers.
  let space: Int
  let element: Form
  var known: Register?
}

/// What is known of a column before it exists: its type, kinds of number, units and dictionaries.
indirect enum Shape: Sendable {
  case truth(hasKnown: Bool, hasAside: Bool, hasNone: Bool = false)
  case quantity(
    kind: NumberKind, isExact: Bool, units: Units, hasKnown: Bool, written: KnownTexts?,
    hasNone: Bool = false)
  case text(KnownTexts)
  case date(isExact: Bool, hasKnown: Bool, written: KnownTexts?, hasNone: Bool = false)
  case period(hasKnown: Bool, written: KnownTexts?, hasNone: Bool = false)
  case reference(EntityKind)
  case list(Shape, hasKnown: Bool)
  case missing

  enum Units: Sendable {
    case one(Unit?)
    case each([Unit?])
  }

  var type: Type {
    switch self {
    case .truth: .truth
    case .quantity(_, let isExact, .one(let unit), _, _, _):
      .quantity(.one(unit), exact: isExact)
    case .quantity(_, _, .each, _, _, _): .quantity(.mixed, exact: false)
    case .text: .text
    case .date: .date
    case .period: .period
    case .reference(let kind): .reference(kind)
    case .list(let element, _): .list(element.type)
    case .missing: .unknown
    }
  }
}

extension Column {
  var shape: Shape {
    switch storage {
    case .truths(let column):
      .truth(
        hasKnown: column.known != nil, hasAside: column.aside != nil, hasNone: column.none != nil)
    case .quantities(let column):
      .quantity(
        kind: column.kind, isExact: column.isExact, units: column.units,
        hasKnown: column.known != nil, written: (column.written?.dictionary).map { .fixed($0) },
        hasNone: column.none != nil)
    case .texts(_, let dictionary): .text(.fixed(dictionary))
    case .dates(let column):
      .date(
        isExact: column.earliest === column.latest, hasKnown: column.known != nil,
        written: (column.written?.dictionary).map { .fixed($0) }, hasNone: column.none != nil)
    case .periods(let column):
      .period(
        hasKnown: column.start.known != nil,
        written: (column.start.written?.dictionary).map { .fixed($0) },
        hasNone: column.start.none != nil)
    case .references(_, let kind): .reference(kind)
    case .lists(let column): .list(column.elements.column.shape, hasKnown: column.known != nil)
    }
  }
}

extension QuantityColumn {
  fileprivate var units: Shape.Units {
    switch unit {
    case .one(let unit): .one(unit)
    case .each(_, let units): .each(units)
    }
  }
}

extension Form {
  /// What a column made of it will be.
  var shape: Shape {
    switch self {
    case .truth(let form):
      .truth(hasKnown: form.known != nil, hasAside: form.aside != nil, hasNone: form.none != nil)
    case .quantity(let form):
      .quantity(
        kind: form.kind, isExact: form.isExact, units: form.units, hasKnown: form.known != nil,
        written: form.written?.texts.known, hasNone: form.none != nil)
    case .text(_, let texts): .text(texts.known)
    case .date(let form):
      .date(
        isExact: form.earliest == form.latest, hasKnown: form.known != nil,
        written: form.written?.texts.known, hasNone: form.none != nil)
    case .period(let start, _):
      .period(
        hasKnown: start.known != nil, written: start.written?.texts.known,
        hasNone: start.none != nil)
    case .reference(_, let kind): .reference(kind)
    case .list(let form): .list(form.element.shape, hasKnown: form.known != nil)
    case .missing: .missing
    }
  }
}

extension QuantityForm {
  fileprivate var units: Shape.Units {
    switch unit {
    case .one(let unit): .one(unit)
    case .each(_, let units): .each(units)
    }
  }
}

extension Shape {
  /// The same for results that depend on which rows are there.
  var uncertain: Shape {
    switch self {
    case .quantity(let kind, _, let units, let hasKnown, let written, let hasNone):
      .quantity(
        kind: kind, isExact: false, units: units, hasKnown: hasKnown, written: written,
        hasNone: hasNone)
    case .date(_, let hasKnown, let written, let hasNone):
      .date(isExact: false, hasKnown: hasKnown, written: written, hasNone: hasNone)
    case .truth, .text, .period, .reference, .list, .missing: self
    }
  }
}
