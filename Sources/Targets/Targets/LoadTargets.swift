import Work
import PlanText
public import Access
import Database
public import Files
import Figures
public import Kernel
import Province
public import Tabular

/// What loading a table of targets came to.
public struct TargetLoad: Sendable {
    public var accepted: [Line] = []
    public var unchanged = 0
    public var errors: [CellNote] = []
    public var repairs: [CellNote] = []
    /// Rows of sums.
    public var skipped: [CellNote] = []
    /// Rows without a number: no target yet, and none of zero.
    public var silent: [CellNote] = []

    public struct Line: Sendable, Equatable {
        public let commune: CommuneCode
        public let year: Int
        public let total: Int
        public let voluntary: Int
        /// Whether the table gives the compulsory part itself.
        public let compulsory: CompulsoryBasis
        public let document: String
    }
}

extension Right {
    /// Counts in the coordinating agency alone.
    public static let loadTargets = Right(
        "targets.load", "Nạp chỉ tiêu của các xã, phường, đặc khu", decidesTargets: true)
}

extension TargetService {
    /// The targets of a year: the province's from the plan, the communes' as loaded.
    public func targets(year: Int, for viewer: Viewer) async throws -> TargetTable? {
        try viewer.require(.viewFigures)
        guard let province = plan.targets.first(where: { $0.year == year }) else { return nil }
        return try await store.read { connection in
            let targets = try CommuneTarget.holding(year: year, on: connection).filter {
                plan.communes[$0.commune] != nil
            }
            return TargetTable(
                year: year, province: province,
                targets: Dictionary(targets.map { ($0.commune, $0) }, uniquingKeysWith: { first, _ in first }),
                communes: plan.communes.communes.count)
        }
    }

    /// Every target a commune was given, the latest first.
    public func targetVersions(of commune: CommuneCode, for viewer: Viewer) async throws -> [CommuneTarget] {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            try connection.rows(
                "SELECT \(CommuneTarget.columns) FROM commune_target t WHERE commune = ? ORDER BY year DESC, version DESC",
                commune
            ).map(CommuneTarget.init)
        }
    }

    /// Whether two people decide targets here: then no table of them is taken on screen.
    public var isDecidedByTwo: Bool { pairs.needsTwo(.decideTargets) }

    /// Loads a table of targets: commune (code or name), year, total, voluntary, document. Rows with an error are left out,
    /// the others stand.
    /// - Parameters:
    ///   - year: for tables without a column of the year.
    ///   - document: for tables without a column of the document.
    ///   - version: the revision of targets and allocations that the person looked at.
    public func loadTargets(
        _ file: IncomingFile, year: Int?, document: String, version: Int? = nil, by submission: Submission
    ) async throws -> TargetLoad {
        guard submission.viewer.may(.loadTargets, for: plan) else {
            throw Refusal(
                .forbidden, "Chỉ cơ quan thường trực kế hoạch được nhập chỉ tiêu của các xã, phường, đặc khu.")
        }
        guard !isDecidedByTwo else {
            throw Refusal(
                .forbidden,
                "Ở đây chỉ tiêu phải do hai người quyết định: hãy tạo phương án ở mục Phân bổ, nạp bảng đầu vào rồi ghi quyết định để người thứ hai xác nhận."
            )
        }
        let load = try readTargets(try file.bytes(), year: year, document: VietnameseText.tidy(document))
        return try await store(load, by: submission.actor, form: submission, version: version)
    }

    /// The same from the command line or the demonstration.
    public func loadTargets(_ file: IncomingFile, year: Int?, document: String, by actor: Actor) async throws
        -> TargetLoad
    {
        try await store(
            try readTargets(try file.bytes(), year: year, document: VietnameseText.tidy(document)), by: actor, form: nil
        )
    }

    private func store(
        _ load: TargetLoad, by actor: Actor, form: Submission?, version: Int? = nil
    ) async throws -> TargetLoad {
        let now = clock.now
        return try await store.write { connection in
            if let form, let mark = form.form,
                try AccessService.receipt(
                    form: mark, of: form.viewer.account, about: Subject(.targets, "loaded"), at: now, on: connection)
                    != nil
            {
                return load
            }
            try Revisions.require(version, of: .targets, .allocation, on: connection)
            var load = load
            let holding = Dictionary(
                try CommuneTarget.holding(on: connection).map { ("\($0.commune) \($0.year)", $0) },
                uniquingKeysWith: { first, _ in first })
            var changed: [TargetLoad.Line] = []
            for line in load.accepted {
                let known = holding["\(line.commune) \(line.year)"]
                if let known, known.total == line.total, known.voluntary == line.voluntary,
                    known.compulsoryBasis == line.compulsory, known.document == line.document
                {
                    load.unchanged += 1
                    continue
                }
                changed.append(line)
                try CommuneTarget.insert(
                    line.commune.text, year: line.year,
                    version: try CommuneTarget.nextVersion(of: line.commune.text, year: line.year, on: connection),
                    total: line.total, voluntary: line.voluntary, compulsory: line.compulsory, source: line.document,
                    Signing(citedIn: line.document), by: actor,
                    at: now, on: connection)
            }
            load.accepted = changed
            guard !changed.isEmpty else { return load }
            let years = Set(changed.map(\.year)).sorted().map(String.init).joined(separator: ", ")
            try AuditTrail.append(
                AuditEvent(
                    "targets.loaded", subject: Subject(.targets, years),
                    detail: "\(changed.count) chỉ tiêu; \(try CommuneTarget.seal(on: connection).words)"),
                by: actor, at: now, on: connection)
            try TargetNotices.tell(
                changed.map {
                    GivenTarget(
                        commune: $0.commune, year: $0.year, total: $0.total, voluntary: $0.voluntary,
                        compulsory: $0.compulsory, document: $0.document)
                }, by: actor.account, at: now, on: connection)
            return load
        }
    }
}
