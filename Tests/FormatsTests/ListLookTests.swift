import Formats
import Kernel
import Tabular
import Testing

/// What is understood of a list's columns before its rows are read.
@Suite
struct ListLookTests {
    private static let context = ReadingContext(today: TestFormats.today)

    private static let format = """
        key: thu
        title: Danh sách thử
        source: Danh sách của bài kiểm tra
        confidence: verified
        senders: [bhxh]
        record: participant
        columns:
          - {name: Họ và tên, field: name, needed: true}
          - {name: Số CCCD, field: personalID, or: [oldPersonalID]}
          - {name: Mã số BHXH, field: siCode}
        """

    private static let foreign = """
        DANH SÁCH LAO ĐỘNG
        Người lao động,Giấy tờ,Mã số BHXH,Ghi thêm
        Nguyễn Thị Hoa,031185001234,3118500123,a
        Trần Văn Bình,031090005678,3118500124,b
        Lê Thị Mai,031190005679,3118500125,c

        """

    private func look(_ text: String, _ format: Format) throws -> ListLook? {
        try ListLook(RowSource([UInt8](text.utf8)), format: format, among: [format], context: Self.context)
    }

    @Test
    func `a list in the format's words is read, each column with its field`() throws {
        let format = try TestFormats.format(text: Self.format)
        let look = try #require(
            try look("Số CCCD,Họ và tên,Ghi chú\n031185001234,Nguyễn Thị Hoa,x\n", format))
        #expect(look.isRead && look.missing.isEmpty && look.headingRow == 1)
        #expect(look.columns.map(\.field) == [.personalID, .name, nil])
        #expect(look.columns.map(\.origin) == [.format, .format, nil])
        #expect(look.columns.map(\.letters) == ["A", "B", "C"])
    }

    @Test
    func `foreign columns are proposed by what stands in them, and what is needed and unclear is named`() throws {
        let format = try TestFormats.format(text: Self.format)
        let look = try #require(try look(Self.foreign, format))
        #expect(!look.isRead && look.headingRow == 2)
        #expect(look.columns.map(\.field) == [.name, .personalID, .siCode, nil])
        #expect(look.missing.isEmpty)
        let bare = try #require(
            try self.look("Đơn vị,Mã số BHXH\nA,3118500123\nB,3118500124\nC,3118500125\n", format))
        #expect(!bare.isRead && bare.missing == ["Họ và tên"])
    }

    @Test
    func `what somebody said of the columns is what is read, and a column said to mean nothing is passed over`() throws
    {
        let format = try TestFormats.format(text: Self.format)
        let look = try #require(try look(Self.foreign, format))
        #expect(throws: FormatReadingError.self) { try TestFormats.read(Self.foreign, by: format) }
        let fields: [RecordField?] = [.name, .personalID, nil, .phone]
        let mapping = ColumnMapping(
            zip(look.columns, fields).map { .init(path: $0.path, title: $0.title, field: $1) })
        let explained = format.explained(by: mapping)
        let read = try TestFormats.read(Self.foreign, by: explained)
        #expect(read.taken.count == 3)
        #expect(read.taken.first?.values.text(.name) == "Nguyễn Thị Hoa")
        #expect(read.taken.first?.values.text(.personalID) == "031185001234")
        // Its name is the format's own: only the word of a person keeps it out.
        #expect(read.taken.allSatisfy { $0.values[.siCode] == nil })
        let again = try #require(try self.look(Self.foreign, explained))
        #expect(again.isRead && again.columns.map(\.origin) == [.explained, .explained, nil, .explained])
    }

    @Test
    func `a layout has one shape, whatever stands below it, and other columns another`() throws {
        let format = try TestFormats.format(text: Self.format)
        func shape(_ text: String) throws -> String? {
            try ListLook.shape(of: RowSource([UInt8](text.utf8)), among: [format])
        }
        let first = try shape(Self.foreign)
        let next = try shape(
            "DANH SÁCH THÁNG 10\n\nNgười lao động,Giấy tờ,Mã số BHXH,Ghi thêm\nPhạm Văn An,031090005680,3118500126,\n")
        #expect(first != nil && first == next)
        #expect(try shape(Self.foreign.replacing("Giấy tờ", with: "Giấy tờ khác")) != first)
    }
}
