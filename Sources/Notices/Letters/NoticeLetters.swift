public import Access
public import Database
public import Kernel

extension NoticeService {
    /// The most notices a letter lists; it counts the others.
    static let mostLines = 20

    /// What a person's next letter says of notices: what is unread, was in no letter yet and is of a kind the person wants
    /// letters of. Notes that it was told; part of the caller's transaction.
    /// - Parameter urgentOnly: whether there is a letter only where something presses; it then tells the rest too.
    public func letterParts(
        for viewer: Viewer, urgentOnly: Bool, at now: Timestamp, on connection: any SQLConnection
    ) throws -> [LetterPart] {
        let unwanted = try Self.unmailed(by: viewer.account, on: connection)
        let due = try Self.untold(for: viewer, today: now.day, on: connection).filter { notice in
            // What may still be taken back goes by the next letter.
            notice.at.adding(seconds: kinds[notice.kind]?.lettersAfter ?? 0) <= now
        }.filter { notice in
            switch kinds[notice.kind]?.mail ?? .never {
            case .never: false
            case .optional: !unwanted.contains(notice.kind)
            case .always: true
            }
        }
        guard urgentOnly ? due.contains(where: { $0.weight == .urgent }) : !due.isEmpty else { return [] }
        try Self.noteTold(due.map(\.id), to: viewer.account, at: now, on: connection)
        let (own, shared) = (due.filter(\.isOwn), due.filter { !$0.isOwn })
        return [
            Self.part(shared, title: "thông báo mới", own: false), Self.part(own, title: "thông báo riêng", own: true),
        ]
        .compactMap(\.self)
    }

    static func noteTold(
        _ notices: [RecordID], to account: RecordID, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        for notice in notices {
            try connection.execute(
                """
                INSERT INTO notice_reader (account, notice, told_at) VALUES (?, ?, ?)
                ON CONFLICT (account, notice) DO UPDATE SET told_at = excluded.told_at
                """, account, notice, now)
        }
    }

    private static func part(_ notices: [ReceivedNotice], title: String, own: Bool) -> LetterPart? {
        guard !notices.isEmpty else { return nil }
        let count = "\(notices.count) \(title)"
        var lines = ["\(title.prefix(1).uppercased())\(title.dropFirst()):"]
        lines += notices.prefix(mostLines).map { "- \($0.sentence)" }
        if notices.count > mostLines {
            lines.append("và \(notices.count - mostLines) thông báo khác, xem mục “Thông báo”.")
        }
        return LetterPart(counts: [count], lines: lines, isOwn: own)
    }

    // MARK: Kinds that a person wants no letters of

    /// Of which kinds a person may choose whether letters tell of them, and which are chosen.
    public func letterChoices(of viewer: Viewer) async throws -> [(kind: NoticeKind, wanted: Bool)] {
        let unwanted = try await store.read { try Self.unmailed(by: viewer.account, on: $0) }
        return areas.flatMap(\.kinds).filter { $0.mail == .optional }.map { ($0, !unwanted.contains($0.name)) }
    }

    /// Keeps the person's choice.
    /// - Parameter wanted: by name; whatever is not named is switched off.
    public func chooseLetters(_ wanted: Set<String>, by viewer: Viewer) async throws {
        let unwanted = areas.flatMap(\.kinds).filter { $0.mail == .optional && !wanted.contains($0.name) }
        try await store.write { connection in
            try connection.execute("DELETE FROM notice_unmailed WHERE account = ?", viewer.account)
            for kind in unwanted {
                try connection.execute(
                    "INSERT INTO notice_unmailed (account, kind) VALUES (?, ?)", viewer.account, kind.name)
            }
        }
    }

    private static func unmailed(by account: RecordID, on connection: any SQLConnection) throws -> Set<String> {
        Set(
            try connection.rows("SELECT kind FROM notice_unmailed WHERE account = ?", account)
                .map { try $0.text("kind") })
    }
}

extension ReceivedNotice {
    /// In one line, as letters and texts for Zalo have it.
    public var sentence: String {
        [title + ".", detail, until.map { "(Đến ngày \($0.vietnamese).)" } ?? ""].filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}
