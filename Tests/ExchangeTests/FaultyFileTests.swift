import Access
import Exchange
import Files
import Jobs
import Kernel
import TestSupport
import Testing

/// Files as they come, through the door: read, or the row or the file named; never a row lost, never a value in another place.
@Suite
struct FaultyFileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        var accepted = 2
        var returned: [String: Int] = [:]
        var isRefused = false

        var testDescription: String { name }
    }

    private static let heading = "Họ và tên,Số CCCD,Mã số BHXH,Điện thoại,Xã"
    private static let rows = ["Nguyễn Thị Hoa,031185001234,3118500123,,11311", "Trần Văn Bình,031090005678,,,11311"]

    private static func lines(_ end: String, _ heading: String = heading, _ rows: [String] = rows) -> String {
        ([heading] + rows).map { $0 + end }.joined()
    }

    static let cases: [Case] = [
        Case(name: "line ends of CR alone", text: lines("\r")),
        Case(name: "line ends of CR and LF", text: lines("\r\n")),
        Case(name: "mixed line ends", text: "\(heading)\r\n\(rows[0])\r\(rows[1])\n"),
        Case(
            name: "a line end inside a quoted heading",
            text: lines("\n", "Họ và tên,Số CCCD,\"Mã số\nBHXH\",Điện thoại,Xã")),
        Case(name: "no line end behind the last row", text: heading + "\n" + rows.joined(separator: "\n")),
        Case(name: "a sign of the byte order and a line of the separator", text: "\u{FEFF}sep=,\n" + lines("\n")),
        Case(
            name: "title rows and a blank one", text: "BHXH THÀNH PHỐ,,,,\nDanh sách tháng 9,,,,\n,,,,\n" + lines("\n")),
        Case(
            name: "columns in another order, one that is not known",
            text:
                "Xã,Số sổ,Số CCCD,Họ và tên\n11311,1,031185001234,Nguyễn Thị Hoa\n11311,2,031090005678,Trần Văn Bình\n"),
        Case(
            name: "a row with more cells than the heading",
            text: lines("\n", heading, rows + ["Lê Văn Dũng,031077009999,,,11,311"]), returned: ["shifted": 1]),
        Case(
            name: "two columns that could be meant",
            text: "Họ và tên,Số CCCD,Số CCCD,Xã\nNguyễn Thị Hoa,031185001234,031185001235,11311\n", accepted: 0,
            isRefused: true),
        Case(
            name: "marks that take no room, look-alikes of Đ, letters in two parts",
            text: lines(
                "\n", "Ho\u{323} và tên,Số CCCD,Mã số BHXH,Điện thoại,Xã",
                [
                    "\u{D0}ỗ Thị\u{AD} Hoa,031185001234,,,11311",
                    "Tra\u{302}\u{300}n Va\u{306}n Bình,031\u{FEFF}090005678,,,11311",
                ])),
        Case(name: "no row below the heading", text: heading + "\n", accepted: 0, isRefused: true),
        Case(
            name: "a quotation mark that nobody closes",
            text: lines("\n", heading, rows + ["\"Lê Văn Dũng,031077009999,,,11311"]),
            accepted: 0, isRefused: true),
    ]

    @Test(arguments: cases)
    func `a file of this kind is read, or what is wrong is named`(one: Case) async throws {
        try await ExchangeWorld.with(.sqlite) { world in
            let service = world.service()
            let file = IncomingFile(name: "ds.csv", mediaType: "text/csv", bytes: Array(one.text.utf8))
            _ = try await service.arrive(file, try ExchangeWorld.draft(), by: .commandLine)
            let jobs = world.jobs(service)
            _ = try await jobs.runDue(as: "test")
            let delivery = try await service.delivery("1")
            let problem = try await jobs.job(try #require(delivery.job)).problem ?? ""
            #expect(delivery.state == (one.isRefused ? .refused : .inForce), "\(problem)")
            #expect(delivery.counts.accepted == one.accepted)
            #expect(delivery.counts.quarantined == one.returned)
            #expect(delivery.counts.rows == one.accepted + delivery.counts.returned)
            #expect(problem.isEmpty != one.isRefused)
            #expect(try await world.records().count == 1 + one.accepted)
        }
    }

    /// Values stand in their own columns, whatever the file looked like.
    @Test(arguments: cases.filter { $0.accepted == 2 })
    func `the same people come out of each of them`(one: Case) async throws {
        try await ExchangeWorld.with(.sqlite) { world in
            try await world.receive(Self.rows, period: "2026-08")
            let service = world.service()
            let file = IncomingFile(name: "ds.csv", mediaType: "text/csv", bytes: Array(one.text.utf8))
            _ = try await service.arrive(file, try ExchangeWorld.draft(), by: .commandLine)
            _ = try await world.jobs(service).runDue(as: "test")
            let delivery = try await service.delivery("2")
            #expect(delivery.counts.matched >= 1 && delivery.counts.merged == 0, "\(delivery.counts)")
        }
    }
}
