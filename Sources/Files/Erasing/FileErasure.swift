public import Access
public import Database
public import Kernel

extension PairedAct {
    /// Always of two people: what is erased does not come back.
    public static let eraseFile = PairedAct(
        "files.erase", "Huỷ tệp đã tải lên", isAlways: true, needs: [.init(.confirmErasure, isOfUnit: false)])
}

extension Right {
    /// Within one's own units and area, or everywhere for those who follow the whole plan.
    public static let confirmErasure = Right("files.confirm-erasure", "Xác nhận huỷ tệp do người khác đề nghị")
    public static let readErasures = Right("files.read-erasures", "Xem mọi biên bản huỷ tệp")
}

/// Erasing files: a wrong upload that holds data of persons is destroyed by two people, with minutes
/// (docs/decisions/0042). The record that named the file stays, and says so.
public struct FileErasure: Sendable {
    public let store: any DataStore
    public let clock: Clock
    private let keepers: [FileKeeper]
    let names: [FileNameOverwriting]
    let losses: [FileLoss]
    let pairs: PairPolicy

    /// - Parameters:
    ///   - keepers: of all targets whose records name files.
    ///   - names: of those that keep the names of files besides.
    ///   - losses: of those whose records rest on files.
    ///   - pairs: who may be the second person, and how both are told.
    public init(
        store: any DataStore, clock: Clock, keepers: [FileKeeper], names: [FileNameOverwriting] = [],
        losses: [FileLoss] = [], pairs: PairPolicy = PairPolicy()
    ) {
        self.store = store
        self.clock = clock
        self.keepers = keepers
        self.names = names
        self.losses = losses
        self.pairs = pairs
    }

    // MARK: Looking

    /// - Throws: not found, for a file that the person may not know of.
    public func file(_ id: RecordID, for viewer: Viewer) async throws -> ErasableFile {
        let now = clock.now
        return try await store.read { try self.file(id, for: viewer, at: now, on: $0) }
    }

    func file(
        _ id: RecordID, for viewer: Viewer, at now: Timestamp, on connection: any SQLConnection
    ) throws -> ErasableFile {
        guard let file = try StoredFiles.find(id, on: connection), !file.sha256.isEmpty else { throw Self.unknown }
        let minutes = try connection.row("SELECT * FROM file_erasure WHERE file = ?", id).map(ErasureMinutes.init)
        let waiting = try PairedDeeds.waiting(.eraseFile, about: Subject(.file, id), at: now, on: connection)
        let holder = try holder(of: id, for: viewer, on: connection)
        let knowsMinutes = minutes != nil && viewer.may(.readErasures)
        guard holder != nil || knowsMinutes else { throw Self.unknown }
        return ErasableFile(
            file: file, holder: holder,
            copies: try StoredFiles.find(sha256: file.sha256, on: connection).count { $0 != id },
            waiting: waiting, minutes: minutes)
    }

    private func holder(of id: RecordID, for viewer: Viewer, on connection: any SQLConnection) throws -> FileHolder? {
        let holders = try keepers.compactMap { try $0(id, viewer, connection) }
        // A signed copy is a product too: what rests on either is undone.
        guard var holder = holders.first else { return nil }
        holder.undoes = holders.flatMap(\.undoes)
        holder.needsOutsider = holders.contains(where: \.needsOutsider)
        return holder
    }

    /// How many files, and how many minutes, a search shows.
    public static let shownAtMost = 100

    /// Files whose hash begins so and that the person may know of, the latest first: one more than are shown where there are
    /// more.
    public func files(_ hash: HashPrefix, for viewer: Viewer) async throws -> [ErasableFile] {
        let now = clock.now
        return try await store.read { connection in
            var found: [ErasableFile] = []
            for id in try StoredFiles.find(sha256Prefix: hash, on: connection) where found.count <= Self.shownAtMost {
                do {
                    found.append(try self.file(id, for: viewer, at: now, on: connection))
                } catch let refusal as Refusal where refusal.kind == .notFound {
                    continue
                }
            }
            return found
        }
    }

    /// What waits for the person, or for another after the person asked.
    public func waiting(for viewer: Viewer) async throws -> [(deed: PairedDeed, file: ErasableFile)] {
        let now = clock.now
        return try await store.read { connection in
            try PairedDeeds.waiting(at: now, on: connection).filter { $0.act == PairedAct.eraseFile.name }.compactMap {
                deed in
                guard let id = RecordID(deed.subject.key) else { return nil }
                do {
                    let file = try self.file(id, for: viewer, at: now, on: connection)
                    guard deed.proposedBy == viewer.account || self.mayConfirm(file, viewer) else { return nil }
                    return (deed, file)
                } catch let refusal as Refusal where refusal.kind == .notFound {
                    return nil
                }
            }
        }
    }

    /// The proposals that wait about some files, for whoever sees these.
    public func waiting(about files: Set<RecordID>) async throws -> [RecordID: PairedDeed] {
        guard !files.isEmpty else { return [:] }
        let now = clock.now
        return try await store.read { connection in
            var waiting: [RecordID: PairedDeed] = [:]
            for deed in try PairedDeeds.unended(.eraseFile, on: connection) where deed.until > now {
                guard let file = RecordID(deed.subject.key), files.contains(file) else { continue }
                waiting[file] = deed
            }
            return waiting
        }
    }

