// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

// The function of dossier.h for Arrow, where it is documented.

import CDossier
import Dossier

@c @implementation
public func dossier_answer_arrow(
  _ answer: OpaquePointer?, _ stream: UnsafeMutablePointer<ArrowArrayStream>?, _ error: ErrorPlace?
) -> Bool {
  succeeds(error) {
    guard let stream else {
      throw Failure(code: "E0710", message: "NULL where a stream is needed")
    }
    let batch = ArrowBatch(try answer.needed(HeldAnswer.self).content)
    stream.initialize(
      to: ArrowArrayStream(
        get_schema: { stream, schema in
          guard let batch = ArrowBatch.of(stream), let schema else { return ArrowBatch.wrongUse }
          batch.columns.export(to: schema)
          return 0
        },
        get_next: { stream, array in
          guard let batch = ArrowBatch.of(stream), let array else { return ArrowBatch.wrongUse }
          batch.next(array)
          return 0
        },
        get_last_error: { _ in nil },
        release: { stream in
          guard let stream, let batch = stream.pointee.private_data else { return }
          stream.pointee.release = nil
          stream.pointee.private_data = nil
          Unmanaged<ArrowBatch>.fromOpaque(batch).release()
        },
        private_data: Unmanaged.passRetained(batch).toOpaque()))
  }
}

/// A stream of one batch.
private final class ArrowBatch {
  let columns: ArrowColumn
  private var isDone = false

  init(_ answer: HeldAnswer) { columns = ArrowColumn(answer) }

  /// EINVAL.
  static let wrongUse: Int32 = 22

  static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> ArrowBatch? {
    stream?.pointee.private_data.map { Unmanaged<ArrowBatch>.fromOpaque($0).takeUnretainedValue() }
  }

  /// The batch, then an array without a `release`: the end.
  func next(_ array: UnsafeMutablePointer<ArrowArray>) {
    if isDone {
      array.initialize(to: ArrowArray())
    } else {
      columns.export(to: array)
      isDone = true
    }
  }
}
