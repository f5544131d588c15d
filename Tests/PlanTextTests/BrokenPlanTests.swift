import Foundation
import Kernel
import PlanText
import Province
import TestPlans
import Testing

/// Plan folders with one mistake each: the fault names the file and the line of it, in Vietnamese.
@Suite
struct BrokenPlanTests {
    static let folders = [
        "bad-yaml", "duplicate-commune", "duplicate-task", "falling-target", "missing-file", "slot-not-in-products",
        "unknown-agency", "unknown-deadline", "unknown-superior", "voluntary-above-total", "wrong-encoding",
    ]

    static func faults(_ read: (String) -> [UInt8]?) throws -> [DataFault] {
        let error = #expect(throws: DataFaults.self) { try PlanLoader.load(read) }
        return try #require(error).faults
    }

    /// Letters that Vietnamese has and English has not.
    static func isVietnamese(_ text: String) -> Bool {
        text.precomposedStringWithCanonicalMapping.unicodeScalars.contains { scalar in
            (0xC0...0x1B0).contains(scalar.value) || (0x1EA0...0x1EF9).contains(scalar.value)
        }
    }

    @Test
    func `every broken folder is tested`() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: PlanFolder.broken.path).filter {
            !$0.hasPrefix(".")
        }
        #expect(found.sorted() == Self.folders)
    }

    @Test(arguments: folders)
    func `one mistake is told where it stands and is not drowned`(name: String) throws {
        let folder = PlanFolder.broken.appending(path: name)
        let bytes = try #require(PlanFolder.bytes(folder.appending(path: "expected.txt")))
        let expected = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
        try #require(expected.count == 2)
        let line = try #require(Int(expected[1]))
        let faults = try Self.faults { PlanFolder.bytes(folder.appending(path: $0)) }
        #expect(faults.contains { $0.file == expected[0] && $0.line == line }, "\(faults)")
        #expect((1...3).contains(faults.count), "\(faults)")
        for fault in faults { #expect(Self.isVietnamese(fault.reason), "\(fault)") }
    }

    @Test
    func `mistakes in several files are told together by file and line`() throws {
        let places = [
            "tasks.yaml": "unknown-agency", "targets.yaml": "falling-target", "communes.csv": "duplicate-commune",
        ]
        let faults = try Self.faults { name in
            let folder = places[name].map { PlanFolder.broken.appending(path: $0) } ?? PlanFolder.anBien
            return PlanFolder.bytes(folder.appending(path: name))
        }
        #expect(faults.map { "\($0.file):\($0.line)" } == ["communes.csv:4", "targets.yaml:8", "tasks.yaml:18"])
    }

    @Test
    func `an empty folder misses all five files`() throws {
        let faults = try Self.faults { _ in nil }
        #expect(
            Set(faults.map(\.file)) == ["plan.yaml", "targets.yaml", "agencies.yaml", "tasks.yaml", "communes.csv"])
        #expect(faults.allSatisfy { $0.line == 0 })
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let file: String
        let line: Int
        /// Occurs once in the file of the invented province.
        let right: String
        let wrong: String

        init(_ file: String, _ line: Int, _ right: String, _ wrong: String) {
            (self.file, self.line, self.right, self.wrong) = (file, line, right, wrong)
        }

        var testDescription: String { "\(file):\(line) \(wrong)" }
    }

    static let mistakes = [
        Mistake("plan.yaml", 13, "effective_from: 2027-01-01", "effective_from: 2027-02-30"),
        Mistake("plan.yaml", 13, "effective_from: 2027-01-01", "effective_from: null"),
        Mistake("plan.yaml", 9, "signed_on: 2026-12-20", "signed_on: 20/12/2026"),
        Mistake("plan.yaml", 16, "last_year: 2028", "last_year: 2026"),
        Mistake("plan.yaml", 15, "first_year: 2027", "first_year: sang năm"),
        Mistake("plan.yaml", 17, "coordinating_agency: so-noi-vu", "coordinating_agency: so-la"),
        Mistake("agencies.yaml", 3, "code: ubnd-tinh", "code: UBND"),
        Mistake("agencies.yaml", 17, "code: bhxh-tinh", "code: so-noi-vu"),
        Mistake("agencies.yaml", 22, "kind: social-insurance", "kind: guild"),
        Mistake("agencies.yaml", 30, "kind: social-insurance", "kind: communes"),
        Mistake("agencies.yaml", 23, "kind: social-insurance", "kind: social-insurance\n    units: two"),
        Mistake("agencies.yaml", 31, "kind: communes", "kind: communes\n    units: many"),
        Mistake(
            "agencies.yaml", 24, "kind: social-insurance",
            "kind: social-insurance\n    identity:\n      seal: \"tròn\""),
        Mistake(
            "agencies.yaml", 24, "kind: social-insurance",
            "kind: social-insurance\n    identity:\n      symbol: \"/KH-BHXH\""),
        Mistake("agencies.yaml", 23, "kind: social-insurance", "kind: social-insurance\n    identity: \"BHXH\""),
        Mistake("targets.yaml", 5, "{operator: \"=\", people: 40000}", "{operator: \"~\", people: 40000}"),
        Mistake("targets.yaml", 5, "people: 40000", "people: bốn vạn"),
        Mistake("targets.yaml", 6, "people: 3000", "people: -1"),
        Mistake("targets.yaml", 7, "year: 2028", "year: 2029"),
        Mistake("targets.yaml", 7, "year: 2028", "year: 2027"),
        Mistake("targets.yaml", 9, "people: 3400", "people: 2900"),
        Mistake("communes.csv", 1, "code,name", "ma,name"),
        Mistake("communes.csv", 2, "90001", "9001"),
        Mistake("communes.csv", 3, "Đồi Thử,,xã", "Đồi Thử,,thôn"),
        Mistake("communes.csv", 3, "Đồi Thử", ""),
        Mistake("communes.csv", 4, "Bến Ví Dụ", "\"Bến Ví Dụ"),
        Mistake("tasks.yaml", 18, "leads: \"Sở Nội vụ\"\n", "leads: \"\"\n"),
        Mistake("tasks.yaml", 19, "BHXH tỉnh; UBND các xã, phường", "BHXH tỉnh; Hội Thả Diều"),
        Mistake("tasks.yaml", 33, "kind: figure, unit: \"cuộc\"", "kind: heap, unit: \"cuộc\""),
        Mistake("tasks.yaml", 45, "code: \"II.2\"", "code: \"ii/2\""),
        Mistake("tasks.yaml", 45, "code: \"II.2\"", "code: \"III.2\""),
        Mistake("tasks.yaml", 46, "code: \"II.2\"", "code: \"II.2\"\n    origin: added"),
        Mistake("tasks.yaml", 46, "code: \"II.2\"", "code: \"II.2\"\n    shares_work_with: \"I.1\""),
        Mistake("tasks.yaml", 50, "deadline: \"Từ năm 2027 đến năm 2028\"", "deadline: \"Năm 2027, năm 2029\""),
        Mistake("tasks.yaml", 51, "    slots:\n      - {text: \"Hệ thống kết nối\", kind: document}", "    slots: []"),
    ]

    @Test(arguments: mistakes)
    func `a mistake made by hand is told on its line`(mistake: Mistake) throws {
        let bytes = try #require(PlanFolder.bytes(PlanFolder.anBien.appending(path: mistake.file)))
        let original = String(decoding: bytes, as: UTF8.self)
        try #require(original.components(separatedBy: mistake.right).count == 2)
        let edited = Array(original.replacingOccurrences(of: mistake.right, with: mistake.wrong).utf8)
        let faults = try Self.faults { name in
            name == mistake.file ? edited : PlanFolder.bytes(PlanFolder.anBien.appending(path: name))
        }
        let told = faults.filter { $0.file == mistake.file && $0.line == mistake.line }
        #expect(told.contains { Self.isVietnamese($0.reason) }, "\(faults)")
    }
}
