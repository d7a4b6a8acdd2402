import Testing

@testable import DossierCLI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Checked output")
struct CheckedOutputTests {
  @Test("what is written arrives whole and in order, through a pipe that takes little at a time")
  func arrives() async throws {
    let (reading, writing) = try pipeEnds()
    defer { close(reading) }
    let text = String(repeating: "0123456789abcdef", count: 20_000)
    let writer = Task.detached {
      var output = CheckedOutput(descriptor: writing)
      try output.write(text)
      try output.flush()
      close(writing)
    }
    let received = try bytes(of: reading, named: "pipe")
    try await writer.value
    #expect(String(decoding: received, as: UTF8.self) == text)
  }

  @Test("a pipe whose reader left is told apart from an error")
  func closedPipe() throws {
    signal(SIGPIPE, SIG_IGN)
    let (reading, writing) = try pipeEnds()
    close(reading)
    defer { close(writing) }
    var output = CheckedOutput(descriptor: writing)
    try output.write("lost")
    #expect(throws: OutputError.closed) { try output.flush() }
  }

  @Test("a full disk is an error, told once")
  func fullDisk() throws {
    let file = open("/dev/full", O_WRONLY)
    guard file >= 0 else { return }
    defer { close(file) }
    var output = CheckedOutput(descriptor: file)
    try output.write("lost")
    #expect(throws: OutputError.system(ENOSPC)) { try output.flush() }
    #expect(throws: Never.self) { try output.flush() }
  }

  @Test("a long output stops at Ctrl-C")
  func interrupted() throws {
    var output = CheckedOutput(descriptor: -1, isInterrupted: { true })
    #expect(throws: Interrupted.self) {
      try output.write(String(repeating: "x", count: 1 << 17))
    }
  }

  private func pipeEnds() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    return (ends[0], ends[1])
  }
}
