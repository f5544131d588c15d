import Foundation
import Kernel
import Synchronization

/// Officers who fill in and hand in, reviewers who decide, people of the insurance who send figures: all at once, until no
/// answer comes any more.
final class CrashCrowd: Sendable {
    /// Somebody's work, with the session of who does it.
    struct Work: Sendable {
        let path: String
        let token: String
    }

    private let ledger: CrashLedger
    private let cookie: String
    private let reviewer: String
    private let insurance: String
    private let communes: [String]
    /// Not yet accepted; the first few are worked at.
    private let open: Mutex<[Work]>

    init(
        ledger: CrashLedger, cookie: String, works: [Work], reviewer: String, insurance: String, communes: [String]
    ) {
        self.ledger = ledger
        self.cookie = cookie
        self.reviewer = reviewer
        self.insurance = insurance
        self.communes = communes
        open = Mutex(works)
    }

    private static let workedAt = 8

    private func work() -> Work? { open.withLock { $0.prefix(Self.workedAt).randomElement() } }

    /// Starts everybody; the group is empty when all have met the end.
    func begin(on port: Int) -> DispatchGroup {
        let group = DispatchGroup()
        typealias Deed = @Sendable (inout PageClient) throws(PageClient.CutOff) -> Void
        func employ(_ token: String?, _ deed: @escaping Deed) {
            group.enter()
            Thread.detachNewThread { [cookie] in
                var client = PageClient(port: port, cookies: token.map { [cookie: $0] } ?? [:])
                while (try? deed(&client)) != nil {}
                group.leave()
            }
        }
        for _ in 0..<6 { employ(nil) { [self] client throws(PageClient.CutOff) in try prepare(&client) } }
        for _ in 0..<3 { employ(reviewer) { [self] client throws(PageClient.CutOff) in try decide(&client) } }
        for _ in 0..<2 { employ(insurance) { [self] client throws(PageClient.CutOff) in try report(&client) } }
        return group
    }

    // MARK: Deeds

    private func prepare(_ client: inout PageClient) throws(PageClient.CutOff) {
        guard let work = work() else { throw PageClient.CutOff() }
        client.cookies[cookie] = work.token
        let page = try client.get(work.path)
        let mark = ledger.mark()
        if let form = page.form("sp-I-5-0"), page.form("nop") == nil || Bool.random() {
            let typed: KeyValuePairs = [
                "number": "\(mark)/BC-UBND", "day": Day(daysSinceEpoch: Self.today).vietnamese, "summary": mark,
            ]
            _ = try ledger.send(
                form.typed(typed).with(file: Self.document(mark), named: "bao-cao.pdf"), .product, mark,
                as: work.token, on: &client)
        } else if let form = page.form("nop") {
            _ = try ledger.send(form.typed(["note": mark]), .handIn, mark, as: work.token, on: &client)
        } else {
            usleep(20_000)
        }
    }

    private func decide(_ client: inout PageClient) throws(PageClient.CutOff) {
        guard let work = work() else { throw PageClient.CutOff() }
        let page = try client.get(work.path)
        let mark = ledger.mark()
        let isLast = open.withLock { $0.count <= Self.workedAt }
        if !isLast, Int.random(in: 0..<12) == 0, let form = page.form("chap-nhan") {
            if try ledger.send(form.typed(["note": mark]), .decision, mark, as: reviewer, on: &client) != nil {
                open.withLock { $0.removeAll { $0.path == work.path } }
            }
        } else if let form = page.form("tra-lai") {
            _ = try ledger.send(form.typed(["note": mark]), .decision, mark, as: reviewer, on: &client)
        } else {
            usleep(20_000)
        }
    }

    private func report(_ client: inout PageClient) throws(PageClient.CutOff) {
        let mark = ledger.mark()
        guard let form = try client.get("/so-lieu").form("nap") else {
            ledger.complain("no form for figures")
            throw PageClient.CutOff()
        }
        let sent = form.typed(["month": "", "source": mark]).with(file: table(mark), named: "so-lieu.csv")
        guard let answer = try ledger.send(sent, .upload, mark, as: insurance, on: &client),
            let taking = try client.get(answer.location).form("nhan")
        else { return }
        _ = try ledger.send(taking, .taking, mark, as: insurance, on: &client)
    }

    // MARK: Files

    private static var today: Int {
        Timestamp(secondsSinceEpoch: Int64(Date().timeIntervalSince1970)).day.daysSinceEpoch
    }

    /// A document whose bytes follow from its mark.
    static func document(_ mark: String) -> [UInt8] {
        var generator = Steps(state: UInt64(mark.unicodeScalars.reduce(0) { $0 &* 31 &+ Int($1.value) & 0xFFFF_FFFF }))
        let count = 2_000 + Int(generator.next() % 200_000)
        return Array("%PDF-1.7\n%\(mark)\n".utf8) + (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            + Array("\n%%EOF\n".utf8)
    }

    /// Figures of last month, other ones at each call.
    private func table(_ mark: String) -> [UInt8] {
        let month = Month(of: Day(daysSinceEpoch: Self.today)).adding(months: -1)
        let salt = Int(mark.filter { $0.isNumber }) ?? 0
        return Array(
            ("Kỳ báo cáo: \(month.vietnamese)\nMã;BHXH BB;BHXH TN\n"
                + communes.enumerated().map { "\($1);\(7_000 + ($0 * 31 + salt) % 900);\(700 + ($0 + salt) % 90)\n" }
                .joined()).utf8)
    }

    /// Xorshift: small, and the same everywhere.
    private struct Steps {
        var state: UInt64

        mutating func next() -> UInt64 {
            if state == 0 { state = 1 }
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state >> 11
        }
    }
}
