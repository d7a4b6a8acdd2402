/// Whether bytes are UTF-8, as the Unicode standard's table 3-7 has it.
enum UTF8Check: Equatable {
  /// Valid up to a place: the end, or the beginning of a sequence that isn't complete.
  case valid(upTo: Int)
  case invalid(at: Int)

  /// Looks at `bytes[range]`.
  init(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) {
    var index = range.lowerBound
    let end = range.upperBound
    while index < end {
      if index &+ 8 <= end {
        let word = UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self)
        if word & 0x8080_8080_8080_8080 == 0 {
          index &+= 8
          continue
        }
      }
      let lead = bytes[index]
      if lead < 0x80 {
        index &+= 1
        continue
      }
      let length: Int
      switch lead {
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF: length = 3
      case 0xF0...0xF4: length = 4
      default:
        self = .invalid(at: index)
        return
      }
      for position in 1..<length {
        guard index + position < end else {
          self = .valid(upTo: index)
          return
        }
        guard UTF8Check.follows(lead, bytes[index + position], position) else {
          self = .invalid(at: index)
          return
        }
      }
      index &+= length
    }
    self = .valid(upTo: end)
  }

  /// Whether a byte may follow: the second one decides about surrogates and forms that are too long.
  @inline(__always)
  private static func follows(_ lead: UInt8, _ byte: UInt8, _ position: Int) -> Bool {
    guard byte & 0xC0 == 0x80 else { return false }
    guard position == 1 else { return true }
    switch lead {
    case 0xE0: return byte >= 0xA0
    case 0xED: return byte < 0xA0
    case 0xF0: return byte >= 0x90
    case 0xF4: return byte < 0x90
    default: return true
    }
  }
}
