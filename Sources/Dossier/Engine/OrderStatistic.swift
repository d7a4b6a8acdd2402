/// The k-th of some values in their order, without sorting all of them.
enum OrderStatistic {
  /// Moves the values so that the k-th stands at its place, none before it is greater and none
  /// behind it less.
  ///
  /// Each round parts the values at one of their own (C. A. R. Hoare, Algorithm 65: Find, 1961);
  /// where the rounds don't help, the rest is sorted, so that no input makes it slow.
  static func place<T: Comparable>(_ k: Int, of values: UnsafeMutableBufferPointer<T>) {
    var (first, last) = (0, values.count - 1)
    var rounds = 2 * (Int.bitWidth - values.count.leadingZeroBitCount)
    while first < last {
      guard rounds > 0 else {
        var rest = UnsafeMutableBufferPointer(rebasing: values[first...last])
        rest.sort()
        return
      }
      rounds -= 1
      let pivot = middle(values[first], values[first + (last - first) / 2], values[last])
      var (i, j) = (first, last)
      while i <= j {
        while values[i] < pivot { i += 1 }
        while pivot < values[j] { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if k <= j {
        last = j
      } else if k >= i {
        first = i
      } else {
        return
      }
    }
  }

  private static func middle<T: Comparable>(_ a: T, _ b: T, _ c: T) -> T {
    max(min(a, b), min(max(a, b), c))
  }

  /// The middle two values of some; the middle one twice if their number is odd.
  static func middles<T: Comparable>(of values: UnsafeMutableBufferPointer<T>) -> (T, T) {
    let k = values.count / 2
    place(k, of: values)
    let upper = values[k]
    if values.count % 2 == 1 { return (upper, upper) }
    var lower = values[0]
    for index in 1..<max(k, 1) { lower = max(lower, values[index]) }
    return (lower, upper)
  }

  /// The middle two of two sorted rows of values together; nil if there are none.
  static func middles<T: Comparable>(
    ofSorted a: ArraySlice<T>, and b: ArraySlice<T>
  ) -> (T, T)? {
    let count = a.count + b.count
    guard count > 0 else { return nil }
    let upper = element(count / 2, a, b)
    return (count % 2 == 1 ? upper : element(count / 2 - 1, a, b), upper)
  }

  /// The k-th value of two sorted rows together: how many of the first stand before it is found by
  /// halves.
  private static func element<T: Comparable>(
    _ k: Int, _ a: ArraySlice<T>, _ b: ArraySlice<T>
  ) -> T {
    var (least, most) = (max(0, k - b.count), min(k, a.count))
    while least < most {
      let taken = (least + most) / 2
      if a[a.startIndex + taken] < b[b.startIndex + (k - taken - 1)] {
        least = taken + 1
      } else {
        most = taken
      }
    }
    let (i, j) = (a.startIndex + least, b.startIndex + (k - least))
    guard i < a.endIndex else { return b[j] }
    return j < b.endIndex ? min(a[i], b[j]) : a[i]
  }
}
