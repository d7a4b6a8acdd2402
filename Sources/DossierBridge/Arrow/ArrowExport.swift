import CDossier

/// Hands columns to C: each struct owns what it points at until somebody calls its `release`.
///
/// A child may be moved out of its parent and outlive it (Arrow C data interface, "Moving an array"): so
/// every struct keeps its own memory, and only the room of its children belongs to the parent.
extension ArrowColumn {
  /// Writes the type.
  func export(to schema: UnsafeMutablePointer<ArrowSchema>) {
    let children = ArrowRoom<ArrowSchema>(self.children.count) { self.children[$0].export(to: $1) }
    let dictionary = ArrowRoom<ArrowSchema>(self.dictionary.count) {
      self.dictionary[$0].export(to: $1)
    }
    let texts = KeptTexts([format, name])
    let described = metadata.isEmpty ? nil : ArrowMemory(encodedMetadata)
    let kept = ArrowKept<ArrowSchema>(
      children, dictionary, [texts as AnyObject] + (described.map { [$0] } ?? []))
    schema.initialize(
      to: ArrowSchema(
        format: texts[0].bytes, name: texts[1].bytes,
        metadata: described.map { UnsafePointer($0.start.assumingMemoryBound(to: CChar.self)) },
        flags: Int64(ARROW_FLAG_NULLABLE), n_children: Int64(children.count),
        children: children.places, dictionary: dictionary.first,
        release: { schema in
          guard let schema, let kept = schema.pointee.private_data else { return }
          let owner = Unmanaged<ArrowKept<ArrowSchema>>.fromOpaque(kept)
          owner.takeUnretainedValue().releaseMembers { $0.pointee.release?($0) }
          schema.pointee.release = nil
          owner.release()
        },
        private_data: Unmanaged.passRetained(kept).toOpaque()))
  }

  /// Writes where the values lie.
  func export(to array: UnsafeMutablePointer<ArrowArray>) {
    let children = ArrowRoom<ArrowArray>(self.children.count) { self.children[$0].export(to: $1) }
    let dictionary = ArrowRoom<ArrowArray>(self.dictionary.count) {
      self.dictionary[$0].export(to: $1)
    }
    let starts = ArrowMemory(buffers.map { $0?.start })
    let kept = ArrowKept<ArrowArray>(
      children, dictionary, [starts] + buffers.compactMap { $0?.owner })
    array.initialize(
      to: ArrowArray(
        length: Int64(count), null_count: Int64(nulls), offset: 0,
        n_buffers: Int64(buffers.count), n_children: Int64(children.count),
        buffers: starts.start.assumingMemoryBound(to: UnsafeRawPointer?.self),
        children: children.places, dictionary: dictionary.first,
        release: { array in
          guard let array, let kept = array.pointee.private_data else { return }
          let owner = Unmanaged<ArrowKept<ArrowArray>>.fromOpaque(kept)
          owner.takeUnretainedValue().releaseMembers { $0.pointee.release?($0) }
          array.pointee.release = nil
          owner.release()
        },
        private_data: Unmanaged.passRetained(kept).toOpaque()))
  }

  /// The number of pairs, then length and bytes of each key and value, in the machine's byte order.
  private var encodedMetadata: [UInt8] {
    func number(_ value: Int) -> [UInt8] {
      withUnsafeBytes(of: Int32(truncatingIfNeeded: value)) { Array($0) }
    }
    return metadata.reduce(number(metadata.count)) { bytes, pair in
      bytes + number(pair.key.utf8.count) + pair.key.utf8 + number(pair.value.utf8.count)
        + pair.value.utf8
    }
  }
}

/// Memory with some values in it.
private final class ArrowMemory {
  let start: UnsafeMutableRawPointer

  init<Element>(_ values: [Element]) {
    start = .allocate(
      byteCount: max(values.count, 1) * MemoryLayout<Element>.stride,
      alignment: MemoryLayout<Element>.alignment)
    start.initializeMemory(as: Element.self, from: values, count: values.count)
  }

  deinit { start.deallocate() }
}

/// Room for the structs of children, and for the pointers to them.
private final class ArrowRoom<Struct> {
  let count: Int
  private let structs: UnsafeMutablePointer<Struct>
  private let pointers: UnsafeMutablePointer<UnsafeMutablePointer<Struct>?>

  init(_ count: Int, _ export: (Int, UnsafeMutablePointer<Struct>) -> Void) {
    self.count = count
    structs = .allocate(capacity: max(count, 1))
    pointers = .allocate(capacity: max(count, 1))
    for index in 0..<count {
      export(index, structs + index)
      (pointers + index).initialize(to: structs + index)
    }
  }

  deinit {
    structs.deallocate()
    pointers.deallocate()
  }

  var places: UnsafeMutablePointer<UnsafeMutablePointer<Struct>?>? { count == 0 ? nil : pointers }
  var first: UnsafeMutablePointer<Struct>? { count == 0 ? nil : structs }

  func forEach(_ body: (UnsafeMutablePointer<Struct>) -> Void) {
    for index in 0..<count { body(structs + index) }
  }
}

/// What the `private_data` of a struct keeps.
private final class ArrowKept<Struct> {
  private let children: ArrowRoom<Struct>
  private let dictionary: ArrowRoom<Struct>
  private let owners: [AnyObject]

  init(_ children: ArrowRoom<Struct>, _ dictionary: ArrowRoom<Struct>, _ owners: [AnyObject]) {
    self.children = children
    self.dictionary = dictionary
    self.owners = owners
  }

  /// Releases the children that nobody has moved away.
  func releaseMembers(_ release: (UnsafeMutablePointer<Struct>) -> Void) {
    children.forEach(release)
    dictionary.forEach(release)
  }
}
