import Formats
import Kernel
import Testing

@Suite
struct FormatFileTests {
    @Test
    func `every format of the repository is without fault`() {
        #expect(TestFormats.folder.faults.map(\.description) == [])
        #expect(
            TestFormats.folder.all.map(\.key) == [
                "05-1-bk", "05-2-bk", "boats", "c12-ts", "c21a-ts", "cooperatives", "d02-lt", "d05-ts", "d05-ts-490",
                "d09-ts", "enterprises", "farms", "household-businesses", "labour-registration", "pensioners",
                "population", "projects", "pupils", "tk3-ts",
            ])
    }

    @Test
    func `a layout that no document gives says what is not known`() {
        for format in TestFormats.folder.all where format.confidence != .verified {
            #expect(format.note?.isEmpty == false, "\(format.key)")
        }
    }

    @Test(arguments: [
        ("D02-LT", "d02-lt"), ("D05-TS", "d05-ts"), ("D09-TS", "d09-ts"), ("C21a-TS", "c21a-ts"),
    ])
    func `official forms have all their columns in their order`(form: String, key: String) throws {
        let counts = ["D02-LT": 21, "D05-TS": 17, "D09-TS": 12, "C21a-TS": 12]
        let numbers = try TestFormats.format(key).columns.compactMap(\.number)
        #expect(numbers.count == counts[form])
        #expect(numbers.prefix { Int($0) == nil } == ["A", "B", "C"].prefix(form == "C21a-TS" ? 3 : 2))
        #expect(numbers.compactMap { Int($0) } == Array(1...numbers.count - (form == "C21a-TS" ? 3 : 2)))
    }

    private static let good = """
        key: thu
        title: Thử
        source: Thử
        confidence: proposed
        senders: [bhxh]
        record: participant
        columns:
          - {name: Họ và tên, field: name, needed: true}
        """

    @Test
    func `the least format is one column that is needed`() throws {
        #expect(try TestFormats.format(text: Self.good).needed.map(\.name) == ["Họ và tên"])
    }

    @Test(arguments: [
        ("name, needed: true}", "nam, needed: true}", "thu.yaml, dòng 8: không có trường “nam”; có phải “name”?"),
        ("field: name, needed: true}", "field: name}", "thu.yaml, dòng 8: cần ít nhất một cột có “needed: true”"),
        ("record: participant", "record: people", "không thể là “people”"),
        ("senders: [bhxh]", "senders: bhxh", "thu.yaml, dòng 5: “senders” phải là danh sách"),
        ("key: thu", "key: khac", "thu.yaml, dòng 1: khóa “khac” khác tên tệp; hãy ghi “thu”"),
        ("title: Thử", "titel: Thử", "thu.yaml, dòng 2: khóa “titel” không có; có phải “title”?"),
        ("needed: true}", "needed: true, least: 3}", "“least”, “most” chỉ dùng cho số"),
        ("needed: true}", "needed: true, words: {a: [b]}}", "chỉ dùng cho trường có danh mục"),
        ("needed: true}", "needed: có}", "“needed” phải là true hoặc false"),
        ("needed: true}", "needed: true, percent: true}", "“percent” chỉ dùng cho tỷ lệ"),
        (
            "needed: true}", "needed: true}\n  - {name: HỌ VÀ TÊN, field: unitName}",
            "dòng 9: tên cột “ho va ten” trùng với cột “Họ và tên”"
        ),
        ("record: participant", "record: participant\nsame: [birth]", "không cột nào điền trường “birth”"),
        ("confidence: proposed", "confidence: proposed\nconfidence: proposed", "khóa lặp lại"),
    ])
    func `a fault is told with its line and a way out`(right: String, wrong: String, told: String) {
        let faults = TestFormats.faults(of: Self.good.replacing(right, with: wrong)).faults.map(\.description)
        #expect(faults.contains { $0.contains(told) }, "\(faults)")
    }

    @Test
    func `all faults of a folder are told, not only the first`() {
        let folder = FormatFolder.load(["a.yaml", "b.yaml", "ghi-chu.txt"]) { name in
            name == "a.yaml" ? [UInt8]("key: a\n".utf8) : nil
        }
        #expect(folder.faults.count > 3)
        #expect(folder.faults.contains { $0.file == "b.yaml" })
        #expect(folder.formats.isEmpty)
    }
}
