import Formats
import Kernel
import Tabular
import Testing

@Suite
struct RecognitionTests {
    private static let context = ReadingContext(today: TestFormats.today)

    private func recognise(_ text: String) throws -> Recognition {
        try Recognition(RowSource([UInt8](text.utf8)), among: TestFormats.folder.all, context: Self.context)
    }

    /// A value that a column may hold.
    private static func sample(_ column: FormatColumn) -> String {
        guard column.words.isEmpty else { return column.words.keys.sorted()[0] }
        return switch column.fields[0].type {
        case .text: "Tổ dân phố 5"
        case .day: "21/01/2020"
        case .partialDay: "21/01/1984"
        case .month: "09/2026"
        case .money: "5.310.000"
        case .count: "12"
        case .share: "20"
        case .flag: "x"
        case .code: "nam"
        case .personalID: "031084000001"
        case .oldPersonalID: "030123456"
        case .siCode: "3123456789"
        case .taxCode: "0100112437"
        case .phone: "0912345678"
        case .commune: "11413"
        }
    }

    @Test(arguments: TestFormats.folder.all.map(\.key))
    func `a list with its own columns is recognised as itself`(key: String) throws {
        let format = try TestFormats.format(key)
        let columns = format.columns.filter { column in
            format.columns.allSatisfy { $0.number == nil } || column.number != nil || column.isNeeded
        }
        let text =
            (format.marks.isEmpty ? "" : "Mẫu \(format.marks[0])\n")
            + columns.map { "\"\($0.name.replacing(">", with: " "))\"" }.joined(separator: ";") + "\n"
            + (0..<5).map { _ in columns.map(Self.sample).joined(separator: ";") + "\n" }.joined()
        let found = try recognise(text)
        #expect(found.candidates.first?.format == key, "\(found.candidates.prefix(3))")
        #expect(found.candidates.first?.reasons.isEmpty == false)
    }

    @Test
    func `contents decide where names leave it open, and what is unsure is not taken`() throws {
        let right = try recognise("Họ và tên;Ngày sinh;Số CCCD\nLê An;1984;031084000001\nLê Ba;1985;031085000001\n")
        let wrong = try recognise("Họ và tên;Ngày sinh;Số CCCD\nLê An;a;b\nLê Ba;c;d\n")
        #expect(right.sure == nil)
        let (best, worst) = (try #require(right.candidates.first), try #require(wrong.candidates.first))
        #expect(best.score > worst.score)
    }

    @Test
    func `what is no list at all is none`() throws {
        #expect(try recognise("a;b\n1;2\n").candidates.isEmpty)
    }

    @Test
    func `a format proposed for a new list is accepted and reads the list`() throws {
        let text = """
            DANH SÁCH HỘI VIÊN;;;;;
            TT;Hội viên;Số giấy tờ;Đi động;Sinh ngày;Ý kiến "khác"
            1;Nguyễn Văn An;31084000001;0912345678;21/01/1984;a
            2;Trần Thị Bình;031190000002;0987654321;1990-05-06;
            3;Lê Văn Chi;031079000003;0356789123;03/04/1979;b
            4;Phạm Dung;031190000004;;07/08/1990;
            """
        let proposal = try FormatSuggestion(
            RowSource([UInt8](text.utf8)), key: "hoi-vien", among: TestFormats.folder.all, context: Self.context)
        #expect(proposal.unread == [#"Ý kiến "khác""#])
        let format = try TestFormats.format(text: proposal.yaml, key: "hoi-vien")
        #expect(format.columns.map { $0.fields[0] } == [.number, .name, .personalID, .phone, .birth])
        #expect(format.record == .resident)
        let read = try TestFormats.read(text, by: format)
        #expect(read.taken.count == 4)
        #expect(read.taken.first?.values.text(.personalID) == "031084000001")
    }

    @Test(arguments: TestFormats.folder.all.map(\.key))
    func `a proposal for any known list passes the check`(key: String) throws {
        let format = try TestFormats.format(key)
        let columns = format.columns
        let text =
            columns.map { "\"\($0.name.replacing(">", with: " "))\"" }.joined(separator: ";") + "\n"
            + (0..<5).map { "\($0)" }.map { number in
                columns.map { $0.fields[0] == .number ? number : Self.sample($0) }.joined(separator: ";") + "\n"
            }.joined()
        let proposal = try FormatSuggestion(
            RowSource([UInt8](text.utf8)), key: "moi", among: TestFormats.folder.all, context: Self.context)
        let proposed = try TestFormats.format(text: proposal.yaml, key: "moi")
        #expect(try TestFormats.read(text, by: proposed).summary.balances)
    }
}
