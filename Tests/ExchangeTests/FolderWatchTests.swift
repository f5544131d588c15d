import Access
import Database
import Foundation
import Jobs
import Kernel
import TestSupport
import Testing

@testable import Exchange

/// Files that come to rest in folders: each received once, moved aside, with one receipt.
@Suite
struct FolderWatchTests {
    /// A folder that is gone behind the test, and who watches it.
    private struct Drop {
        let path: String
        let folder: WatchedFolder
        let world: ExchangeWorld
        let watch: WatchService

        init(_ world: ExchangeWorld, format: String = "people", settled: Int = 0) throws {
            path = FileManager.default.temporaryDirectory.path + "/baophu-drop-\(UInt64.random(in: .min ... .max))"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            folder = WatchedFolder(path: path, sender: try ExchangeWorld.bhxh, format: format)
            self.world = world
            watch = WatchService(
                exchange: world.exchange(), folders: [folder], rules: WatchRules(settledSeconds: settled))
        }

        func put(_ name: String, _ rows: [String]) throws {
            let text = (["Họ và tên,Số CCCD,Mã số BHXH,Điện thoại,Xã"] + rows).joined(separator: "\n") + "\n"
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        }

        func names(_ part: String = "") throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(part)").sorted()
        }

        func text(_ name: String) throws -> String {
            try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
        }

