import Province
import Access
import Database
import Documents
import Foundation
public import Jobs
public import Kernel
public import Notices
import PlanText

extension NoticeKind {
    static let replyAsked = NoticeKind("papers.reply-asked", "Văn bản đề nghị đơn vị trả lời", weight: .urgent)
    static let replyDue = NoticeKind(
        "papers.reply-due", "Trả lời văn bản sắp đến hạn hoặc quá hạn", weight: .urgent)
}

extension NoticeArea {
    /// Papers that ask for answers.
    public static let papers = NoticeArea("Văn bản", [.replyAsked, .replyDue])
}

extension JobName where Parameters == NoParameters {
    /// Tells which answers to papers are due or late.
    public static let tellingReplies = JobName("papers.replies-due")
}

/// An issued paper that asks for answers and still holds, with what came.
struct AskingPaper {
    let id: RecordID
    let unit: UnitCode
    let title: String
    /// Who made it; nil for whom no account is known.
    let author: RecordID?
    /// `số 12/SXD-VP ngày 20/10/2026`
    let citation: String
    let replies: AskedReplies
}

extension DocumentService {
    /// Days before the last one on which those who owe an answer, and those who asked for it, are reminded; ours.
    static let repliesRemindedAhead = 3
    /// Papers older than that remind nobody any more; ours.
    static let repliesRemindedYears = 2

    var replyKind: JobKind {
        .telling(
            .replyDue, as: .tellingReplies, title: "Báo trả lời văn bản đến hạn", store: store, clock: clock
        ) { try await dueReplyNotices() }
    }

    /// Answers due soon or late: to each unit that owes one and works here, and to the issuer, its unit and account.
    func dueReplyNotices() async throws -> [Notice] {
        let today = clock.today
        return try await store.read { connection in
            try self.askingPapers(since: today.adding(days: -366 * Self.repliesRemindedYears), on: connection)
                .flatMap { paper -> [Notice] in
                    let due = paper.replies.until
                    let owing = paper.replies.addressees.filter { $0.reply == nil }
                    guard due <= today.adding(days: Self.repliesRemindedAhead), !owing.isEmpty else { return [] }
                    let isLate = due < today
                    let stage = isLate ? "late" : "ahead"
                    let units = self.addressedUnits()
                    let own = owing.compactMap { one in
                        units[VietnameseText.fold(one.name)].map { unit in
                            Notice(
                                .replyDue, key: "\(paper.id)/\(one.position)/\(due)/\(stage)",
                                to: [.officers(of: unit, holding: .draftDocuments)],
                                about: Subject(.document, paper.id),
                                isLate
                                    ? "Đơn vị trả lời trễ văn bản \(paper.citation): hạn \(due.vietnamese)"
                                    : "Cần trả lời văn bản \(paper.citation) trước ngày \(due.vietnamese)",
                                detail: "\(self.ownName(paper.unit)): \(paper.title).", until: isLate ? nil : due)
                        }
                    }
                    let all = paper.replies.addressees.count
                    return own + [
                        Notice(
                            .replyDue, key: "\(paper.id)/all/\(due)/\(stage)",
                            to: [.officers(of: paper.unit, holding: .draftDocuments)]
                                + (paper.author.map { [Addressee.account($0)] } ?? []),
                            about: Subject(.document, paper.id),
                            isLate
                                ? "Trả lời trễ: văn bản \(paper.citation) có hạn \(due.vietnamese)"
                                : "Văn bản \(paper.citation) sắp đến hạn trả lời \(due.vietnamese)",
                            detail:
                                "Đến ngày \(today.vietnamese) còn \(owing.count)/\(all) đơn vị chưa trả lời: \(paper.title).",
                            until: isLate ? nil : due)
                    ]
                }
        }
    }

    /// Tells the units that a paper asks, once it is out.
    func tellAsked(
        by id: RecordID, for viewer: Viewer, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let paper = try find(id, for: viewer, on: connection)
        guard let signing = paper.signing, let asked = try replies(to: paper, on: connection),
            try Self.end(of: id, on: connection) == nil
        else { return }
        let units = addressedUnits()
        // What was told of the number and the day it had before.
        let before = try NoticeBoard.openKeys(of: .replyAsked, on: connection).filter { $0.hasPrefix("\(id)/") }
        let told = asked.addressees.filter { $0.reply == nil }.compactMap { one -> Notice? in
            guard let unit = units[VietnameseText.fold(one.name)], unit != paper.unit else { return nil }
            return Notice(
                .replyAsked, key: "\(id)/\(one.position)/\(signing.citation)",
                to: [.officers(of: unit, holding: .draftDocuments)], about: Subject(.document, id),
                "\(ownName(paper.unit)) đề nghị trả lời trước ngày \(asked.until.vietnamese)",
                detail: "Văn bản số \(signing.citation): \(paper.title)."
                    + (one.matter.isEmpty ? "" : " Yêu cầu riêng: \(one.matter)."),
                until: asked.until, author: viewer.account)
        }
        try NoticeBoard.resolve(
            .replyAsked, keys: before.subtracting(told.map(\.key)), at: now, on: connection)
        try NoticeBoard.post(told, at: now, on: connection)
    }

