// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

// The functions of dossier.h for values of parameters, where they are documented.

import CDossier
import Dossier

@c @implementation
public func dossier_values_new() -> OpaquePointer? { Handle(ParameterValues()).owned }

@c @implementation
public func dossier_values_free(_ values: OpaquePointer?) { values.release(ParameterValues.self) }

@c @implementation
public func dossier_values_set_truth(
  _ values: OpaquePointer?, _ name: dossier_text, _ truth: Bool, _ error: ErrorPlace?
) -> Bool {
  values.set(name, error) { Parameter(truth) }
}

@c @implementation
public func dossier_values_set_integer(
  _ values: OpaquePointer?, _ name: dossier_text, _ integer: Int64, _ error: ErrorPlace?
) -> Bool {
  values.set(name, error) { Parameter(Int(integer)) }
}

@c @implementation
public func dossier_values_set_number(
  _ values: OpaquePointer?, _ name: dossier_text, _ number: Double, _ error: ErrorPlace?
) -> Bool {
  values.set(name, error) { Parameter(number) }
}

@c @implementation
public func dossier_values_set_text(
  _ values: OpaquePointer?, _ name: dossier_text, _ text: dossier_text, _ error: ErrorPlace?
) -> Bool {
  values.set(name, error) { Parameter(try text.string) }
}

@c @implementation
public func dossier_values_set_truths(
  _ values: OpaquePointer?, _ name: dossier_text, _ truths: UnsafePointer<Bool>?, _ count: Int,
  _ error: ErrorPlace?
) -> Bool {
  values.set(name, error) { try list(truths, count) { Parameter($0) } }
}

@c @implementation
public func dossier_values_set_integers(
  _ values: OpaquePointer?, _ name: dossier_text, _ integers: UnsafePointer<Int64>?,
  _ count: Int, _ error: ErrorPlace?
) -> Bool {
  values.set(name, error) { try list(integers, count) { Parameter(Int($0)) } }
}

@c @implementation
public func dossier_values_set_numbers(
  _ values: OpaquePointer?, _ name: dossier_text, _ numbers: UnsafePointer<Double>?,
  _ count: Int, _ error: ErrorPlace?
) -> Bool {
  values.set(name, error) { try list(numbers, count) { Parameter($0) } }
}

@c @implementation
public func dossier_values_set_texts(
  _ values: OpaquePointer?, _ name: dossier_text, _ texts: UnsafePointer<dossier_text>?,
  _ count: Int, _ error: ErrorPlace?
) -> Bool {
  values.set(name, error) { try list(texts, count) { Parameter(try $0.string) } }
}

extension OpaquePointer? {
  fileprivate func set(
    _ name: dossier_text, _ error: ErrorPlace?, _ value: () throws -> Parameter
  ) -> Bool {
    succeeds(error) {
      let values = try needed(ParameterValues.self)
      values.content.values[try name.string] = try value()
    }
  }

  /// What the parameters of a run stand for; NULL stands for none.
  ///
  /// - Throws: `Failure` E0711.
  var parameterValues: [String: Parameter] {
    get throws(Failure) { try optional(ParameterValues.self)?.content.values ?? [:] }
  }
}

/// The elements of an array as one parameter.
private func list<Element>(
  _ start: UnsafePointer<Element>?, _ count: Int, _ element: (Element) throws -> Parameter
) throws -> Parameter {
  guard count >= 0, start != nil || count == 0 else {
    throw Failure(code: "E0710", message: "NULL where a list is needed")
  }
  return Parameter(try UnsafeBufferPointer(start: start, count: count).map(element))
}
