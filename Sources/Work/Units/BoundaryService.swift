public import Access
import Database
public import Files
public import Kernel
import PlanText
public import Province

extension Right {
    public static let keepBoundaries = Right("boundaries.keep", "Nạp ranh giới xã, phường, đặc khu để vẽ bản đồ")
}

/// The communes' borders for the map, loaded on screen over those of the province's folder: looked at as a map, then taken
/// or given up.
public struct BoundaryService: Sendable {
    private let work: WorkService

    public init(work: WorkService) { self.work = work }

    /// The largest file that is read, in bytes: finer borders than that show nothing more on a map of this size.
    private static let mostBytes = 25 << 20
    /// The most faults of a file that are told at once.
    private static let mostFaults = 20

    /// What holds now, nil when nothing was loaded, with the mark of what a person looks at.
    public func inForce(for viewer: Viewer) async throws -> (loaded: StoredBoundaries.Loaded?, version: Int) {
        try viewer.require(.keepBoundaries)
        return try await work.store.read {
            (try StoredBoundaries.inForce(on: $0), try StoredBoundaries.version(on: $0))
        }
    }

    /// A file that waits to be looked at, with the same mark.
    public func draft(_ id: RecordID, for viewer: Viewer) async throws -> (
        loaded: StoredBoundaries.Loaded, version: Int
    ) {
        try viewer.require(.keepBoundaries)
        return try await work.store.read { (try Self.waiting(id, on: $0), try StoredBoundaries.version(on: $0)) }
    }

    /// Reads a GeoJSON file and puts its simplified borders aside. A fault leaves the whole file out.
    /// - Returns: what to look at.
    public func enter(_ file: IncomingFile, by submission: Submission) async throws -> RecordID {
        try submission.viewer.require(.keepBoundaries)
        guard file.size <= Self.mostBytes else {
            throw Refusal(fields: [
                .init(
                    WorkField.file,
                    "Tệp quá lớn (tối đa 25 MB). Hãy giảm số chữ số thập phân hoặc làm đơn giản khi xuất tệp.")
            ])
        }
        let (boundaries, faults) = BoundaryFile.read(
            try file.bytes(), file: file.name, communes: work.plan.communes.communes)
        guard faults.isEmpty else {
            throw Refusal(
                fields: faults.prefix(Self.mostFaults).map { .init(WorkField.file, "Tệp \($0.file): \($0.reason).") })
        }
        let id = RecordID(at: work.clock.now)
        let subject = try await work.store.once(
            submission, about: Subject(.plan, "boundaries/\(id)"), at: work.clock.now
        ) { connection, now in
            try StoredBoundaries.enter(
                boundaries, id: id, fileName: file.name, at: now, account: submission.viewer.account,
                by: submission.viewer.name, on: connection)
        }
        // A form sent twice leads to what came of it first.
        return subject.key.split(separator: "/").last.flatMap { RecordID(String($0)) } ?? id
    }

    /// Draws maps by a file from now on.
    /// - Parameter version: of what the person looked at.
    public func keep(_ id: RecordID, version: Int?, by submission: Submission) async throws {
        try submission.viewer.require(.keepBoundaries)
        try await settle(version, by: submission) { connection, now in
            let loaded = try Self.waiting(id, on: connection)
            try StoredBoundaries.keep(id, at: now, on: connection)
            return "\(loaded.fileName): \(loaded.boundaries.count) đơn vị"
        }
    }

    /// Draws maps by the province's folder again.
    public func takeBack(version: Int?, by submission: Submission) async throws {
        try submission.viewer.require(.keepBoundaries)
        let id = RecordID(at: work.clock.now)
        try await settle(version, by: submission) { connection, now in
            guard let present = try StoredBoundaries.inForce(on: connection), !present.boundaries.isEmpty else {
                throw Refusal(.stale, "Không có ranh giới nào đang dùng để bỏ. Hãy tải lại trang.")
            }
            try StoredBoundaries.enter(
                [], id: id, fileName: "", at: now, account: submission.viewer.account, by: submission.viewer.name,
                on: connection)
            try StoredBoundaries.keep(id, at: now, on: connection)
            return "bỏ \(present.fileName)"
        }
    }

    public func drop(_ id: RecordID, by submission: Submission) async throws {
        try submission.viewer.require(.keepBoundaries)
        try await work.store.once(
            submission, about: Subject(.plan, "boundaries"), at: work.clock.now
        ) { connection, _ in try StoredBoundaries.drop(id, on: connection) }
    }

    private func settle(
        _ version: Int?, by submission: Submission,
        _ deed: @escaping @Sendable (any SQLConnection, Timestamp) throws -> String
    ) async throws {
        try await work.store.once(
            submission, about: Subject(.plan, "boundaries"), at: work.clock.now
        ) { connection, now in
            guard version == (try StoredBoundaries.version(on: connection)) else {
                throw Refusal(.stale, "Ranh giới vừa được người khác thay đổi. Hãy xem lại bản đồ rồi làm lại.")
            }
            let detail = try deed(connection, now)
            // Maps are a part of the plan: pages made of it are made anew.
            try AuditTrail.append(
                AuditEvent("boundaries.changed", subject: Subject(.plan, "boundaries"), detail: detail),
                by: submission.actor, at: now, on: connection)
        }
        try await work.plan.unitsInForce.refresh(from: work.store)
    }

    private static func waiting(_ id: RecordID, on connection: any SQLConnection) throws -> StoredBoundaries.Loaded {
        guard let loaded = try StoredBoundaries.find(id, on: connection), loaded.keptAt == nil else {
            throw Refusal(.notFound, "Tệp này không còn chờ xem: đã được dùng, đã bỏ, hoặc có tệp khác gửi sau.")
        }
        return loaded
    }
}
