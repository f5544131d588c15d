import Foundation
import Kernel
import PlanText
import TestPlans
import Testing

/// `sharing.yaml` and the laws of `plan.yaml`: what papers cite and choose from.
@Suite
struct SharingListsTests {
    static func load(_ sharing: String?, plan: (String) -> String = { $0 }) throws -> PlanDefinition {
        try PlanLoader.load { name in
            if name == "sharing.yaml" { return sharing.map { Array($0.utf8) } }
            let bytes = PlanFolder.bytes(PlanFolder.anBien.appending(path: name))
            guard name == "plan.yaml", let bytes else { return bytes }
            return Array(plan(String(decoding: bytes, as: UTF8.self)).utf8)
        }
    }

    static let lists = """
        data_sets:
          - {key: cong-trinh, name: "Công trình", tasks: [I.1], fields: [{name: "Tên", type: chữ, source: "Hồ sơ"}]}
        purposes: ["Rà soát"]
        bases:
          - {key: chung, name: "Chung", laws: [], more: ["Nghị định số 278/2025/NĐ-CP"]}
        spans: ["Tháng trước"]
        frequencies: ["Hằng quý"]
        """

    @Test
    func `a plan without the file offers nothing, one with it what it says`() throws {
        #expect(try Self.load(nil).sharing == SharingLists())
        let lists = try Self.load(Self.lists).sharing
        #expect(lists.dataSets.map(\.key) == ["cong-trinh"] && lists.dataSets[0].fields.map(\.personal) == [""])
        #expect(lists.purposes == ["Rà soát"] && lists.spans == ["Tháng trước"] && lists.frequencies == ["Hằng quý"])
        #expect(lists.bases.map(\.more) == [["Nghị định số 278/2025/NĐ-CP"]])
    }

    @Test(arguments: [
        ("tasks: [I.1]", "tasks: [I.99]", "không có nhiệm vụ “I.99”"), ("laws: []", "laws: [x]", "không có luật “x”"),
        (", source: \"Hồ sơ\"", "", "thiếu giá trị “source”"),
    ])
    func `what it names must be in the plan`(right: String, wrong: String, reason: String) throws {
        try #require(Self.lists.contains(right))
        let error = #expect(throws: DataFaults.self) {
            try Self.load(Self.lists.replacing(right, with: wrong))
        }
        #expect(try #require(error).faults.contains { $0.file == "sharing.yaml" && $0.reason.contains(reason) })
    }

    @Test
    func `Hải Phòng's lists name tasks and laws of its plan, and every field has a source`() throws {
        let plan = try PlanFolder.load(PlanFolder.haiPhong)
        #expect(plan.sharing.dataSets.count >= 6 && plan.sharing.bases.count == 2)
        #expect(Set(plan.sharing.dataSets.flatMap(\.tasks)).isSuperset(of: ["II.6", "II.7", "II.8", "II.9"]))
        #expect(plan.sharing.dataSets.flatMap(\.fields).allSatisfy { !$0.source.isEmpty })
    }

    @Test
    func `a law without a source, or with a doubt, has to be confirmed`() throws {
        let plan = try Self.load(nil) { text in
            text + """

                laws:
                  - {key: a, name: "Luật A", passed: 2024-06-29, source: "Công báo"}
                  - {key: b, name: "Luật B", passed: 2024-06-29, amended: [2025-06-16], source: "Công báo", doubt: "Chưa thấy"}
                  - {key: c, name: "Luật C", passed: 2024-06-29}
                """
        }
        #expect(plan.laws.map(\.needsConfirming) == [false, true, true])
        #expect(plan.laws.map(\.days) == ["2024-06-29", "2024-06-29 2025-06-16", "2024-06-29"])
    }
}
