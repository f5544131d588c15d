import Access
import Components
import Hummingbird
import Kernel
import Overview
import WebDesk
import Work

/// What a new installation needs, step by step, with who can do each: for whoever can do one.
struct FirstStepsPage: Page {
    static let template: PageTemplate = "first-steps"

    struct Step: Sendable {
        let title: String
        let state: Badge
        let words: String
        /// Roles, in words.
        let who: String
        /// For whoever can do it.
        let link: Frame.Link?
    }

    let lead: String
    let steps: [Step]
}

extension WorkPages {
    var firstStepRoutes: [Route] {
        [
            .page(Addresses.firstSteps, .rights(FirstStep.rights)) { request in
                let steps = try await overview.firstSteps(for: request.viewer, grants: desk.access.grants)
                let open = steps.count { !$0.isDone }
                let own = steps.count { !$0.isDone && request.viewer.may($0.kind.right) }
                let model = FirstStepsPage(
                    lead: open == 0
                        ? "Đã đủ những gì cần để mọi người làm việc."
                        : "Còn \(open)/\(steps.count) mục, \(own) mục bạn làm được. Mỗi mục ghi ai làm và trang để làm.",
                    steps: steps.map { step($0, for: request.viewer) })
                return try page("Bước đầu", model, for: request)
            }
        ]
    }

    private func step(_ step: FirstStep, for viewer: Viewer) -> FirstStepsPage.Step {
        let roles = Role.allCases.filter { desk.access.grants.rights(of: $0).contains(step.kind.right) }
        let isOwn = viewer.may(step.kind.right)
        let words = words(of: step.kind)
        let missing =
            step.missing.isEmpty
            ? ""
            : " Còn thiếu: \(step.missing.joined(separator: ", "))\(step.of - step.have > step.missing.count ? ", …" : "")."
        return .init(
            title: words.title,
            state: step.isDone
                ? Badge("Xong", look: "accepted")
                : Badge(step.of > 1 ? "\(step.have)/\(step.of)" : "Chưa có", look: "returned"),
            words: words.what + missing,
            who: "Ai làm: \(roles.map(\.title).joined(separator: "; "))\(isOwn ? " (bạn làm được)" : "").",
            link: isOwn ? words.link : nil)
    }

    private func words(of kind: FirstStep.Kind) -> (title: String, what: String, link: Frame.Link) {
        switch kind {
        case .identities:
            (
                "Tên, ký hiệu, chức danh của cơ quan",
                "Văn bản lấy cơ quan chủ quản, ký hiệu và chức danh người ký từ đây.",
                Frame.Link("Ghi tên, ký hiệu", Addresses.identities())
            )
        case .units:
            (
                "Danh sách đơn vị trực thuộc",
                "BHXH cơ sở, ban quản lý dự án, hội, đoàn thể: có danh sách thì mỗi đơn vị có việc riêng.",
                Frame.Link("Nạp danh sách", Addresses.unitLists())
            )
        case .planNumber:
            (
                "Số, ngày của Kế hoạch", "Cơ quan thường trực nhập khi Kế hoạch được ký; văn bản viện dẫn theo đó.",
                Frame.Link("Mở Kế hoạch", Addresses.plan())
            )
        case .baseline:
            (
                "Số liệu gốc",
                "Tổng số và tự nguyện của năm trước Kế hoạch, có nguồn và ngày chốt; không tự tính ngược.",
                Frame.Link("Mở Kế hoạch", Addresses.plan())
            )
        case .countingDay:
            (
                "Ngày bắt đầu tính quá hạn", "Việc đến hạn trước ngày này không bị coi là quá hạn.",
                Frame.Link("Mở Kế hoạch", Addresses.plan())
            )
        case .accounts:
            (
                "Tài khoản", "Mỗi đơn vị chủ trì việc cần ít nhất một người nộp được sản phẩm.",
                Frame.Link("Mời người", Addresses.accounts())
            )
        case .figures:
            (
                "Số liệu đầu tiên", "Một tháng số người tham gia theo xã do BHXH thành phố hoặc Sở Nội vụ nạp.",
                Frame.Link("Mở Số liệu", Addresses.figures())
            )
        }
    }
}
