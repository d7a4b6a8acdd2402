import CDossier
import Testing

/// Sessions through `dossier.h`.
@Suite struct CSessionTests {
  /// What a callback sees.
  private final class Listener {
    var rows: [Int] = []
    var kept: [OpaquePointer?] = []
    var goesOn = true
    var session: OpaquePointer?
    var code = ""

    var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    static let callback: dossier_answer_callback = { context, answer in
      guard let context else { return false }
      let listener = Unmanaged<Listener>.fromOpaque(context).takeUnretainedValue()
      listener.rows.append(dossier_answer_row_count(answer))
      listener.kept.append(dossier_answer_keep(answer))
      if listener.session != nil {
        listener.code = run("1", listener.session, nil)
      }
      return listener.goesOn
    }
  }

  /// Runs a text: the code of its error.
  private static func run(_ text: String, _ session: OpaquePointer?, _ listener: Listener?)
    -> String
  {
    withText(text) { text in
      Called {
        dossier_session_run(
          session, text, .empty, nil, nil, listener == nil ? nil : Listener.callback,
          listener?.context, $0)
      }.code
    }
  }

  private func opened() -> OpaquePointer? {
    Called { dossier_session_new(nil, nil, nil, $0) }.result
  }

  @Test("names stay for the next text, a text that fails leaves no trace")
  func names() {
    let session = opened()
    defer { dossier_session_free(session) }
    let listener = Listener()
    #expect(
      CSessionTests.run("let a = figures | take 2; a; actors | take 1", session, listener) == "")
    #expect(CSessionTests.run("let b = a; nosuch", session, listener) == "E0202")
    #expect(CSessionTests.run("b", session, listener) == "E0202")
    #expect(CSessionTests.run("a", session, listener) == "")
    #expect(listener.rows == [2, 1, 2])
    #expect(listener.kept.map { dossier_answer_row_count($0) } == [2, 1, 2])
    listener.kept.forEach { dossier_answer_free($0) }
    #expect(CSessionTests.run("a", session, nil) == "")
  }

  @Test("a callback may end the text, and can't run the session that calls it")
  func callbacks() {
    let session = opened()
    defer { dossier_session_free(session) }
    let listener = Listener()
    listener.session = session
    #expect(CSessionTests.run("1", session, listener) == "")
    #expect(listener.code == "E0715")
    listener.goesOn = false
    #expect(CSessionTests.run("let a = 1; a; a", session, listener) == "E0716")
    #expect(listener.rows == [1, 1])
    #expect(CSessionTests.run("a", session, listener) == "E0202")
    listener.kept.forEach { dossier_answer_free($0) }
  }

  @Test("what is cancelled ends with E0690, and the session goes on when the request is taken back")
  func cancelling() {
    let cancel = dossier_cancel_new()
    let session = Called { dossier_session_new(nil, nil, cancel, $0) }.result
    defer { dossier_session_free(session) }
    dossier_cancel_request(cancel)
    #expect(CSessionTests.run("count(figures)", session, nil) == "E0690")
    dossier_cancel_reset(cancel)
    dossier_cancel_free(cancel)
    #expect(CSessionTests.run("count(figures)", session, nil) == "")
  }

  @Test("a dossier of one's own; its mistakes have places")
  func dossiers() {
    let made = withText("source a \"A\" { lang: \"en\" }; actor b \"B\"") { text in
      Called { dossier_from_script(text, .empty, $0) }
    }
    let session = Called { dossier_session_new(made.result, nil, nil, $0) }.result
    dossier_free(made.result)
    let listener = Listener()
    #expect(CSessionTests.run("actors", session, listener) == "")
    #expect(listener.rows == [1])
    listener.kept.forEach { dossier_answer_free($0) }
    dossier_session_free(session)
    let wrong = withText("actor b \"B\" { nosuch: 1 }") { text in
      Called { dossier_from_script(text, .empty, $0) }
    }
    #expect(wrong.result == nil && wrong.message == "an actor has no field 'nosuch'")
  }
}
