import Access
import Components
import Hummingbird
import Kernel
import Overview
import PlanText
import Targets
import Work
import WebDesk

struct PlanPage: Page {
    static let template: PageTemplate = "plan"

    struct TargetRow: Sendable {
        let year: Int
        let total: String
        let voluntary: String
        let growth: String
        let voluntaryGrowth: String
    }

    struct Text: Sendable {
        let title: String
        let points: [String]
    }

    struct LawRow: Sendable {
        let name: String
        let days: String
        let state: Badge
        /// Where the days were read, who confirmed them, or what is doubtful.
        let words: String
    }

    let heading: String
    let facts: [Fact]
    let baseline: [Fact]
    let targets: [TargetRow]
    let legalBases: [String]
    /// Laws that papers cite by name and day.
    let laws: [LawRow]
    let hasLaws: Bool
    let sections: [Text]
    let actions: [FormPanel]
}

extension WorkPages {
    var planRoutes: [Route] {
        [
            .page(Addresses.plan, .right(.viewWork)) { request in try await planPage(request) },
            .decision(Addresses.completePlan, .right(.completePlan)) { request, seen in
                let named = request.form[WorkField.key]
                if let law = definition.laws.first(where: { Self.key(of: $0) == named }) {
                    try await amendments.confirmLaw(
                        law.key, source: request.form[WorkField.source], version: seen, by: request.submission)
                    return Addresses.plan().telling(.planCompleted)
                }
                guard let key = PlanAmendments.Key(rawValue: named) else {
                    throw Refusal(.invalid, "Hãy chọn thông tin cần bổ sung.")
                }
                try await amendments.complete(
                    key, with: request.form[WorkField.value], source: request.form[WorkField.source],
                    asOf: request.form[WorkField.asOf], version: seen,
                    by: request.submission)
                return Addresses.plan().telling(.planCompleted)
            } again: { request, failure in
                try await planPage(request, failure: failure)
            },
        ]
    }

    func planPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let amendments = try await amendments.amendments()
        let counting = try await work.countingDay()
        let model = PlanPage(
            heading: "\(definition.kind) \(definition.title.prefix(1).lowercased())\(definition.title.dropFirst())",
            facts: planFacts(amendments) + [countingFact(counting)], baseline: baselineFacts(amendments),
            targets: targetRows(),
            legalBases: definition.legalBases, laws: definition.laws.map { lawRow($0, amendments) },
            hasLaws: !definition.laws.isEmpty,
            sections: [PlanPage.Text(title: "Mục tiêu chung", points: definition.objectives)]
                + definition.measures.map { PlanPage.Text(title: "\($0.code). \($0.title)", points: $0.points) }
                + [PlanPage.Text(title: "Tổ chức thực hiện", points: definition.organisation)],
            actions: planActions(request, failure) + lawActions(amendments, request, failure)
                + countingActions(request, failure))
        return try page("Kế hoạch", model, for: request)
    }

    private func planFacts(_ amendments: PlanAmendments) -> [Fact] {
        func value(_ key: PlanAmendments.Key, file: String?, read: (String) -> String = { $0 }) -> String {
            if let value = amendments.values[key] {
                return "\(read(value.text)) (căn cứ: \(value.source); \(value.by) nhập \(value.at.day.vietnamese))"
            }
            return file ?? "chưa có trong bản gốc, sẽ bổ sung"
        }
        func day(_ text: String) -> String { Day(text)?.vietnamese ?? text }
        return [
            .init(label: "Cơ quan ban hành", value: definition.issuer, address: nil),
            .init(
                label: "Số văn bản",
                value: value(.number, file: definition.number.map { $0 + definition.numberSuffix }),
                address: nil),
            .init(
                label: "Ngày ký", value: value(.signedOn, file: definition.signedOn?.vietnamese, read: day),
                address: nil),
            .init(
                label: "Áp dụng từ",
                value: value(
                    .effectiveFrom, file: "\(definition.effectiveFrom.vietnamese). \(definition.effectiveNote)",
                    read: day),
                address: nil),
            .init(
                label: "Thời gian", value: "\(definition.years.lowerBound)–\(definition.years.upperBound)", address: nil
            ),
            .init(
                label: "Cơ quan thường trực", value: definition.name(of: .agency(definition.coordinatingAgency)),
                address: nil),
        ]
    }

    private func baselineFacts(_ amendments: PlanAmendments) -> [Fact] {
        func fact(_ label: String, _ key: PlanAmendments.Key, _ file: Int?) -> Fact {
            if let value = amendments.values[key], let people = Int(value.text) {
                let asOf = value.asOf.map { ", chốt ngày \($0.vietnamese)" } ?? ""
                return .init(
                    label: label, value: "\(VietnameseText.grouped(people)) người (nguồn: \(value.source)\(asOf))",
                    address: nil)
            }
            if let file {
                let asOf = definition.baseline.asOf.map { ", chốt ngày \($0.vietnamese)" } ?? ""
                return .init(
                    label: label,
                    value: "\(VietnameseText.grouped(file)) người (nguồn: \(definition.baseline.source ?? "")\(asOf))",
                    address: nil)
            }
            return .init(label: label, value: "chưa có số liệu", address: nil)
        }
        let year = definition.baseline.year
        return [
            fact("Tổng số người tham gia năm \(year)", .baselineTotal, definition.baseline.total),
            fact("Tự nguyện năm \(year)", .baselineVoluntary, definition.baseline.voluntary),
        ]
    }

    private func targetRows() -> [PlanPage.TargetRow] {
        var previous: AnnualTarget?
        return definition.targets.map { target in
            defer { previous = target }
            func growth(_ now: Int, _ before: Int?) -> String {
                before.map { "+\(VietnameseText.grouped(now - $0))" } ?? "–"
            }
            return PlanPage.TargetRow(
                year: target.year, total: "\(target.totalOperator.words) \(VietnameseText.grouped(target.total))",
                voluntary: "\(target.voluntaryOperator.words) \(VietnameseText.grouped(target.voluntary))",
                growth: growth(target.total, previous?.total),
                voluntaryGrowth: growth(target.voluntary, previous?.voluntary))
        }
    }

    private func planActions(_ request: MemberRequest, _ failure: FormModel.Failure?) -> [FormPanel] {
        guard request.viewer.may(.completePlan, for: definition) else { return [] }
        return PlanAmendments.Key.allCases.map { key in
            let isFigure = key == .baselineTotal || key == .baselineVoluntary
            let isDay = key == .signedOn || key == .effectiveFrom
            var fields = [
                Field(
                    WorkField.value, key.title,
                    hint: isDay ? "Ngày/tháng/năm" : isFigure ? "Số người, ví dụ 1.100.000" : "Ví dụ 120/KH-UBND"),
                Field(WorkField.source, isFigure ? "Nguồn số liệu" : "Căn cứ, lý do"),
            ]
            if isFigure { fields.append(Field(WorkField.asOf, "Ngày chốt số liệu", hint: "Ngày/tháng/năm")) }
            let id = "bo-sung-\(key.rawValue)"
            return .init(
                title: "Bổ sung \(key.title.prefix(1).lowercased())\(key.title.dropFirst())",
                form: form(
                    id, Addresses.completePlan(), "Lưu", fields: fields, look: "secondary",
                    version: request.revisions.version(of: .plan),
                    hidden: [.init(WorkField.key, key.rawValue)],
                    for: request, failure: failure), open: failure?.form == id)
        }
    }
}
