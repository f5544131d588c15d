import Access
import Allocation
import Components
import Hummingbird
import Kernel
import PlanText
import Reports
import Targets
import WebDesk

/// One unit of a scenario: why it gets its number, its own bounds.
extension FigurePages {
    func allocationUnitPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let (scenario, changes) = try await allocations.scenario(try Self.scenarioID(request), for: request.viewer)
        let code = request.parameter("code")
        let allocation = try scenario.content.allocation()
        guard let row = allocation.rows.first(where: { $0.code == code }),
            let unit = scenario.content.counting.first(where: { $0.code == code })
        else { throw Refusal(.notFound, "Phương án không có đơn vị này.") }
        func words(_ number: Int?) -> String { number.map { VietnameseText.grouped($0) } ?? "chưa biết" }
        let last = scenario.content.lastTargets[code]
        let facts: [Fact] = [
            .init(label: "Giao tổng số", value: words(row.total), address: nil),
            .init(label: "Trong đó tự nguyện", value: words(row.voluntary), address: nil),
            .init(
                label: "Kết quả gần nhất", value: "\(words(unit.lastTotal)), tự nguyện \(words(unit.lastVoluntary))",
                address: nil),
            .init(
                label: "Chỉ tiêu trước",
                value: last.map { "\(words($0.first)), tự nguyện \(words($0.last))" } ?? "chưa có",
                address: nil),
            .init(label: "Lực lượng lao động (số dân)", value: words(unit.labourForce), address: nil),
            .init(label: "Số người chưa tham gia", value: words(unit.pool), address: nil),
            .init(
                label: "Đơn vị đề xuất",
                value: "\(words(unit.proposalTotal)), tự nguyện \(words(unit.proposalVoluntary))",
                address: nil),
        ]
        let open = scenario.actions(for: request.viewer, in: definition, after: changes)
        let sheets = try await sheetParts(of: code, in: scenario, request)
        func typed(_ number: Int?) -> String { number.map { VietnameseText.grouped($0) } ?? "" }
        let model = AllocationUnitPage(
            back: Frame.Link(scenario.name, Addresses.scenario(scenario.id).at("dv-\(code)")), heading: row.name,
            facts: facts, reason: row.reason, condition: scenario.content.conditions[code],
            message: sheets.message, sheets: sheets.links, hasSheets: !sheets.links.isEmpty,
            pictureForm: sheets.pictureForm,
            form: open.contains(.change) && !scenario.content.isAssociation(code)
                ? form(
                    "don-vi", Addresses.scenarioUnit.asForm(scenario.id, code), "Lưu",
                    fields: [
                        Field(
                            TargetField.floorTotal, "Sàn tổng số", kind: .code, value: typed(unit.floorTotal),
                            required: false),
                        Field(
                            TargetField.capTotal, "Trần tổng số", kind: .code, value: typed(unit.capTotal),
                            required: false),
                        Field(
                            TargetField.floorVoluntary, "Sàn tự nguyện", kind: .code, value: typed(unit.floorVoluntary),
                            required: false),
                        Field(
                            TargetField.capVoluntary, "Trần tự nguyện", kind: .code, value: typed(unit.capVoluntary),
                            required: false),
                        Field(
                            TargetField.note, scenario.scope == .city ? "Ghi chú" : "Tổ trưởng, người phụ trách",
                            value: scenario.content.notes[code] ?? "", required: false),
                    ], version: scenario.version, for: request, failure: failure) : nil)
        return try page(row.name, model, for: request)
    }

    func changeUnit(_ request: MemberRequest, _ seen: Int) async throws -> Address {
        let id = try Self.scenarioID(request)
        let code = request.parameter("code")
        let typed = request.form
        var problems: [Refusal.FieldProblem] = []
        func bound(_ name: TargetField) -> Int? {
            guard !typed[name].isEmpty else { return nil }
            guard let number = AllocationService.people(typed[name]) else {
                problems.append(.init(name, "“\(typed[name])” không phải số người."))
                return nil
            }
            return number
        }
        let bounds = (bound(.floorTotal), bound(.capTotal), bound(.floorVoluntary), bound(.capVoluntary))
        let note = typed[TargetField.note]
        if note.count > 300 { problems.append(.init(TargetField.note, "Không quá 300 chữ.")) }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        try await allocations.changeScenario(id, version: seen, by: request.submission) { content in
            guard let index = content.units.firstIndex(where: { $0.code == code }) else {
                throw Refusal(.notFound, "Phương án không có đơn vị này.")
            }
            (content.units[index].floorTotal, content.units[index].capTotal) = (bounds.0, bounds.1)
            (content.units[index].floorVoluntary, content.units[index].capVoluntary) = (bounds.2, bounds.3)
            content.notes[code] = note.isEmpty ? nil : note
            return "sàn, trần, ghi chú của \(content.units[index].name)"
        }
        return Addresses.scenarioUnit(id, code).telling(.unitBoundsKept)
    }
}
