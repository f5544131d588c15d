public import Access
import Database
public import Kernel
import Province
import Registry

extension FigureService {
    /// Puts the register in charge of a month: its counts hold from now on as that month's figures.
    public func putRegisterInCharge(
        of month: Month, document: String, by submission: Submission
    ) async throws -> RegisterTaken {
        try submission.viewer.require(.setRegisterMonths)
        return try await putRegisterInCharge(of: month, document: document, by: submission.actor)
    }

    /// The same of whoever runs the machine.
    public func putRegisterInCharge(
        of month: Month, document: String, by actor: Actor
    ) async throws -> RegisterTaken {
        let document = VietnameseText.tidy(document)
        guard !document.isEmpty else {
            throw Refusal(.invalid, "Hãy ghi số, ngày của văn bản cho phép lấy số liệu tháng từ sổ đăng ký.")
        }
        let now = clock.now
        return try await store.write { connection in
            guard let known = try RegisterFlows.months(on: connection), known.contains(month) else {
                throw Refusal(
                    .notNow,
                    "Sổ đăng ký chưa có biến động nào của tháng \(month.vietnamese); hãy nhận danh sách của tháng đó trước."
                )
            }
            try RegisterCharge.note(month, isInCharge: true, document: document, by: actor, at: now, on: connection)
            return try Self.takeRegister(month, in: directory, by: actor, at: now, on: connection)
        }
    }

    /// Lets what was officially imported hold again.
    public func releaseRegister(of month: Month, reason: String, by submission: Submission) async throws {
        try submission.viewer.require(.setRegisterMonths)
        try await releaseRegister(of: month, reason: reason, by: submission.actor)
    }

    public func releaseRegister(of month: Month, reason: String, by actor: Actor) async throws {
        let reason = VietnameseText.tidy(reason)
        guard !reason.isEmpty else { throw Refusal(.invalid, "Hãy ghi lý do thôi lấy số liệu từ sổ đăng ký.") }
        let now = clock.now
        try await store.write { connection in
            guard try RegisterCharge.find(month, on: connection)?.isInCharge == true else {
                throw Refusal(.stale, "Tháng \(month.vietnamese) không lấy số liệu từ sổ đăng ký.")
            }
            try RegisterCharge.note(month, isInCharge: false, document: reason, by: actor, at: now, on: connection)
            for batch in try Self.registerBatches(of: month, on: connection) {
                try Self.undo(batch, reason: reason, by: actor, at: now, on: connection)
            }
        }
    }

    /// Takes anew the months that the register is in charge of, where its counts changed or something was imported over them. Part of a
    /// daily deed; changes nothing where nothing changed.
    /// - Returns: the months that were taken.
    public func refreshRegisterMonths(by actor: Actor = .system) async throws -> [Month] {
        let now = clock.now
        let months = try await store.read { try RegisterCharge.months(on: $0) }
        var taken: [Month] = []
        for month in months {
            let result = try await store.write { connection in
                try Self.takeRegister(month, in: directory, by: actor, at: now, on: connection)
            }
            if result.batch != nil { taken.append(month) }
        }
        return taken
    }

    /// The batches of a month that the register counted and that stand, the latest first.
    static func registerBatches(of month: Month, on connection: any SQLConnection) throws -> [Int] {
        try connection.rows(
            """
            SELECT number FROM figure_batch WHERE kind = ? AND first_month = ? AND withdrawn_at IS NULL ORDER BY number DESC
            """, FigureBatch.Kind.register.rawValue, month
        ).map { try $0.integer("number") }
    }

    /// - Returns: no batch where all figures hold already.
    private static func takeRegister(
        _ month: Month, in directory: CommuneDirectory, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> RegisterTaken {
        let counted = try RegisterCount(of: month, on: connection)
        let figures = counted.figures(of: directory.codes)
        let stored = try StoredFigures(in: month...month, on: connection)
        let changed = figures.count { stored[$0] != $0.people }
        guard changed > 0 else { return RegisterTaken(batch: nil, changed: 0, unplaced: counted.unplaced) }
        let charge = try RegisterCharge.find(month, on: connection)
        let number = try store(
            figures,
            BatchHead(
                kind: .register, file: nil, fileName: "",
                source: "Sổ đăng ký, \(counted.basis.words)" + (charge.map { "; \($0.document)" } ?? ""), cutoff: nil,
                acceptedRows: figures.count, rejectedRows: 0, changed: changed, months: month...month),
            by: actor, at: now, on: connection)
        try AuditTrail.append(
            AuditEvent(
                "figures.counted", subject: Subject(.figureBatch, number),
                detail: "tháng \(month.vietnamese): \(changed) số liệu; \(seal(of: figures).words)"), by: actor,
            at: now,
            on: connection)
        try Revisions.advance(.figureBatch, on: connection)
        return RegisterTaken(batch: number, changed: changed, unplaced: counted.unplaced)
    }
}

/// What taking a month from the register came to.
public struct RegisterTaken: Sendable, Equatable {
    /// Nil where all figures held already.
    public let batch: Int?
    public let changed: Int
    /// People of no known commune, who stand in no figure.
    public let unplaced: Int
}

/// A month's stock as the register counts it, by the commune that counts for targets.
struct RegisterCount: Equatable, Sendable {
    let month: Month
    let basis: FlowBasis
    /// By commune and scheme.
    let lines: [RegisterFlows.Line]
    private let blocks: [CommuneCode: [Block: Int]]

    init(of month: Month, on connection: any SQLConnection) throws {
        self.month = month
        basis = try FlowBasis.inForce(on: connection)
        let all = try RegisterFlows.of(month: month, by: basis.place, within: .ofSystem, on: connection)
        lines = RegisterFlows.sums(all, by: basis.place)
        var blocks: [CommuneCode: [Block: Int]] = [:]
        for line in all where line.key.scheme == .compulsory {
            guard let commune = Self.commune(line, basis.place), let block = line.key.block else { continue }
            blocks[commune, default: [:]][block, default: 0] += line.closing
        }
        self.blocks = blocks
    }

    static func commune(_ line: RegisterFlows.Line, _ place: FlowPlace) -> CommuneCode? {
        place == .residence ? line.key.residence : line.key.employer
    }

    /// People of no known commune.
    var unplaced: Int { lines.reduce(0) { $0 + (Self.commune($1, basis.place) == nil ? $1.closing : 0) } }

    func line(_ commune: CommuneCode, _ scheme: Scheme) -> RegisterFlows.Line? {
        lines.first { Self.commune($0, basis.place) == commune && $0.key.scheme == scheme }
    }

    func figures(of communes: [CommuneCode]) -> [ReadFigure] {
        communes.flatMap { commune in
            Scheme.allCases.map { scheme in
                let people = line(commune, scheme)?.closing ?? 0
                let parts = scheme == .compulsory ? blocks[commune] ?? [:] : [:]
                // Blocks that leave people out would say too little of the others.
                let isWhole = parts.values.reduce(0, +) == people && people > 0
                return ReadFigure(
                    commune: commune, month: month, scheme: scheme, people: people,
                    blocks: isWhole
                        ? Dictionary(uniqueKeysWithValues: Block.allCases.map { ($0, parts[$0] ?? 0) }) : [:])
            }
        }
    }
}
