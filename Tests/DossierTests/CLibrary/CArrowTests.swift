import CDossier
import Dossier
import Testing

/// The Arrow C stream of an answer.
@Suite struct CArrowTests {
  /// Reads the one batch of an answer, which is freed before.
  private func batch(
    _ answer: OpaquePointer?, _ body: (inout ArrowSchema, inout ArrowArray) throws -> Void
  ) throws {
    var stream = ArrowArrayStream()
    try #require(Called { dossier_answer_arrow(answer, &stream, $0) }.result)
    dossier_answer_free(answer)
    var (schema, array, end) = (ArrowSchema(), ArrowArray(), ArrowArray())
    #expect(stream.get_schema(&stream, &schema) == 0)
    #expect(stream.get_next(&stream, &array) == 0)
    #expect(stream.get_next(&stream, &end) == 0 && end.release == nil)
    stream.release(&stream)
    #expect(stream.release == nil)
    try body(&schema, &array)
    schema.release?(&schema)
    array.release?(&array)
    #expect(schema.release == nil && array.release == nil)
  }

  private func text(_ bytes: UnsafePointer<CChar>?) -> String {
    bytes.map { String(cString: $0) } ?? ""
  }

  private func fields(_ schema: ArrowSchema) -> [ArrowSchema] {
    (0..<Int(schema.n_children)).compactMap { schema.children[$0]?.pointee }
  }

  /// The name and Arrow type of a field with those inside of it.
  private func described(_ schema: ArrowSchema) -> String {
    let children = fields(schema).map(described)
    let inside = children.isEmpty ? "" : "(\(children.joined(separator: " ")))"
    let texts = schema.dictionary.map { "<\(text($0.pointee.format))>" } ?? ""
    return "\(text(schema.name)):\(text(schema.format))\(texts)\(inside)"
  }

  @Test("each type is what dossier.h says")
  func types() throws {
    let answer = asked(
      """
      [{q: 1..2 people, x: 1.25, d: @2024-05, p: @2024-01-02/.., l: ["a", "b"], s: "a"}]
      | select q, x, n = 5, y = x / 3, t = q > 1 people, u = x > 1, d, e = date(2024, 1, 2), p, l, s
      """)
    try #require(answer.message == "")
    try batch(answer.result) { schema, array in
      #expect(
        fields(schema).map(described) == [
          "q:+s(low:l best:l high:l unit:i<u> words:i<u>)", "x:d:19,2", "n:l", "y:g", "t:c<u>",
          "u:b", "d:+s(earliest:tdD latest:tdD words:i<u>)", "e:tdD",
          "p:+s(start:+s(earliest:tdD latest:tdD) end:+s(earliest:tdD latest:tdD) words:i<u>)",
          "l:+l(item:i<u>)", "s:i<u>",
        ])
      #expect(array.length == 1 && array.n_children == 11)
    }
  }

  @Test("a column that only passes through crosses without a copy")
  func sameMemory() throws {
    let count = 10_000_000
    let values = UnsafeMutablePointer<Int64>.allocate(capacity: count)
    values.initialize(repeating: 7, count: count)
    defer { values.deallocate() }
    let (table, host) = (dossier_table_new(count), dossier_host_new())
    var owner = dossier_owner(size: MemoryLayout<dossier_owner>.size, context: nil, release: nil)
    withText("n") { name in
      #expect(
        Called { dossier_table_add_integers(table, name, values, nil, 0, .empty, &owner, $0) }
          .result)
      #expect(Called { dossier_host_add_table(host, name, table, $0) }.result)
    }
    let answer = asked("n", host: host)
    dossier_table_free(table)
    dossier_host_free(host)
    try batch(answer.result) { schema, array in
      let column = try #require(array.children[0]?.pointee)
      #expect(column.length == count && column.null_count == 0 && column.offset == 0)
      #expect(column.buffers[0] == nil)
      #expect(column.buffers[1] == UnsafeRawPointer(values))
    }
  }

  @Test("bits say what is there; rows that are only maybe there are marked")
  func nulls() throws {
    let answer = asked("figures | where possibly value > 9_500 people | select value")
    try batch(answer.result) { schema, array in
      #expect(array.length == 4 && array.n_children == 2)
      #expect(text(schema.children[1]?.pointee.name) == "maybe")
      let value = try #require(array.children[0]?.pointee)
      #expect(value.null_count == 1)
      let bits = try #require(value.buffers[0]).load(as: UInt8.self)
      #expect(bits == 0b1110)
      let marks = try #require(array.children[1]?.pointee.buffers[1]).load(as: UInt8.self)
      #expect(marks == 0b0011)
      let best = try #require(value.children[1]?.pointee)
      #expect(best.null_count >= 1)
    }
  }

  @Test("a child that was moved away outlives its parent, and is released once")
  func moving() throws {
    let answer = asked("figures | select value, title")
    var (movedSchema, movedArray) = (ArrowSchema(), ArrowArray())
    try batch(answer.result) { schema, array in
      movedSchema = try #require(schema.children[1]?.pointee)
      schema.children[1]?.pointee.release = nil
      movedArray = try #require(array.children[1]?.pointee)
      array.children[1]?.pointee.release = nil
    }
    #expect(text(movedSchema.name) == "title" && text(movedSchema.format) == "i")
    let texts = try #require(movedArray.dictionary?.pointee)
    let offsets = try #require(texts.buffers[1]).assumingMemoryBound(to: Int32.self)
    #expect(offsets[0] == 0 && offsets[1] > 0)
    movedSchema.release(&movedSchema)
    movedArray.release(&movedArray)
    #expect(movedSchema.release == nil && movedArray.release == nil)
  }

  @Test("a stream that nobody reads is released, too; NULL is refused")
  func unread() {
    let answer = asked("figures")
    defer { dossier_answer_free(answer.result) }
    var stream = ArrowArrayStream()
    #expect(Called { dossier_answer_arrow(answer.result, &stream, $0) }.result)
    #expect(stream.get_next(&stream, nil) != 0)
    #expect(stream.get_last_error(&stream) == nil)
    stream.release(&stream)
    #expect(Called { dossier_answer_arrow(answer.result, nil, $0) }.code == "E0710")
  }
}
