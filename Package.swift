// swift-tools-version: 6.2
// The manifest is the architecture: targets stand bottom-up, and each may import only what its line names
// (`make build` passes `--explicit-target-dependency-import-check error`, so an undeclared import fails the build).

import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// - Parameter templates: of pages, each beside its model; named here, so that it gets into the bundle.
func module(
    _ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil, templates: [String] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies,
        resources: templates.isEmpty ? resources : (resources ?? []) + templates.map { .copy("\($0).mustache") },
        swiftSettings: strict)
}

/// A module that computes much. It is optimised in debug builds too: unoptimised, its rounds took a sixth of all tests' time.
func computing(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(
        name: name, dependencies: dependencies,
        swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))])
}

/// What the tests of several targets share.
func support(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude, swiftSettings: strict)
}

/// Tests that need nothing but what they test.
func pureTests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

/// Tests with both database engines, or another part of `TestSupport`.
func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude, resources: resources,
        swiftSettings: strict)
}

let commit = Context.environment["BAOPHU_COMMIT"].flatMap { $0.isEmpty ? nil : $0 }

let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "bao-phu",
    defaultLocalization: "vi",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "baophu", targets: ["baophu"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["JSON", "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.33.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // MARK: C
        // Libraries from Debian's packages (scripts/install-packages names them).
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CLibXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        // libxml2's headers clash with Foundation's; this target shows Swift the functions used.
        .target(name: "CXML", dependencies: ["CLibXML"]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        // libcurl's variadic calls do not reach Swift; this target gives each option used a plain C function.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        // What glibc's headers do not show Swift of its heap.
        .target(name: "CHeap"),
        // Which commit a build comes from: `make build` puts it into the environment.
        .target(name: "CRevision", cSettings: commit.map { [.define("BAOPHU_COMMIT", to: $0)] }),

        // MARK: Pure
        // Values and formulas; no database.
        computing("Kernel", []),
        computing("Tabular", ["Kernel", "CZip", "CXML", "CXLSXWriter"]),
        computing("Charts", ["Kernel"]),
        computing("Linkage", ["Kernel", "Tabular"]),
        module("Legislation", ["Kernel", yams]),
        module("Allocation", ["Kernel", "Tabular"]),
        computing("Forecast", []),
        module("Documents", ["Kernel", "Tabular", yams, mustache]),
        module("LinkageReport", ["Kernel", "Charts", "Linkage"]),

        // A program of another agency, as it speaks the exchange: it knows nothing of the system.
        module("Partner", [asyncHTTPClient, crypto, nio, nioHTTP1]),

        // MARK: Platform
        module("Database", ["Kernel"]),
        module("DatabaseSQLite", ["Database", grdb, grdbSQLite]),
        module("DatabasePostgreSQL", ["Database", "CLibpq"]),
        module("Telemetry", ["Database", coreMetrics, logging]),
        module("Mail", ["CCurl"]),
        computing("Province", ["Kernel", "Database", "Tabular", yams]),
        // What delivered rows say, and the kinds of list they come in.
        computing("Formats", ["Kernel", "Tabular", "Province", yams]),
        // A fictitious city's lists with their truth, to try and measure by.
        module("City", ["Formats", "Kernel", "Tabular"], resources: [.copy("Data")]),
        module("Vault", [crypto, cryptoExtras, jwt]),
        module(
            "Access", ["Kernel", "Database", "Vault", crypto, cryptoExtras],
            resources: [.copy("guessed-passwords.txt")]),
        module("Files", ["Kernel", "Database", "Access", crypto]),
        module("Jobs", ["Kernel", "Database", "Access", "Files", logging]),
        module("Notices", ["Kernel", "Database", "Access", "Jobs", "Mail"]),
        module("Search", ["Kernel", "Database", "Access", "Jobs"]),
        module("LawInForce", ["Kernel", "Database", "Access", "Files", "Jobs", "Notices", "Legislation", "Search"]),

        // MARK: Facts
        // Delivered records, and the persons and employers they are clusters of.
        module(
            "Registry", ["Kernel", "Tabular", "Linkage", "Formats", "Database", "Vault", "Access", "Jobs"],
            resources: [.copy("Data")]),
        // What agencies hand over: received, replaced, withdrawn.
        module(
            "Exchange",
            [
                "Kernel", "Tabular", "Formats", "Province", "Database", "Vault", "Access", "Files", "Jobs", "Notices",
                "Legislation",
                "Registry", crypto,
            ]),
        module(
            "Figures",
            [
                "Kernel", "Database", "Tabular", "Province", "Access", "Files", "Jobs", "Notices", "Registry", "CHeap",
            ]),

        // What the system tells of its own running and use.
        module("Operation", ["Kernel", "Database", "Access", "Exchange"]),

        // MARK: The plan
        module("PlanText", ["Kernel", "Province", yams]),
        module(
            "Work",
            [
                "Kernel", "Tabular", "Legislation", "Database", "Province", "Access", "Files", "Jobs", "Notices",
                "Search", "PlanText", crypto,
            ]),
        module(
            "Targets",
            [
                "Kernel", "Database", "Tabular", "Province", "Access", "Files", "Notices", "Figures", "PlanText",
                "Work",
                "Allocation",
            ]),

        // MARK: What follows
        // Who should be in and is not: decision tables over facts of the register.
        module(
            "Coverage",
            [
                "Kernel", "Tabular", "Legislation", "Formats", "Database", "Province", "Vault", "Access", "Jobs",
                "Registry", yams,
            ],
            resources: [.copy("Data")]),
        module(
            "Overview",
            [
                "Kernel", "Legislation", "Database", "Province", "Access", "Jobs", "Figures", "PlanText", "Work",
                "Targets",
            ]),
        module(
            "ReportBoards",
            [
                "Kernel", "Database", "Province", "Access", "Jobs", "Notices", "Figures", "PlanText", "Work", "Targets",
                "Overview",
            ]),
        module(
            "Reports",
            [
                "Kernel", "Database", "Province", "Access", "Files", "Formats", "Exchange", "Operation", "Figures",
                "PlanText", "Work", "Targets",
                "Overview", "ReportBoards", "Allocation", "Forecast",
                "Legislation", "LawInForce", "Documents", "Tabular", "Jobs", "Notices", "Search", crypto,
            ]),
        // What people say of things of any kind.
        module("Remarks", ["Kernel", "Legislation", "Database", "Access", "Notices", "Search"]),

        // MARK: Web
        module("Components", ["Kernel", "Charts", "CQREncode", mustache], resources: [.copy("Templates")]),
        // What the public can reach: this line is the whole list.
        module(
            "Portal",
            ["Kernel", "Legislation", "Charts", "Components"],
            templates: ["law-calculator", "law-index", "law-parameters"]),
        // Routing, requests, answers: what every area of pages works with.
        module(
            "WebDesk",
            [
                "Jobs", "Kernel", "Database", "Province", "Access", "Files", "Notices", "PlanText", "Work", "Targets",
                "Remarks", "Overview", "Components", "Tabular",
                crypto, hummingbird, httpTypes, nio, logging,
            ],
            resources: [.copy("Public")]),
        // The exchange for programs of other agencies.
        module(
            "ExchangeAPI",
            ["Kernel", "Formats", "Exchange", "Components", "WebDesk", crypto, hummingbird, httpTypes, nio]),
        // Pages by area; none knows another.
        module(
            "AccountPages",
            [
                "Kernel", "Access", "Files", "Province", "PlanText", "Work", "Targets", "Overview", "Components",
                "WebDesk", hummingbird,
            ],
            templates: [
                "account", "accounts", "audit", "design", "own-account", "recovery-codes", "row-forms",
                "second-factor",
            ]),
        module(
            "WorkPages",
            [
                "Kernel", "Tabular", "Province", "Access", "Files", "Notices", "PlanText", "Work", "Targets",
                "Overview",
                "Remarks", "Components", "WebDesk", hummingbird, httpTypes, nio,
                mustache,
            ],
            templates: [
                "Files/erasure", "Files/erasures",
                "Obstacles/obstacle", "Obstacles/obstacle-groups", "Obstacles/obstacles", "Units/identities",
                "Units/identity", "Units/unit", "Units/unit-head", "Units/unit-list", "Units/unit-preview",
                "Units/unit-print", "Units/units",
                "Work/calendar", "Work/counting-preview", "Work/counts", "Work/first-steps", "Work/late-units",
                "Work/my-day",
                "Work/plan", "Work/review",
                "Work/rule-preview",
                "Work/task",
                "Work/tasks",
                "Work/work", "Work/work-list",
            ]),
        module(
            "FigurePages",
            [
                "Kernel", "Tabular", "Charts", "Legislation", "Allocation", "Forecast", "Province",
                "Access",
                "Files", "Figures", "PlanText", "Work", "Targets", "Overview", "Jobs", "Reports", "Components",
                "Remarks", "WebDesk",
                hummingbird, httpTypes, nio, mustache,
            ],
            templates: [
                "Allocation/allocation-compare", "Allocation/allocation-desk", "Allocation/allocation-list",
                "Allocation/allocation-map", "Allocation/allocation-unit", "Allocation/proposal", "Figures/contest",
                "Figures/contests", "Figures/figure", "Figures/figure-batch", "Figures/figure-month",
                "Figures/figure-upload", "Figures/figure-upload-waiting", "Figures/figures", "Figures/groups",
                "Figures/movement-balances", "Figures/movement-batch", "Figures/movement-upload", "Figures/movements",
                "Figures/notes", "Figures/own-group", "Figures/target-versions", "Figures/targets",
                "Overview/boundaries", "Overview/dashboard",
                "Overview/dashboard-standings", "Overview/forecast", "Overview/measure-panel",
                "Overview/movement-picture",
                "Overview/score", "Overview/scores", "Overview/standing-list", "Overview/unit-figures", "tabs",
            ]),
        module(
            "PaperPages",
            [
                "Kernel", "Tabular", "Documents", "Province", "Access", "Files", "Figures", "PlanText", "Work",
                "Targets", "Exchange",
                "Overview", "Jobs", "ReportBoards", "Reports", "Components",
                "WebDesk", hummingbird,
            ],
            templates: [
                "Boards/board", "Boards/board-figures", "Boards/board-list", "Boards/board-section", "document",
                "document-list", "document-preview", "replies", "steering", "template",
            ]),
        module(
            "JobPages", ["Kernel", "Access", "Jobs", "Components", "WebDesk", hummingbird],
            templates: ["job", "job-list"]),
        module(
            "NoticePages", ["Kernel", "Access", "Notices", "Components", "WebDesk", hummingbird],
            templates: ["letters", "notices"]),
        module(
            "SearchPages", ["Kernel", "Access", "Search", "Components", "WebDesk", hummingbird],
            templates: ["search"]),
        module(
            "RemarkPages", ["Kernel", "Access", "Remarks", "Components", "WebDesk", hummingbird],
            templates: ["instruct-panel", "instruction", "instruction-list", "thread", "thread-page"]),
        module(
            "RegistryPages",
            [
                "Kernel", "Tabular", "Formats", "Province", "Access", "Jobs", "Registry", "Exchange", "Operation",
                "Figures", "Legislation", "LawInForce", "PlanText", "Components",
                "WebDesk", hummingbird,
            ],
            templates: [
                "Agreements/agreement-list", "Agreements/exchange-form", "Agreements/exchange-journal",
                "Agreements/exchange-thing",
                "Deliveries/delivery", "Deliveries/delivery-calendar", "Deliveries/delivery-list",
                "Deliveries/delivery-returned", "Deliveries/delivery-returned-row", "Deliveries/delivery-send",
                "Deliveries/delivery-upload", "Doubts/register-doubts", "Flows/register-flows", "Operation/operation",
                "People/register-employer",
                "People/register-find", "People/register-person", "Persons/processing", "Programs/program",
                "Programs/program-key",
                "Programs/program-list", "Quality/register-quality",
                "Requests/request-list",
            ]),
        module(
            "CasePages",
            [
                "Kernel", "Formats", "Province", "PlanText", "Access", "Registry", "Coverage", "Components",
                "WebDesk", hummingbird,
            ],
            templates: ["lead-employer", "lead-list", "review-numbers"]),
        module(
            "GuidePages", ["Kernel", "Access", "Search", "Components", "WebDesk", hummingbird],
            templates: ["guide-chapter", "guide-contents", "guide-index", "guide-section", "guide-words"]),
        module(
            "LawPages",
            [
                "Kernel", "Legislation", "Access", "LawInForce", "Portal", "Components", "WebDesk", hummingbird,
                httpTypes, nio,
            ],
            templates: ["amendment", "parameter"]),
        module(
            "Site",
            [
                "Kernel", "Access", "Files", "LawInForce", "Figures", "PlanText", "Work", "Targets", "Overview",
                "Reports",
                "Components", "WebDesk", "AccountPages", "WorkPages",
                "FigurePages", "PaperPages", "Jobs", "JobPages", "Notices", "NoticePages", "Search", "SearchPages",
                "GuidePages", "LawPages", "RemarkPages", "Remarks", "Telemetry", "Exchange", "ExchangeAPI", "Operation",
                "Registry", "RegistryPages", "Coverage", "CasePages",
                coreMetrics, hummingbird, hummingbirdCore, httpTypes, lifecycle, logging, nio, nioHTTP1,
            ]),

        // MARK: Top
        // The only targets that link live parts.
        module(
            "Assembly",
            [
                "Kernel", "Database", "DatabaseSQLite", "DatabasePostgreSQL", "Mail", "Province", "Vault", "Access",
                "Files",
                "City", "Coverage", "Figures", "Legislation", "LawInForce", "Registry", "Exchange", "Operation",
                "Formats",
                "Documents",
                "Reports",
                "Tabular", "PlanText",
                "Work",
                "Targets", "Overview", "ReportBoards", "Remarks", "Jobs", "Notices", "Search", "Components", "WebDesk",
                "GuidePages",
                "Site", "Telemetry", configuration, coreMetrics, crypto, hummingbird, hummingbirdCore, lifecycle,
                logging,
                systemPackage, unixSignals,
            ]),
        .executableTarget(
            name: "baophu",
            dependencies: [
                "Assembly", "Access", "Allocation", "CRevision", "Charts", "City", "Components", "Coverage", "Database",
                "Documents",
                "Figures", "Files", "Forecast", "Formats", "Kernel", "Legislation", "Linkage", "LinkageReport",
                "Partner", "PlanText", "Work",
                "Targets", "Overview", "Jobs", "Notices", "Exchange", "ExchangeAPI", "Registry", "Reports", "WebDesk",
                "Tabular",
                "Province", "Vault",
                argumentParser,
                yams,
            ],
            swiftSettings: strict),

        // Benchmarks build what the executable builds (docs/decisions/0004).
        .executableTarget(
            name: "baophu-bench",
            dependencies: [
                "Kernel", "Database", "DatabaseSQLite", "DatabasePostgreSQL", "Vault", "Access", "Files", "Figures",
                "Allocation", "Documents", "Tabular",
                "Legislation", "PlanText", "Work", "Targets", "Overview", "ReportBoards", "Reports", "Jobs", "Search",
                "Site", "WebDesk", "Assembly", "Province", "Registry", "Exchange", "Partner",
                "TestSupport", hummingbird,
                httpTypes, crypto,
                argumentParser,
            ],
            path: "Benchmarks", exclude: ["README.md", "splink", "peers"], swiftSettings: strict),

        // MARK: Tests
        .target(
            name: "TestSupport",
            dependencies: ["Kernel", "Database", "DatabaseSQLite", "DatabasePostgreSQL"],
            path: "Tests/TestSupport", swiftSettings: strict),
        support("TestPlans", ["Kernel", "PlanText"], exclude: ["Fixtures"]),
        support(
            "TestWork",
            [
                "Kernel", "Database", "Province", "Access", "Files", "Jobs", "Notices", "PlanText", "Work",
                "TestSupport", "TestPlans",
            ]),
        support(
            "TestFigures",
            [
                "Kernel", "Tabular", "Database", "Access", "Files", "Figures", "PlanText", "Work", "Targets",
                "TestSupport", "TestPlans", "TestWork",
            ]),
        tests("KernelTests", ["Kernel"]),
        tests("TelemetryTests", ["Telemetry", "Database", coreMetrics, logging]),
        tests("MailTests", ["Mail"]),
        tests("TabularTests", ["Tabular", "Kernel"], exclude: ["Peers"]),
        pureTests("LegislationTests", ["Legislation", "Kernel", yams], exclude: ["Cases", "Fixtures"]),
        pureTests("AllocationTests", ["Allocation", "Kernel", "Tabular"]),
        pureTests("DocumentsTests", ["Documents", "Kernel", "Tabular"]),
        pureTests("ForecastTests", ["Forecast"]),
        tests(
            "ReportBoardsTests",
            [
                "Kernel", "Database", "Access", "Notices", "Figures", "PlanText", "Work", "Targets", "Overview",
                "ReportBoards", "TestPlans", "TestWork", "TestFigures",
            ]),
        tests(
            "ReportsTests",
            [
                "Kernel", "Allocation", "Legislation", "Documents", "Database", "Province", "Access",
                "Files", "Jobs",
                "Notices",
                "Figures",
                "PlanText", "Work",
                "Targets", "Overview", "ReportBoards", "Reports", "TestPlans", "Assembly",
            ]),
        tests(
            "LawInForceTests",
            ["Kernel", "Legislation", "Database", "Access", "Files", "Jobs", "Notices", "LawInForce"]),
        pureTests("LinkageTests", ["Linkage", "LinkageReport", "Charts", "Tabular"]),
        tests("ChartsTests", ["Charts", "Kernel"]),
        tests("DatabaseTests", ["Kernel", "Database", "DatabaseSQLite", "DatabasePostgreSQL"]),
        pureTests("VaultTests", ["Vault"]),
        tests("AccessTests", ["Kernel", "Database", "Vault", "Access"]),
        tests("FilesTests", ["Kernel", "Database", "Vault", "Access", "Files"]),
        tests("SearchTests", ["Search", "Kernel", "Database", "Access", "Files", "Jobs"]),
        tests(
            "RemarksTests", ["Remarks", "Kernel", "Legislation", "Database", "Access", "Notices", "Search"]),
        tests("JobsTests", ["Jobs", "Kernel", "Database", "Vault", "Access", "Files", logging]),
        tests("NoticesTests", ["Notices", "Jobs", "Mail", "Files", "Kernel", "Database", "Vault", "Access"]),
        tests(
            "ExchangeTests",
            [
                "Exchange", "Registry", "Kernel", "Tabular", "Formats", "Database", "Vault", "Access", "Files", "Jobs",
                "Notices", "Legislation",
                logging, crypto,
            ]),
        tests(
            "RegistryTests",
            ["Registry", "Kernel", "Formats", "Database", "Vault", "Access", "Files", "Jobs", logging]),
        tests("OperationTests", ["Operation", "Kernel", "Database", "Access"]),
        tests(
            "FiguresTests",
            [
                "Kernel", "Tabular", "Database", "Province", "Vault", "Access", "Files", "Jobs", "Notices", "Registry",
                "Figures",
            ],
            exclude: ["Samples"]),
        pureTests("FormatsTests", ["Kernel", "Tabular", "Formats", "Province"]),
        tests(
            "CoverageTests",
            [
                "Kernel", "Coverage", "Legislation", "Formats", "Database", "Vault", "Access", "Files", "Jobs",
                "Registry", logging,
            ]),
        pureTests("CityTests", ["City", "Formats", "Kernel", "Province", "Tabular"]),
        pureTests("PlanTextTests", ["Kernel", "Province", "PlanText", "TestPlans"]),
        tests(
            "WorkTests",
            [
                "Kernel", "Tabular", "Legislation", "Database", "Province", "Vault", "Access", "Files", "Jobs",
                "Notices", "Search", "PlanText", "Work", "TestPlans",
                "TestWork",
            ]),
        tests(
            "TargetsTests",
            [
                "Kernel", "Tabular", "Allocation", "Database", "Province", "Access", "Files", "Jobs", "Notices",
                "Figures", "PlanText",
                "Work", "Targets", "TestPlans", "TestWork", "TestFigures",
            ]),
        tests(
            "OverviewTests",
            [
                "Kernel", "Database", "Province", "Access", "Figures", "PlanText", "Work", "Targets", "Overview",
                "Jobs",
                "TestPlans",
                "TestWork", "TestFigures",
            ]),
        tests(
            "SiteTests",
            [
                "Kernel", "Tabular", "LawInForce", "Database", "DatabasePostgreSQL", "Access",
                "Coverage", "Province",
                "Files",
                "Figures",
                "PlanText", "Work", "Allocation", "Targets", "Overview", "ReportBoards", "Remarks", "Reports", "Jobs",
                "Notices",
                "Vault", "Formats", "Registry", "Exchange", "Charts", "Components", "WebDesk", "AccountPages",
                "FigurePages", "GuidePages", "LawPages", "Search", "Site", "ExchangeAPI", "Partner",
                "Assembly", "Mail", "Telemetry", crypto, hummingbird, hummingbirdTesting, httpTypes, logging, mustache,
                nio,
            ],
            exclude: ["Peers"]),
        tests(
            "AssemblyTests",
            [
                "Province", "Jobs", "Allocation", "Figures", "Coverage", "LawInForce", "Registry", "Exchange",
                "Operation",
                "Kernel", "Tabular",
                "Documents",
                "Database",
                "Vault", "Access", "Files", "PlanText", "Work",
                "Targets", "Overview", "ReportBoards", "Remarks", "Reports", "Notices", "Assembly",
            ],
            exclude: ["Browser", "Cluster", "Fixtures"]),
        // The repository itself: manifest, tables, documents.
        pureTests("ArchitectureTests", []),
    ]
)

// `make test AREA=Linkage` (or more areas, parted by commas): only these tests and what they stand on.
if let areas = Context.environment["BAOPHU_AREA"], !areas.isEmpty {
    var wanted = areas.split(whereSeparator: { ", ".contains($0) }).map { "\($0)Tests" }
    // Its tests start the program.
    if wanted.contains("AssemblyTests") { wanted.append("baophu") }
    var kept: Set<String> = []
    while let name = wanted.popLast() {
        guard kept.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else {
            continue
        }
        for case .byNameItem(let below, _) in target.dependencies { wanted.append(below) }
    }
    package.targets.removeAll { !kept.contains($0.name) }
    if !kept.contains("baophu") { package.products = [] }
}
