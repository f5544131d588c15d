import Kernel
import Testing

@Suite
struct RefusalTests {
    @Test
    func `the problems of a form are one refusal that keeps each field`() {
        let refusal = Refusal(fields: [.init("day", "Hãy nhập ngày."), .init("file", "Hãy chọn tệp.")])
        #expect(refusal.kind == .invalid)
        #expect(refusal.description == "Hãy nhập ngày. Hãy chọn tệp.")
        #expect(refusal.fields.map(\.field) == ["day", "file"])
    }

    @Test(arguments: [(21, "tasks.yaml, dòng 21: sai thời hạn"), (0, "tasks.yaml: sai thời hạn")])
    func `a fault says file, line and reason`(line: Int, text: String) {
        #expect(DataFault(file: "tasks.yaml", line: line, reason: "sai thời hạn").description == text)
    }

    @Test
    func `faults are told one a line`() {
        let faults = DataFaults([
            DataFault(file: "plan.yaml", line: 3, reason: "a"), DataFault(file: "targets.yaml", line: 0, reason: "b"),
        ])
        #expect(faults.description == "plan.yaml, dòng 3: a\ntargets.yaml: b")
    }
}
