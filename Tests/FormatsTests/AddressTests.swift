import Formats
import Kernel
import Province
import Tabular
import Testing

/// Which commune and group an address names.
@Suite
struct AddressTests {
    private static func finder() throws -> CommuneFinder {
        func commune(_ code: String, _ name: String, _ kind: Commune.Kind) throws -> Commune {
            Commune(
                code: try #require(CommuneCode(code)), name: name, kind: kind, formerDistrict: "", area: nil,
                population: nil)
        }
        func old(_ name: String, _ code: String, split: Bool = false) throws -> OldUnit {
            OldUnit(
                code: "", name: name, district: "Thành phố Hải Dương", province: "Tỉnh Hải Dương",
                successor: try #require(CommuneCode(code)), isSplit: split)
        }
        return CommuneFinder(
            CommuneDirectory(
                [
                    try commune("10507", "Thành Đông", .urban), try commune("10532", "Lê Thanh Nghị", .urban),
                    try commune("10537", "Tân Hưng", .urban), try commune("11311", "Gia Viên", .urban),
                ],
                oldUnits: [
                    try old("Phường Cẩm Thượng", "10507"), try old("Phường Trần Phú", "10532", split: true),
                    try old("Phường Trần Phú", "10537", split: true),
                    OldUnit(
                        code: "", name: "Phường Gia Viên", district: "Quận Ngô Quyền", province: "Thành phố Hải Phòng",
                        successor: try #require(CommuneCode("11311")), isSplit: false),
                ]))
    }

    private static func code(_ text: String) throws -> CommuneCode { try #require(CommuneCode(text)) }

    @Test func `addresses of today and of before name the commune and the group`() throws {
        let finder = AddressFinder(try Self.finder())
        let new = finder.find("Số 12, tổ dân phố 5, phường Gia Viên, thành phố Hải Phòng")
        #expect(new == .init(commune: .certain(try Self.code("11311")), group: "tổ dân phố 5"))
        let old = finder.find("Số 7, phường Cẩm Thượng, Thành phố Hải Dương, Tỉnh Hải Dương")
        #expect(old == .init(commune: .former(try Self.code("10507"), oldName: "Phường Cẩm Thượng"), group: ""))
        #expect(finder.find("P. Gia Viên").commune == .certain(try Self.code("11311")))
    }

    @Test func `a unit that was split gives its candidates and is never guessed`() throws {
        let answer = AddressFinder(try Self.finder()).find("Thôn Đông, phường Trần Phú, TP Hải Dương")
        #expect(
            answer.commune == .split(oldName: "Phường Trần Phú", [try Self.code("10532"), try Self.code("10537")]))
        #expect(answer.group == "Thôn Đông")
    }

    @Test(arguments: [
        "Số 5 Lạch Tray", "", "phường Gia Viên, thành phố Nam Định, tỉnh Nam Định", "phường Không Có, TP Hải Phòng",
    ])
    func `what names no commune here names none`(address: String) throws {
        #expect(AddressFinder(try Self.finder()).find(address).commune == nil)
    }

    @Test func `a list without a column of communes gets them from its addresses`() throws {
        let format = try TestFormats.format("d09-ts")
        let text = """
            STT;Họ và tên;Mã số BHXH;Ngày tháng năm sinh;Địa chỉ
            1;Nguyễn Thị Hoa;3118500123;02/03/1985;Thôn Đông, phường Cẩm Thượng, thành phố Hải Dương
            2;Trần Văn Bình;3118500124;02/03/1985;phường Trần Phú, thành phố Hải Dương
            3;Lê Văn Dũng;3118500125;02/03/1985;Số 5 Lạch Tray
            """
        let reader = try FormatReader(
            RowSource([UInt8](text.utf8)), format: format,
            context: ReadingContext(today: TestFormats.today, communes: try Self.finder()))
        var rows: [DeliveredRow] = []
        while let outcome = try reader.next() {
            if case .taken(let row) = outcome { rows.append(row) }
        }
        #expect(rows.map { $0.values.text(.commune) } == ["10507", nil, nil])
        #expect(rows.map { $0.values.text(.group) } == ["Thôn Đông", nil, nil])
        #expect(rows.map { $0.doubts.map(\.kind) } == [[], [.commune], []])
    }
}
