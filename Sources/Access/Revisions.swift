public import Database
public import Kernel

/// How often things of each kind were changed, as the audit trail counts it: every change of what is stored writes an entry
/// in its own transaction, whichever program or machine makes it; a change that takes several advances them in each. What was worked out under a revision is right for as long
/// as the revision of the kinds it was worked out from stays the same.
public struct Revisions: Sendable, Equatable {
    private let numbers: [String: Int]

    public static func read(on connection: any SQLConnection) throws -> Revisions {
        var numbers: [String: Int] = [:]
        try connection.forEachRow("SELECT kind, number FROM subject_revision", []) { row in
            numbers[try row.text("kind")] = try row.integer("number")
        }
        return Revisions(numbers: numbers)
    }

    /// Notes a change inside the write that makes it. The audit trail does so for every entry; others only for what no entry
    /// speaks of.
    public static func advance(_ kind: Subject.Kind, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO subject_revision (kind, number) VALUES (?, 1)
            ON CONFLICT (kind) DO UPDATE SET number = subject_revision.number + 1
            """, kind.word)
    }

    /// The revision of several kinds together.
    public func of(_ kinds: [Subject.Kind]) -> [Int] { kinds.map { numbers[$0.word] ?? 0 } }

    /// One number that grows with every change of any of these kinds: the version of what a page shows of them, for things
    /// that keep no version of their own.
    public func version(of kinds: Subject.Kind...) -> Int { of(kinds).reduce(0, +) }

    /// Checks, inside the write that rests on it, that nothing of these kinds changed since a page was made.
    /// - Parameter seen: the version that the page said; nil for whoever looked at none.
    public static func require(_ seen: Int?, of kinds: Subject.Kind..., on connection: any SQLConnection) throws {
        guard let seen, seen != (try read(on: connection)).of(kinds).reduce(0, +) else { return }
        throw Refusal(
            .stale, "Dữ liệu đã thay đổi sau khi bạn mở trang. Hãy tải lại trang, xem lại nội dung mới rồi làm lại.")
    }
}