    /// Whoever has answered owes nothing; the issuer is told no more once all have.
    func endAsked(
        _ position: Int, of id: RecordID, allAnswered: Bool, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let ends = ["\(id)/\(position)/"] + (allAnswered ? ["\(id)/all/"] : [])
        for kind in [NoticeKind.replyAsked, .replyDue] {
            let keys = try NoticeBoard.openKeys(of: kind, on: connection).filter { key in
                ends.contains { key.hasPrefix($0) }
            }
            try NoticeBoard.resolve(kind, keys: keys, at: now, on: connection)
        }
    }

    /// A paper that no longer holds asks nobody.
    func endAsked(by id: RecordID, at now: Timestamp, on connection: any SQLConnection) throws {
        try NoticeBoard.resolve(
            [.replyAsked, .replyDue], about: [Subject(.document, id)], at: now, on: connection)
    }

    /// How many of those whom each of some papers asks are late; papers with none are left out.
    public func lateReplies(among heads: [DocumentHead]) async throws -> [RecordID: Int] {
        let today = clock.today
        let asking = heads.filter { $0.signing != nil && Self.askingKinds.contains($0.templateID) }.map(\.id)
        guard !asking.isEmpty else { return [:] }
        let marks = asking.map { _ in "?" }.joined(separator: ", ")
        return try await store.read { connection in
            var late: [RecordID: Int] = [:]
            for row in try connection.rows(
                "SELECT id, data FROM official_document WHERE id IN (\(marks))", asking.map(\.sqlValue))
            {
                let id = try row.recordID("id")
                let data = try JSONDecoder().decode(DocumentData.self, from: Data(row.text("data").utf8))
                // The day first: most papers are answered or not due yet.
                guard let asked = AskedReplies(data, replies: [:]), asked.late(on: today) > 0 else { continue }
                let count = AskedReplies(data, replies: try self.latestReplies(to: id, on: connection))?.late(on: today)
                if let count, count > 0 { late[id] = count }
            }
            return late
        }
    }

    // MARK: Who is asked

    /// The kinds of paper that ask for answers.
    static let askingKinds = [PaperKind.directive.id, PaperKind.reportRequest.id, PaperKind.recommendation.id]
    static let askingMarks = askingKinds.map { _ in "?" }.joined(separator: ", ")

    /// The units that work in this system, by the names that papers address them by.
    func addressedUnits() -> [String: UnitCode] {
        var units: [String: UnitCode] = [:]
        for unit in definition.bodies + definition.communes.codes.map({ UnitCode.commune($0) }) {
            for name in [ownName(unit), definition.name(of: unit)] { units[VietnameseText.fold(name)] = unit }
        }
        return units
    }

    /// Whether an issued paper asks one of the viewer's units for an answer, which therefore may read it.
    func asks(_ document: StoredDocument, _ viewer: Viewer) -> Bool {
        guard document.signing != nil, viewer.may(.draftDocuments), !viewer.ownUnits.isEmpty,
            let asked = AskedReplies(document.data, replies: [:])
        else { return false }
        let own = ownNames(of: viewer)
        return asked.addressees.contains { own.contains(VietnameseText.fold($0.name)) }
    }

    /// By which papers address a viewer's units.
    func ownNames(of viewer: Viewer) -> Set<String> {
        Set(viewer.ownUnits.flatMap { [ownName($0), definition.name(of: $0)] }.map { VietnameseText.fold($0) })
    }

    private func askingPapers(since first: Day, on connection: any SQLConnection) throws -> [AskingPaper] {
        try connection.rows(
            """
            SELECT * FROM official_document WHERE template IN (\(Self.askingMarks)) AND signed_on >= ?
                AND NOT EXISTS (SELECT 1 FROM paper_end e WHERE e.document = official_document.id)
            ORDER BY signed_on, id
            """, Self.askingKinds.map(\.sqlValue) + [first.sqlValue]
        ).compactMap { row in
            let id = try row.recordID("id")
            let data = try JSONDecoder().decode(DocumentData.self, from: Data(row.text("data").utf8))
            guard let unit = UnitCode(try row.text("unit")), let signing = try row.optionalSigning(),
                let replies = AskedReplies(data, replies: try self.latestReplies(to: id, on: connection))
            else { return nil }
            return AskingPaper(
                id: id, unit: unit, title: try row.text("title"), author: try row.optionalRecordID("made_by"),
                citation: "số \(signing.citation)", replies: replies)
        }
    }
}
