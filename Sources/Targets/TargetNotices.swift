import Access
import Database
import Kernel
public import Notices

extension NoticeKind {
    static let proposalsCalled = NoticeKind(
        "targets.proposals-called", "Đề nghị đơn vị gửi đề xuất chỉ tiêu", weight: .urgent)
    static let targetsGiven = NoticeKind("targets.given", "Chỉ tiêu giao cho đơn vị")
    static let targetsWithdrawn = NoticeKind("targets.withdrawn", "Quyết định giao chỉ tiêu được thu hồi")
}

extension NoticeArea {
    /// Targets and their allocation.
    public static let targets = NoticeArea("Chỉ tiêu", [.proposalsCalled, .targetsGiven, .targetsWithdrawn])
}

/// A target that a commune was given.
struct GivenTarget {
    let commune: CommuneCode
    let year: Int
    let total: Int
    let voluntary: Int
    let compulsory: CompulsoryBasis
    let document: String
}

enum TargetNotices {
    private static func subject(_ kind: Subject.Kind, _ year: Int, _ commune: CommuneCode) -> Subject {
        Subject(kind, "\(year)/\(commune)")
    }

    /// Asks every commune for a proposal until a day; an earlier call of the year is over.
    static func call(
        _ communes: [CommuneCode], year: Int, until day: Day, by author: RecordID, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try NoticeBoard.resolve(
            [.proposalsCalled], about: communes.map { subject(.proposals, year, $0) }, at: now, on: connection)
        try NoticeBoard.post(
            communes.map { commune in
                Notice(
                    .proposalsCalled, key: "\(year)/\(commune)/\(day)",
                    to: [.officers(of: .commune(commune), holding: .proposeTargets)],
                    about: subject(.proposals, year, commune),
                    "Đề nghị đơn vị đề xuất chỉ tiêu năm \(year) trước hết ngày \(day.vietnamese)", until: day,
                    author: author)
            }, at: now, on: connection)
    }

    /// A commune has proposed.
    static func answered(
        _ commune: CommuneCode, year: Int, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try NoticeBoard.resolve(
            [.proposalsCalled], about: [subject(.proposals, year, commune)], at: now, on: connection)
    }

    /// Tells communes of the targets they were given: one notice a commune, whatever the number of years.
    static func tell(
        _ given: [GivenTarget], by author: RecordID?, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let groups = Dictionary(grouping: given, by: \.commune).sorted { $0.key < $1.key }
        try NoticeBoard.resolve(
            [.targetsGiven, .targetsWithdrawn], about: given.map { subject(.targets, $0.year, $0.commune) }, at: now,
            on: connection)
        try NoticeBoard.post(
            groups.compactMap { commune, targets in
                let targets = targets.sorted { $0.year < $1.year }
                guard let first = targets.first, let last = targets.last else { return nil }
                let years = first.year == last.year ? "năm \(first.year)" : "các năm \(first.year)–\(last.year)"
                let lines = targets.map {
                    "Năm \($0.year): \(VietnameseText.grouped($0.total)) người, trong đó "
                        + ($0.compulsory == .assigned
                            ? "bắt buộc \(VietnameseText.grouped($0.total - $0.voluntary)), " : "")
                        + "tự nguyện \(VietnameseText.grouped($0.voluntary))"
                }
                let documents = Set(targets.map(\.document)).filter { !$0.isEmpty }.sorted()
                return Notice(
                    .targetsGiven, key: "\(commune)/\(first.year)/\(now.secondsSinceEpoch)",
                    to: [.officers(of: .commune(commune), holding: .proposeTargets)],
                    about: subject(.targets, first.year, commune), "Đơn vị được giao chỉ tiêu \(years)",
                    detail: (lines + documents).joined(separator: ". ") + ".", author: author)
            }, at: now, on: connection)
    }

    /// Tells communes that a decision on their targets was taken back, and what holds now.
    static func tellWithdrawn(
        _ ended: [(target: CommuneTarget, now: CommuneTarget?)], _ words: String, by author: RecordID?,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let subjects = ended.map { subject(.targets, $0.target.year, $0.target.commune) }
        try NoticeBoard.resolve([.targetsGiven], about: subjects, at: now, on: connection)
        try NoticeBoard.post(
            zip(ended, subjects).map { pair, subject in
                let (target, holding) = pair
                let rest =
                    holding.map {
                        "Chỉ tiêu theo \($0.document) có hiệu lực lại: \(VietnameseText.grouped($0.total)) người, trong đó tự nguyện \(VietnameseText.grouped($0.voluntary))"
                    } ?? "Đơn vị chưa có chỉ tiêu năm \(target.year)"
                return Notice(
                    .targetsWithdrawn, key: "\(target.commune)/\(target.year)/\(now.secondsSinceEpoch)",
                    to: [.officers(of: .commune(target.commune), holding: .proposeTargets)], about: subject,
                    "Quyết định giao chỉ tiêu năm \(target.year) được thu hồi", detail: "\(words). \(rest).",
                    author: author)
            }, at: now, on: connection)
    }
}
