#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files that are written beside those whose place they will take, and go when a signal ends the
/// program.
///
/// A signal handler can reach only what is global, and `unlink` is one of the calls that it may make.
enum Drafts {
  private static let ends = [SIGHUP, SIGTERM, SIGQUIT]
  /// At most so many are written at once; of a further one the file would stay.
  private static let most = 8

  nonisolated(unsafe) private static let paths: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> =
    {
      let paths = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: most)
      paths.initialize(repeating: nil, count: most)
      for number in ends { listen(to: number) }
      return paths
    }()

  /// Listens to the signals; before that no handler may call `removeAll`.
  static func install() { _ = paths }

  /// Keeps an eye on a file until `forget`.
  static func add(_ path: String) {
    guard let place = (0..<most).first(where: { paths[$0] == nil }) else { return }
    paths[place] = strdup(path)
  }

  /// The file is in its place, or gone.
  static func forget(_ path: String) {
    for place in 0..<most {
      guard let kept = paths[place], strcmp(kept, path) == 0 else { continue }
      paths[place] = nil
      free(kept)
    }
  }

  /// Removes all of them, in a signal handler.
  static func removeAll() {
    for place in 0..<most {
      if let path = paths[place] { unlink(path) }
    }
  }

  /// Unless somebody listens already, or nobody is to, as by `nohup`.
  private static func listen(to number: Int32) {
    var earlier = sigaction()
    sigaction(number, nil, &earlier)
    guard earlier.isDefault else { return }
    Interrupts.handle(number) { number in
      Drafts.removeAll()
      signal(number, SIG_DFL)
      raise(number)
    }
  }
}

extension sigaction {
  /// What happens at the signal, as a number.
  private var meaning: Int {
    #if canImport(Darwin)
      unsafeBitCast(__sigaction_u.__sa_handler, to: Int.self)
    #else
      unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self)
    #endif
  }

  var isDefault: Bool { meaning == unsafeBitCast(SIG_DFL, to: Int.self) }

  /// As by `nohup`.
  var isIgnored: Bool { meaning == unsafeBitCast(SIG_IGN, to: Int.self) }
}
