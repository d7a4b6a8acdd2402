// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "dossier", path: "..")],
  targets: [
    .executableTarget(
      name: "Measure", dependencies: [.product(name: "Dossier", package: "dossier")])
  ]
)
