import Access
import Components
import Hummingbird
import Kernel
import Province
import Targets
import WebDesk

/// What the head of a residential group looks at: target, count, what is left, the month's count; printed, it is the sheet.
struct OwnGroupPage: Page {
    static let template: PageTemplate = "own-group"

    let heading: String
    let unitName: String
    /// Told where the commune's list has no such group.
    let missing: String?
    let facts: [Fact]
    let hasFacts: Bool
    /// What is left to the target, in a sentence.
    let course: String?
    let form: FormModel?
    let groupsAddress: String
}

extension FigurePages {
    var ownGroupRoutes: [Route] {
        [
            .page(Addresses.ownGroup, .right(.countOwnGroup)) { request in try await ownGroupPage(request) },
            .decision(Addresses.countOwnGroup, .right(.countOwnGroup)) { request, seen in
                try await groups.countOwnGroup(
                    people: request.form[TargetField.voluntaryNow], countedOn: request.form[TargetField.countedOn],
                    version: seen, by: request.submission)
                return Addresses.ownGroup().telling(.groupCounted)
            } again: { request, failure in
                try await ownGroupPage(request, failure: failure)
            },
        ]
    }

    private func ownGroupPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let viewer = request.viewer
        let name = viewer.residentialGroup ?? ""
        let group = try await groups.ownGroup(of: viewer)
        let unit = viewer.communes.first
        let model = OwnGroupPage(
            heading: group?.name ?? name, unitName: unit.map(communeName) ?? "",
            missing: group == nil
                ? "Danh sách của đơn vị chưa có tổ “\(name)”. Hãy nhờ UBND xã, phường thêm tổ, đúng tên này." : nil,
            facts: group.map(facts) ?? [], hasFacts: group != nil, course: group.flatMap(course),
            form: group.map { group in
                form(
                    "dem", Addresses.countOwnGroup(), "Gửi số của tháng",
                    fields: [
                        Field(
                            TargetField.voluntaryNow, "Số người đang tham gia tự nguyện", kind: .code,
                            hint: "Đếm trong tổ; chỉ ghi số người, không ghi tên"),
                        Field(TargetField.countedOn, "Ngày đếm", hint: "Ngày/tháng/năm", value: today.vietnamese),
                    ], version: group.version, for: request, failure: failure)
            }, groupsAddress: unit.map { Addresses.groups(.commune($0)).text } ?? Addresses.units().text)
        return try page("Tổ của tôi", model, for: request)
    }

    private func facts(_ group: ResidentialGroup) -> [Fact] {
        func people(_ number: Int?, _ none: String) -> String {
            number.map { "\(VietnameseText.grouped($0)) người" } ?? none
        }
        return [
            Fact(
                label: "Chỉ tiêu tự nguyện\(group.year.map { " năm \($0)" } ?? "")",
                value: people(group.voluntaryTarget, "chưa giao")),
            Fact(
                label: "Đang tham gia",
                value: people(group.voluntaryNow, "chưa nhập")
                    + (group.countedOn.map { ", đếm ngày \($0.vietnamese), \(group.updatedBy) nhập" } ?? "")),
            Fact(label: "Số dân", value: people(group.people, "chưa có")),
            Fact(
                label: "Số hộ",
                value: group.households.map { "\(VietnameseText.grouped($0)) hộ" } ?? "chưa có"),
        ]
    }

    private func course(_ group: ResidentialGroup) -> String? {
        guard let target = group.voluntaryTarget, let now = group.voluntaryNow else { return nil }
        let left = target - now
        guard left > 0 else { return "Đã đạt chỉ tiêu." }
        let months = max(13 - today.month, 1)
        let pace = (left + months - 1) / months
        return
            "Còn thiếu \(VietnameseText.grouped(left)) người so với chỉ tiêu; từ nay đến hết năm mỗi tháng cần thêm khoảng \(VietnameseText.grouped(pace)) người."
    }
}

// One of each model, complete: see ``Page/sample``.

extension OwnGroupPage {
    static let sample = OwnGroupPage(
        heading: "Tổ dân phố số 3", unitName: "Phường An Biên", missing: "Chưa có tổ.", facts: [.sample],
        hasFacts: true,
        course: "Còn thiếu 5 người.", form: .sample, groupsAddress: "/dia-chi")
}
