/// A chart that is asked for: the first columns are its labels, the others are drawn.
struct Drawing: Hashable, Sendable {
  enum Kind: String, Sendable, CaseIterable { case bar, timeline, spark }

  let kind: Kind
  let labels: Int
}