        /// Looks, and does what follows.
        @discardableResult
        func look() async throws -> WatchReport {
            let report = try await watch.look()
            while try await world.jobs(world.service()).runDue(as: "test") > 0 {}
            return report
        }
    }

    private static let rows = ["Nguyễn Thị Hoa,031185001234,,,11311", "Trần Văn Bình,031090005678,,,11311"]

    private static func with(
        _ engine: TestEngine, settled: Int = 0, _ body: (Drop) async throws -> Void
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            // The machine's own clock dates files.
            let ahead: Int64 = settled == 0 ? 3_600 : 1
            world.clock.set(Timestamp(secondsSinceEpoch: Int64(Date().timeIntervalSince1970) + ahead))
            let drop = try Drop(world, settled: settled)
            defer { try? FileManager.default.removeItem(atPath: drop.path) }
            try await body(drop)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a complete file becomes one delivery and lies aside with its receipt; unfinished ones wait`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { drop in
            try drop.put("people-2026-09.csv", Self.rows)
            try drop.put("people-2026-08.csv.part", Self.rows)
            try drop.put(".people-2026-07.csv", Self.rows)
            try FileManager.default.createSymbolicLink(
                atPath: drop.path + "/people-2026-06.csv", withDestinationPath: "/etc/passwd")
            let first = try await drop.look()
            #expect(first.taken.map(\.file) == ["people-2026-09.csv"] && first.refused.isEmpty)
            #expect(try drop.names("dang-nhan") == ["1-people-2026-09.csv"])
            let second = try await drop.look()
            #expect(second.settled.map(\.receipt) == first.taken.map(\.receipt))
            #expect(try drop.names("da-nhan") == ["1-people-2026-09.csv", "1-people-2026-09.csv.bien-nhan.txt"])
            let delivery = try await drop.world.service().delivery("1")
            #expect(delivery.state == .inForce && delivery.counts.accepted == 2)
            #expect(delivery.receivedBy == "Thư mục nhận tệp" && delivery.period == Month("2026-09"))
            let receipt = try drop.text("da-nhan/1-people-2026-09.csv.bien-nhan.txt")
            for part in [delivery.sha256, "2 dòng, nhận 2, trả lại 0", "kỳ 09/2026", "Chữ ký (Ed25519"] {
                #expect(receipt.contains(part), "\(part)")
            }
            #expect(
                try drop.names() == [
                    ".people-2026-07.csv", "da-nhan", "dang-nhan", "people-2026-06.csv", "people-2026-08.csv.part",
                    "tra-lai",
                ])
            #expect(try await drop.look().isEmpty)
            #expect(try await drop.watch.begin() == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is still written waits until nothing changed for the stated time`(engine: TestEngine) async throws {
        try await Self.with(engine, settled: 3_600) { drop in
            try drop.put("people-2026-09.csv", Self.rows)
            #expect(try await drop.watch.begin() == nil)
            #expect(try await drop.look() == WatchReport(waiting: 1))
            drop.world.clock.advance(seconds: 7_200)
            #expect(try await drop.watch.begin() != nil)
            #expect(try await drop.watch.begin() == nil, "one look at a time")
            #expect(try await drop.look().taken.count == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `names without a month, lists of another kind and the same file again are told of`(engine: TestEngine)
        async throws
    {
        try await Self.with(engine) { drop in
            try drop.put("people.csv", Self.rows)
            try Data("không phải danh sách".utf8).write(to: URL(fileURLWithPath: drop.path + "/x-2026-09.csv"))
            try drop.put("ds 08.2026.csv", Self.rows)
            let first = try await drop.look()
            #expect(first.refused.map(\.file) == ["people.csv"] && first.taken.count == 2)
            let second = try await drop.look()
            #expect(second.settled.count == 1 && second.refused.count == 1)
            let returned = try drop.names("tra-lai")
            #expect(returned.count == 4 && returned.filter { $0.hasSuffix(".bien-nhan.txt") }.count == 2)
            let told = try returned.filter { $0.hasSuffix(".bien-nhan.txt") }.map { try drop.text("tra-lai/\($0)") }
            #expect(told.contains { $0.contains("Hãy đặt lại tên có năm và tháng") })
            #expect(told.contains { $0.contains("Không nhận được: ") })
            try drop.put("lai-2026-08.csv", Self.rows)
            let again = try await drop.look()
            #expect(again.taken.first?.words.contains("không có gì thay đổi") == true)
            try await drop.look()
            #expect(try await drop.world.store.read { try $0.integer("SELECT COUNT(*) FROM delivery") } == 2)
            try drop.put("dinh-chinh 2026-08.csv", Array(Self.rows.prefix(1)))
            try await drop.look()
            #expect(try await drop.world.service().delivery("3").replacesPeriod)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `after a crash at any write nothing is received twice and nothing is lost`(engine: TestEngine) async throws {
        for writes in 0... {
            var isOver = false
            try await Self.with(engine) { drop in
                try drop.put("people-2026-09.csv", Self.rows)
                let breaking = BreakingStore(drop.world.store, after: writes)
                let crashing = WatchService(
                    exchange: ExchangeService(deliveries: drop.world.service(on: breaking)) { $0.text },
                    folders: [drop.folder], rules: WatchRules(settledSeconds: 0))
                _ = try? await crashing.look()
                isOver = !breaking.hasBroken
                for _ in 0..<4 { try await drop.look() }
                #expect(
                    try drop.names("da-nhan") == ["1-people-2026-09.csv", "1-people-2026-09.csv.bien-nhan.txt"],
                    "crash at write \(writes)")
                #expect(try drop.names("dang-nhan").isEmpty && drop.names("tra-lai").isEmpty)
                let counted = try await drop.world.store.read { try $0.integer("SELECT COUNT(*) FROM delivery") }
                #expect(counted == 1, "crash at write \(writes)")
                #expect(try await drop.world.records().count == 1 + 2, "crash at write \(writes)")
            }
            if isOver { return }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file that was taken in before a crash and refused meanwhile is not delivered again`(engine: TestEngine)
        async throws
    {
        try await Self.with(engine) { drop in
            try drop.put("people-2026-09.csv", [",,,,"])
            try await drop.look()
            // As if the server had died before it moved the file.
            try FileManager.default.moveItem(
                atPath: drop.path + "/dang-nhan/1-people-2026-09.csv", toPath: drop.path + "/people-2026-09.csv")
            try await drop.look()
            try await drop.look()
            #expect(try await drop.world.store.read { try $0.integer("SELECT COUNT(*) FROM delivery") } == 1)
            #expect(try drop.names("tra-lai").count == 2 && drop.names("da-nhan").isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `files go when they were kept long enough, receipts stay; a folder that cannot be used is told of`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { drop in
            try drop.put("people-2026-09.csv", Self.rows)
            try await drop.look()
            try await drop.look()
            drop.world.clock.advance(seconds: 13 * 86_400)
            try await drop.look()
            #expect(try drop.names("da-nhan").count == 2)
            drop.world.clock.advance(seconds: 2 * 86_400)
            #expect(try await drop.watch.begin() != nil)
            try await drop.look()
            #expect(try drop.names("da-nhan") == ["1-people-2026-09.csv.bien-nhan.txt"])
            let others = WatchService(
                exchange: drop.world.exchange(),
                folders: [
                    .init(path: drop.path + "/nowhere", sender: drop.folder.sender, format: "people"),
                    .init(path: drop.path, sender: drop.folder.sender, format: "other"),
                ])
            #expect(others.problems.count == 2 && others.problems[0].contains("không có thư mục này"))
            #expect(try await others.look().problems == others.problems)
            // A link in the place of a folder leads nowhere.
            try FileManager.default.removeItem(atPath: drop.path + "/da-nhan")
            try FileManager.default.createSymbolicLink(
                atPath: drop.path + "/da-nhan", withDestinationPath: NSTemporaryDirectory())
            #expect(try await drop.look().problems.first?.contains("thư mục thật") == true)
        }
    }

    @Test(
        arguments: [
            ("people-2026-09.csv", "2026-09"), ("05-1-bk-2025-12.xlsx", "2025-12"), ("ds_202609.xlsx", "2026-09"),
            ("ds 9.2026.xlsx", "2026-09"), ("Tháng 09-2026, lần 2.csv", "2026-09"), ("05-1-bk-2025.xlsx", nil),
            ("ds.csv", nil), ("2026-08 và 2026-09.csv", nil), ("2026-13.csv", nil), ("ds-20260930.csv", nil),
        ] as [(String, String?)])
    func `a name tells its month where it holds one, and only one`(name: String, month: String?) {
        #expect(DropName.month(name) == month.flatMap { Month($0) }, "\(name)")
    }

    @Test
    func `a folder is written sender, format, path`() {
        let folder = WatchedFolder("thue-thanh-pho:05-1-bk:/srv/sftp/thue:a")
        #expect(folder?.path == "/srv/sftp/thue:a" && folder?.format == "05-1-bk")
        for text in ["", "thue-thanh-pho:05-1-bk", "thue-thanh-pho::/srv", "thue-thanh-pho:05-1-bk:relative"] {
            #expect(WatchedFolder(text) == nil, "\(text)")
        }
    }
}
