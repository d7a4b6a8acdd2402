// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "dossier",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Dossier", targets: ["Dossier", "DossierFiles"]),
    .library(name: "CDossier", type: .dynamic, targets: ["CDossier", "DossierBridge"]),
    .executable(name: "dossier", targets: ["DossierCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CByteScan"),
    .target(
      name: "Dossier", dependencies: ["CByteScan"],
      resources: [.embedInCode("Dossiers/kursk.q"), .embedInCode("Dossiers/kursk.image")]),
    .target(name: "CDossier"),
    .target(name: "DossierBridge", dependencies: ["CDossier", "Dossier", "DossierFiles"]),
    .target(name: "DossierFiles", dependencies: ["Dossier"]),
    .systemLibrary(
      name: "CEditLine", pkgConfig: "libedit",
      providers: [.apt(["libedit-dev"]), .yum(["libedit-devel"])]),
    .executableTarget(
      name: "DossierCLI",
      dependencies: [
        "Dossier", "DossierFiles", "CEditLine",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "factcheck", dependencies: ["Dossier", "DossierFiles"],
      path: "examples/embed/factcheck", exclude: ["drafts"]),
    .testTarget(
      name: "DossierTests",
      dependencies: [
        "Dossier", "DossierFiles", "CDossier", "DossierBridge", "DossierCLI", "CByteScan",
        "factcheck",
      ],
      exclude: ["Golden", "Fixtures"]),
  ]
)
