import Access
import Database
import Exchange
import Files
import Formats
import Jobs
import Kernel
import Tabular
import TestSupport
import Testing

/// Rows that were returned: who sees what of them, and how they end.
@Suite
struct QuarantineTests {
    private static let rows = [
        "Nguyễn Thị Hoa,031185001234,,,11311", ",031090005678,,,11311", "Trần Văn Bình,abc,,,11311",
        ",031190005679,,,11311", "Lê Thị Mai,031190005680,,,11311",
    ]

    private static func viewer(_ agency: String, _ rights: Set<Right>) throws -> Viewer {
        Viewer(
            account: RecordID(at: Timestamp(day: try #require(Day("2026-10-05")), hour: 8)), login: agency,
            name: "Người \(agency)", role: .agencyOfficer, rights: rights, agency: try #require(AgencyCode(agency)))
    }

    private static func own(_ rights: Right...) throws -> Viewer {
        try viewer("bhxh-thanh-pho", Set(rights).union([.readDeliveries]))
    }

    @Test(arguments: TestEngine.allCases)
    func `a sender sees where its rows stand, another agency none, and nobody what they say`(engine: TestEngine)
        async throws
    {
        try await ExchangeWorld.with(engine) { world in
            let delivery = try await world.receive(Self.rows).delivery
            #expect(delivery.counts.returned > 1)
            let service = world.service()
            var selection = ReturnedSelection()
            let all = try await service.returned(selection, size: 10, for: try Self.own())
            #expect(all.total == delivery.counts.returned && all.rows.count == all.total)
            #expect(all.rows.allSatisfy { $0.state == .open && $0.receipt == delivery.receipt })
            (selection.reason, selection.part, selection.isDescending) = (.missing, .row, true)
            let missing = try await service.returned(selection, size: 1, for: try Self.own())
            #expect(missing.total == 2 && missing.rows.map(\.row) == [5] && missing.all == all.total)
            let second = try await service.returned(selection, from: 1, size: 1, for: try Self.own())
            #expect(second.rows.map(\.row) == [3])
            let other = try Self.viewer("so-khac", [.readDeliveries, .openReturnedRows, .settleReturnedRows])
            #expect(try await service.returned(ReturnedSelection(), size: 10, for: other).total == 0)
            selection.delivery = delivery.number
            let narrowed = selection
            await expectRefusal(.notFound) { try await service.returned(narrowed, size: 1, for: other) }
            await expectRefusal(.notFound) { try await service.delivery(delivery.number, for: other) }
            await expectRefusal(.notFound) { try await service.returnedRow(0, of: delivery.number, for: other) }
            await expectRefusal(.notFound) { try await service.returnedSheets(of: delivery.number, for: other) }
            await expectRefusal(.notFound) {
                try await service.openReturned(0, of: delivery.number, purpose: "Xem", by: Submission(viewer: other))
            }
            await expectRefusal(.notFound) {
                try await service.setAside(
                    .all(nil), of: delivery.number, reason: "Thử", by: Submission(viewer: other))
            }
            #expect(try await service.deliveries(year: 2026, for: other).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `contents open to the right alone, for a purpose that the trail keeps`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let number = try await world.receive(Self.rows).delivery.number
            let service = world.service()
            let sender = Submission(viewer: try Self.own(.deliverLists))
            await expectRefusal(.forbidden) {
                try await service.openReturned(0, of: number, purpose: "Xem", by: sender)
            }
            await expectRefusal(.forbidden) { try await service.returnedSheets(of: number, for: sender.viewer) }
            let insurer = Submission(viewer: try Self.own(.openReturnedRows))
            await expectRefusal(.invalid) { try await service.openReturned(0, of: number, purpose: " ", by: insurer) }
            let row = try await service.openReturned(0, of: number, purpose: "Gọi bên giao", by: insurer)
            #expect(row.row.cells.contains("031090005678"))
            let entry = try await world.store.read { try AuditTrail.entries(before: nil, limit: 1, on: $0) }.first
            #expect(entry?.action == "delivery.returned-opened" && entry?.detail.contains("Gọi bên giao") == true)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `rows are set aside singly, by reason, or all, once and with a reason`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let delivery = try await world.receive(Self.rows).delivery
            let (service, number) = (world.service(), delivery.number)
            let insurer = Submission(viewer: try Self.own(.settleReturnedRows))
            await expectRefusal(.invalid) { try await service.setAside(.one(0), of: number, reason: "", by: insurer) }
            #expect(try await service.setAside(.one(0), of: number, reason: "Đã mất", by: insurer) == 1)
            await expectRefusal(.stale) {
                try await service.setAside(.one(0), of: number, reason: "Đã mất", by: insurer)
            }
            let (place, events) = try await service.returnedRow(0, of: number, for: insurer.viewer)
            #expect(place.state == .setAside && events.map(\.words) == ["Đã mất"])
            #expect(try await service.setAside(.all(.missing), of: number, reason: "Trùng", by: insurer) == 1)
            let left = delivery.counts.returned - 2
            #expect(try await service.setAside(.all(nil), of: number, reason: "Hết", by: insurer) == left)
            #expect(try await service.setAside(.all(nil), of: number, reason: "Hết", by: insurer) == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the workbook has the sender's layout: mended and sent again its rows are taken, and the old ones end`(
        engine: TestEngine
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            let first = try await world.receive(Self.rows).delivery
            let service = world.service()
            let insurer = try Self.own(.openReturnedRows)
            let (sheets, more) = try await service.returnedSheets(of: first.number, for: insurer)
            var sheet = try #require(sheets.first)
            #expect(sheets.count == 1 && more == 0 && sheet.rows.count == first.counts.returned + 1)
            #expect(sheet.rows[0].first?.content == .text("Họ và tên"))
            for row in sheet.rows.indices.dropFirst() {
                sheet.rows[row][0] = .text("Người Sửa \(row)")
                if case .text("abc") = sheet.rows[row][1].content { sheet.rows[row][1] = .text("031090005681") }
            }
            let bytes = try XLSXWriter.bytes(of: [sheet])
            let (arrived, _) = try await service.arrive(
                IncomingFile(name: "sua.xlsx", mediaType: "application/octet-stream", bytes: bytes),
                DeliveryDraft(
                    format: "people", sender: try ExchangeWorld.bhxh, period: first.period, mends: first.number),
                by: .commandLine)
            _ = try await world.jobs(service).runDue(as: "test")
            let second = try await service.delivery("\(arrived.number)")
            #expect(second.state == .inForce && second.counts.accepted == first.counts.returned)
            #expect(second.counts.returned == 0)
            #expect(try await service.delivery("\(first.number)").state == .inForce)
            let ended = try await service.returnedRows(of: "\(first.number)", onlyOpen: false, within: .ofSystem)
            #expect(!ended.isEmpty && ended.allSatisfy { $0.state == .resent })
            await expectRefusal(.notFound) { try await service.returnedSheets(of: 9, for: insurer) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a delivery is read by what somebody said of its columns`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let service = world.service()
            let text = "Người lao động,Giấy tờ\nNguyễn Thị Hoa,031185001234\nTrần Văn Bình,031090005678\n"
            let mapping = ColumnMapping([
                .init(path: ["nguoi lao dong"], title: "Người lao động", field: .name),
                .init(path: ["giay to"], title: "Giấy tờ", field: .personalID),
            ])
            let (arrived, _) = try await service.arrive(
                IncomingFile(name: "a.csv", mediaType: "text/csv", bytes: Array(text.utf8)),
                DeliveryDraft(
                    format: "people", sender: try ExchangeWorld.bhxh, period: try #require(Month("2026-09")),
                    mapping: mapping), by: .commandLine)
            _ = try await world.jobs(service).runDue(as: "test")
            let delivery = try await service.delivery("\(arrived.number)")
            #expect(delivery.state == .inForce && delivery.counts.accepted == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the calendar marks what came, and months that are over and lack what came before`(engine: TestEngine)
        async throws
    {
        try await ExchangeWorld.with(engine) { world in
            // Twice running: a list that is handed over month by month.
            try await world.receive([Self.rows[0]], period: "2026-05")
            try await world.receive([Self.rows[0]], period: "2026-06")
            try await world.receive([Self.rows[4]], period: "2026-06")
            let gone = try await world.receive([Self.rows[0]], period: "2026-08").delivery
            _ = try await world.withdraw(gone)
            try await world.receive([Self.rows[0]], period: "2026-09")
            let service = world.service()
            let calendar = try await service.calendar(year: 2026, for: try Self.own())
            let line = try #require(calendar.lines.first)
            #expect(calendar.lines.count == 1 && line.missing == 2)
            #expect(
                line.months[4...] == [
                    .delivered(1), .delivered(2), .missing, .missing, .delivered(1), .none, .none, .none,
                ])
            let follower = try Self.viewer("so-khac", [.readDeliveryCalendar])
            #expect(try await service.calendar(year: 2026, for: follower) == calendar)
            await expectRefusal(.forbidden) { try await service.deliveries(year: 2026, for: follower) }
            let other = try Self.viewer("so-khac", [.readDeliveries])
            #expect(try await service.calendar(year: 2026, for: other).lines.isEmpty)
            let nobody = try Self.viewer("so-khac", [])
            await expectRefusal(.forbidden) { try await service.calendar(year: 2026, for: nobody) }
        }
    }
}
