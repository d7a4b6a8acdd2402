// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

// The functions of dossier.h for functions of the host, where they are documented.

import CDossier
import Dossier

@c @implementation
public func dossier_host_add_function(
  _ host: OpaquePointer?, _ name: dossier_text, _ function: UnsafePointer<dossier_function>?,
  _ error: ErrorPlace?
) -> Bool {
  succeeds(error) {
    guard let given = function?.pointee else {
      throw Failure(code: "E0710", message: "NULL where a function is needed")
    }
    guard given.size == MemoryLayout<dossier_function>.size else {
      throw Failure(code: "E0711", message: "dossier_function of an unknown size")
    }
    // Whatever is wrong, the context is given back.
    let callback = HostCallback(given)
    guard given.call != nil else {
      throw Failure(code: "E0710", message: "NULL where a function is needed")
    }
    let host = try host.needed(Host.self)
    host.content.functions[try name.string] = HostFunction(
      takes: try given.parameters.declaredTypes, gives: try given.result.resultType,
      isPure: !given.is_impure, cost: Int(given.cost), seesAbsent: given.sees_absent
    ) { try callback.call($0) }
  }
}

@c @implementation
public func dossier_result_set_unknown(_ result: OpaquePointer?) { result.give(.unknown) }

@c @implementation
public func dossier_result_set_none(_ result: OpaquePointer?) { result.give(.none) }

@c @implementation
public func dossier_result_set_truth(_ result: OpaquePointer?, _ truth: Int32) {
  guard let truth = UInt8(exactly: truth).flatMap(Truth.init(rawValue:)) else {
    result.refuse("a truth is 0, 1 or 2")
    return
  }
  result.give(.truth(truth))
}

@c @implementation
public func dossier_result_set_number(_ result: OpaquePointer?, _ number: Double) {
  result.give(.number(number))
}

@c @implementation
public func dossier_result_set_quantity(
  _ result: OpaquePointer?, _ low: Double, _ best: Double, _ high: Double
) {
  result.give(
    .quantity(
      Quantity(
        low: low.isFinite ? low : nil, best: best.isFinite ? best : nil,
        high: high.isFinite ? high : nil, unit: nil)))
}

@c @implementation
public func dossier_result_set_text(_ result: OpaquePointer?, _ text: dossier_text) {
  result.give(text) { .text($0) }
}

@c @implementation
public func dossier_result_set_date(_ result: OpaquePointer?, _ edtf: dossier_text) {
  result.give(edtf) { .date($0) }
}

@c @implementation
public func dossier_result_fail(_ result: OpaquePointer?, _ message: dossier_text) {
  result.refuse((try? message.string) ?? "the function failed")
}

@c @implementation
public func dossier_result_is_stopped(_ result: OpaquePointer?) -> Bool {
  HostFunction.isStopped
}

/// A function of C with what it is called with.
private final class HostCallback: @unchecked Sendable {
  private let function: dossier_function

  init(_ function: dossier_function) { self.function = function }

  deinit { function.release?(function.context) }

  /// Calls it with cells that last as long as the call.
  func call(_ values: [Value]) throws -> Value {
    let cells = UnsafeMutableBufferPointer<dossier_cell>.allocate(capacity: values.count)
    cells.initialize(repeating: dossier_cell())
    for (index, value) in values.enumerated() {
      cells.baseAddress.map { ($0 + index).take(value) }
    }
    defer {
      for index in cells.indices { cells.baseAddress.map { ($0 + index).clear() } }
      cells.deallocate()
    }
    let result = Handle(HostResult())
    withExtendedLifetime(result) {
      function.call?(function.context, cells.baseAddress, values.count, result.lent)
    }
    if let problem = result.content.problem { throw problem }
    return result.content.value
  }
}

/// What a call gives.
private struct HostResult: Held {
  static let phrase = "a result"

  /// What a function says is wrong.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  var value = Value.unknown
  var problem: Problem?
}

extension OpaquePointer? {
  fileprivate func give(_ value: Value) { handle(HostResult.self)?.content.value = value }

  fileprivate func give(_ text: dossier_text, _ value: (String) -> Value) {
    do throws(Failure) {
      give(value(try text.string))
    } catch {
      refuse(error.diagnostics.first?.message ?? "")
    }
  }

  fileprivate func refuse(_ message: String) {
    handle(HostResult.self)?.content.problem = HostResult.Problem(description: message)
  }
}

extension dossier_text {
  /// `text, [integer]` as types.
  fileprivate var declaredTypes: [ParameterType] {
    get throws(Failure) {
      let declared = try string
      if declared.trimmed.isEmpty { return [] }
      var types: [ParameterType] = []
      for word in declared.split(separator: ",", omittingEmptySubsequences: false) {
        guard let type = ParameterType(word.trimmed) else {
          throw Failure(code: "E0714", message: "no type '\(word.trimmed)'")
        }
        types.append(type)
      }
      return types
    }
  }

  /// `quantity in km` as the type of a result.
  fileprivate var resultType: HostFunction.Result {
    get throws(Failure) {
      let name = try string
      if name.hasPrefix("quantity in ") {
        return .quantity(unit: name.dropFirst("quantity in ".count).trimmed)
      }
      switch ParameterType(name) {
      case .truth: return .truth
      case .integer: return .integer
      case .number: return .number
      case .text: return .text
      case .date: return .date
      case .period: return .period
      case .quantity, .list, nil:
        throw Failure(code: "E0714", message: "no type of a result: '\(name)'")
      }
    }
  }
}
