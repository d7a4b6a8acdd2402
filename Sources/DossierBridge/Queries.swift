// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

// The functions of dossier.h for dossiers, hosts and queries, where they are documented.

import CDossier
import Dossier
import DossierFiles

// MARK: Dossiers

@c @implementation
public func dossier_built_in() -> OpaquePointer? { Handle(Facts.builtIn).owned }

@c @implementation
public func dossier_from_script(
  _ script: dossier_text, _ name: dossier_text, _ error: ErrorPlace?
) -> OpaquePointer? {
  attempt(error) {
    Handle(try Facts(script: try script.script(named: name, else: "dossier"))).owned
  }
}

@c @implementation
public func dossier_free(_ facts: OpaquePointer?) { facts.release(Facts.self) }

// MARK: Hosts

@c @implementation
public func dossier_host_new() -> OpaquePointer? { Handle(Host()).owned }

@c @implementation
public func dossier_host_add_table(
  _ host: OpaquePointer?, _ name: dossier_text, _ table: OpaquePointer?, _ error: ErrorPlace?
) -> Bool {
  succeeds(error) {
    let host = try host.needed(Host.self)
    let parts = try table.needed(TableParts.self).content
    host.content.tables[try name.string] = try Table(columns: parts.columns)
  }
}

@c @implementation
public func dossier_host_allow_folder(
  _ host: OpaquePointer?, _ path: dossier_text, _ error: ErrorPlace?
) -> Bool {
  succeeds(error) {
    let host = try host.needed(Host.self)
    let path = try path.string
    do throws(FileProblem) {
      host.content.files = try FolderAccess(path)
    } catch {
      throw Failure(code: "E0717", message: "the folder '\(path)' can't be opened: \(error.words)")
    }
  }
}

@c @implementation
public func dossier_host_free(_ host: OpaquePointer?) { host.release(Host.self) }

// MARK: Queries

@c @implementation
public func dossier_prepare(
  _ facts: OpaquePointer?, _ host: OpaquePointer?, _ text: dossier_text, _ name: dossier_text,
  _ parameters: dossier_text, _ error: ErrorPlace?
) -> OpaquePointer? {
  attempt(error) {
    let session = try Session(facts, host, limits: .default, cancel: CancelToken())
    let text = try text.script(named: name, else: "query")
    return Handle(try session.prepare(text, parameters: try parameters.declaredParameters)).owned
  }
}

@c @implementation
public func dossier_query_run(
  _ query: OpaquePointer?, _ values: OpaquePointer?, _ limits: UnsafePointer<dossier_limits>?,
  _ cancel: OpaquePointer?, _ error: ErrorPlace?
) -> OpaquePointer? {
  attempt(error) {
    let answer = try query.needed(PreparedQuery.self).content.run(
      try values.parameterValues, limits: try limits.limits,
      cancel: try cancel.optional(CancelToken.self)?.content ?? CancelToken())
    return Handle(HeldAnswer(answer)).owned
  }
}

@c @implementation
public func dossier_query_free(_ query: OpaquePointer?) { query.release(PreparedQuery.self) }

extension Session {
  /// A session over a dossier with what a host gives; NULL stands for the built-in dossier, and for
  /// nothing.
  ///
  /// - Throws: `Failure` E0711.
  init(
    _ facts: OpaquePointer?, _ host: OpaquePointer?, limits: Limits, cancel: CancelToken
  ) throws(Failure) {
    let facts = try facts.optional(Facts.self)?.content ?? .builtIn
    let host = try host.optional(Host.self)?.content ?? Host()
    self.init(
      facts: facts, tables: host.tables, functions: host.functions, limits: limits, cancel: cancel)
    if let files = host.files { self.files = files }
  }
}

extension dossier_text {
  /// `side: text, ids: [integer]` as names with types.
  ///
  /// - Throws: `Failure` E0712, E0714.
  fileprivate var declaredParameters: [String: ParameterType] {
    get throws(Failure) {
      var types: [String: ParameterType] = [:]
      let declared = try string
      if declared.trimmed.isEmpty { return [:] }
      for part in declared.split(separator: ",", omittingEmptySubsequences: false) {
        let words = part.split(separator: ":", maxSplits: 1).map(\.trimmed)
        guard words.count == 2, !words[0].isEmpty, types[words[0]] == nil,
          let type = ParameterType(words[1])
        else {
          throw Failure(code: "E0714", message: "no parameter: '\(part.trimmed)'")
        }
        types[words[0]] = type
      }
      return types
    }
  }
}

extension FileProblem {
  /// Why, for people.
  fileprivate var words: String {
    switch self {
    case .notFound: "nothing has this name"
    case .notAllowed: "it is out of reach"
    case .isDirectory, .notARegularFile, .shrank: "it is no folder"
    case .failed(let reason): reason
    case .interrupted: "interrupted"
    }
  }
}

extension StringProtocol {
  /// Without blanks around it.
  var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
