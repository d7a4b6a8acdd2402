// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

// The functions of dossier.h for tables of the host, where they are documented.

import CDossier
import Dossier

@c @implementation
public func dossier_table_new(_ rows: Int) -> OpaquePointer? {
  Handle(TableParts(rows: Swift.max(rows, 0))).owned
}

@c @implementation
public func dossier_table_free(_ table: OpaquePointer?) { table.release(TableParts.self) }

@c @implementation
public func dossier_table_add_integers(
  _ table: OpaquePointer?, _ name: dossier_text, _ values: UnsafePointer<Int64>?,
  _ known: UnsafePointer<UInt8>?, _ scale: Int32, _ unit: dossier_text,
  _ owner: UnsafePointer<dossier_owner>?, _ error: ErrorPlace?
) -> Bool {
  table.add(name, owner, error) { rows, loan in
    try .numbers(
      loan.values(values, rows, "values"), known: loan.optional(known, rows), scale: Int(scale),
      unit: unit.unit)
  }
}

@c @implementation
public func dossier_table_add_doubles(
  _ table: OpaquePointer?, _ name: dossier_text, _ values: UnsafePointer<Double>?,
  _ known: UnsafePointer<UInt8>?, _ unit: dossier_text, _ owner: UnsafePointer<dossier_owner>?,
  _ error: ErrorPlace?
) -> Bool {
  table.add(name, owner, error) { rows, loan in
    try .doubles(
      loan.values(values, rows, "values"), known: loan.optional(known, rows), unit: unit.unit)
  }
}

@c @implementation
public func dossier_table_add_integer_ranges(
  _ table: OpaquePointer?, _ name: dossier_text, _ low: UnsafePointer<Int64>?,
  _ best: UnsafePointer<Int64>?, _ high: UnsafePointer<Int64>?, _ known: UnsafePointer<UInt8>?,
  _ scale: Int32, _ unit: dossier_text, _ owner: UnsafePointer<dossier_owner>?,
  _ error: ErrorPlace?
) -> Bool {
  table.add(name, owner, error) { rows, loan in
    try .quantities(
      low: loan.values(low, rows, "lower bounds"), best: loan.optional(best, rows),
      high: loan.values(high, rows, "upper bounds"), known: loan.optional(known, rows),
      scale: Int(scale), unit: unit.unit)
  }
}

@c @implementation
public func dossier_table_add_double_ranges(
  _ table: OpaquePointer?, _ name: dossier_text, _ low: UnsafePointer<Double>?,
  _ best: UnsafePointer<Double>?, _ high: UnsafePointer<Double>?, _ known: UnsafePointer<UInt8>?,
  _ unit: dossier_text, _ owner: UnsafePointer<dossier_owner>?, _ error: ErrorPlace?
) -> Bool {
  table.add(name, owner, error) { rows, loan in
    try .doubles(
      low: loan.values(low, rows, "lower bounds"), best: loan.optional(best, rows),
      high: loan.values(high, rows, "upper bounds"), known: loan.optional(known, rows),
      unit: unit.unit)
  }
}

@c @implementation
public func dossier_table_add_texts(
  _ table: OpaquePointer?, _ name: dossier_text, _ texts: UnsafePointer<dossier_text>?,
  _ known: UnsafePointer<UInt8>?, _ error: ErrorPlace?
) -> Bool {
  table.add(name, nil, error) { rows, loan in
    let texts = try loan.values(texts, rows, "texts")
    return .texts(
      try (0..<rows).map { row in
        known.map { $0[row] == 0 } ?? false ? nil : try texts.withElements { try $0[row].string }
      })
  }
}

@c @implementation
public func dossier_table_add_coded_texts(
  _ table: OpaquePointer?, _ name: dossier_text, _ codes: UnsafePointer<Int32>?,
  _ dictionary: UnsafePointer<dossier_text>?, _ dictionaryCount: Int,
  _ owner: UnsafePointer<dossier_owner>?, _ error: ErrorPlace?
) -> Bool {
  table.add(name, owner, error) { rows, loan in
    let texts = UnsafeBufferPointer(
      start: dictionary, count: dictionary == nil ? 0 : Swift.max(dictionaryCount, 0))
    return try .texts(
      codes: loan.values(codes, rows, "codes"), dictionary: texts.map { try $0.string })
  }
}

@c @implementation
public func dossier_table_add_days(
  _ table: OpaquePointer?, _ name: dossier_text, _ earliest: UnsafePointer<Int32>?,
  _ latest: UnsafePointer<Int32>?, _ known: UnsafePointer<UInt8>?,
  _ owner: UnsafePointer<dossier_owner>?, _ error: ErrorPlace?
) -> Bool {
  table.add(name, owner, error) { rows, loan in
    let first = try loan.values(earliest, rows, "days")
    let known = loan.optional(known, rows)
    guard let last = loan.optional(latest, rows) else { return try .days(first, known: known) }
    return try .days(earliest: first, latest: last, known: known)
  }
}

@c @implementation
public func dossier_table_add_truths(
  _ table: OpaquePointer?, _ name: dossier_text, _ truths: UnsafePointer<UInt8>?,
  _ known: UnsafePointer<UInt8>?, _ error: ErrorPlace?
) -> Bool {
  table.add(name, nil, error) { rows, loan in
    try .truths(loan.values(truths, rows, "truths"), known: loan.optional(known, rows))
  }
}

extension OpaquePointer? {
  /// Adds a column to a table; what is lent is given back if it can't be taken.
  fileprivate func add(
    _ name: dossier_text, _ owner: UnsafePointer<dossier_owner>?, _ error: ErrorPlace?,
    _ column: (_ rows: Int, Loan) throws -> HostColumn
  ) -> Bool {
    succeeds(error) {
      let loan = try Loan(owner)
      let table = try needed(TableParts.self)
      let name = try name.string
      let isKnown = table.content.columns.contains { $0.name == name }
      if isKnown { throw Failure(code: "E0706", message: "two columns have the name '\(name)'") }
      table.content.columns.append((name, try column(table.content.rows, loan)))
    }
  }
}

extension dossier_text {
  /// The name of a unit; empty is none.
  fileprivate var unit: String? {
    get throws(Failure) {
      let name = try string
      return name.isEmpty ? nil : name
    }
  }
}