    /// All minutes, the latest first.
    public func minutes(for viewer: Viewer, limit: Int = 200) async throws -> [ErasureMinutes] {
        guard viewer.may(.readErasures) else { return [] }
        return try await store.read {
            try $0.rows("SELECT * FROM file_erasure ORDER BY year DESC, number DESC LIMIT ?", limit).map(
                ErasureMinutes.init)
        }
    }

    /// Whether the person may be the second of two for this file.
    public func mayConfirm(_ file: ErasableFile, _ viewer: Viewer) -> Bool {
        guard let holder = file.holder, viewer.may(.confirmErasure) else { return false }
        if holder.needsOutsider, let unit = holder.unit, viewer.ownUnits.contains(unit) { return false }
        let scope = viewer.scope(of: .confirmErasure, everything: .readErasures)
        return holder.unit.map { scope.covers($0) } ?? (scope.reach == .everything)
    }

    /// Who may confirm what this person proposes, or proposed.
    public func seconds(for file: ErasableFile, besides first: RecordID) async throws -> [SecondPerson] {
        try await store.read { try self.seconds(for: file, besides: first, on: $0) }
    }

    func seconds(
        for file: ErasableFile, besides first: RecordID, on connection: any SQLConnection
    ) throws -> [SecondPerson] {
        try pairs.seconds(besides: first, on: connection) { viewer in
            // Cheap first: the thing itself is asked only of those whose right reaches there.
            try mayConfirm(file, viewer) && holder(of: file.file.id, for: viewer, on: connection) != nil
        }
    }

    static let unknown = Refusal(.notFound, "Không có tệp này, hoặc tệp không thuộc phạm vi của bạn.")

    /// Minutes of files that are gone and whose hash begins so, the latest first: of those whose place the person sees, all
    /// for whoever reads all minutes; one more than are shown where there are more.
    public func minutes(_ hash: HashPrefix, for viewer: Viewer) async throws -> [ErasureMinutes] {
        try await store.read { connection in
            let all = try connection.rows(
                "SELECT * FROM file_erasure WHERE sha256 >= ? AND sha256 < ? ORDER BY year DESC, number DESC",
                hash.first, hash.end
            ).map(ErasureMinutes.init)
            var found: [ErasureMinutes] = []
            for minutes in all where found.count <= Self.shownAtMost {
                let knows =
                    try viewer.may(.readErasures) || self.holder(of: minutes.file, for: viewer, on: connection) != nil
                if knows { found.append(minutes) }
            }
            return found
        }
    }

    /// Hides what the trail told of files that an earlier release erased, whose names are known no more.
    public func hideEarlierNames() async throws {
        let telling: Set<String> = [
            "file.opened", "file.person-list-opened", "file.taken", "figures.file-opened", "figures.received",
            "figures.imported", "movements.received", "movements.taken",
        ]
        let earlier = try await store.read {
            try $0.rows("SELECT * FROM file_erasure WHERE trail_entries IS NULL").map(ErasureMinutes.init)
        }
        for minutes in earlier {
            try await store.write { connection in
                let subjects = [Subject(.file, minutes.file), minutes.holder, Subject(.file, minutes.holder)]
                let hidden = try AuditTrail.maskAll(
                    ofActions: telling, in: subjects, as: Self.hidden(minutes.number, minutes.year), on: connection)
                try connection.execute(
                    "UPDATE file_erasure SET trail_entries = ? WHERE id = ?", hidden, minutes.id)
            }
        }
    }

    /// What is read in the trail in the place of a name.
    static func hidden(_ number: Int, _ year: Int) -> String { "[tên tệp đã huỷ, biên bản \(number)/\(year)]" }

    /// Lets the database leave nothing of what was erased in its files, and notes that it has.
    public func scrub() async throws {
        let now = clock.now
        guard try await store.scrub() else { return }
        _ = try await store.write {
            try $0.execute("UPDATE file_erasure SET scrubbed_at = ? WHERE scrubbed_at IS NULL", now)
        }
    }
}

extension StoredFiles {
    /// Removes a file's content and name; hash, size and time stay, for the minutes. Part of the caller's transaction.
    static func eraseContent(of file: StoredFile, at now: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM stored_file_part WHERE file = ?", file.id)
        try connection.execute(
            "UPDATE stored_file SET name = ?, erased_at = ? WHERE id = ?", StoredFile.erasedName, now, file.id)
    }
}

extension StoredFiles {
    /// The same for a file that was kept for a while only, when that is over: nobody's record, so there are no minutes.
    public static func forgetContent(
        of file: RecordID, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        guard let found = try find(file, on: connection), !found.isErased else { return }
        try eraseContent(of: found, at: now, on: connection)
    }
}

extension StoredFile {
    /// A file's name may be a person's.
    static let erasedName = "tệp đã huỷ"
}

extension RightArea {
    /// Files, whatever names them.
    public static let files = RightArea("Tệp đã tải lên", [.confirmErasure, .readErasures])
}
