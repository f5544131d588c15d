import Access
import Database
import Kernel
import PlanText
import ReportBoards

/// The board of the year's report, with what some agencies wrote: invented.
enum SampleBoards {
    static func fill(_ system: BaoPhuSystem) async throws {
        let accounts = try await system.store.read { try Accounts.all(within: .ofSystem, on: $0) }
        func somebody(_ role: Role) -> Viewer? { accounts.first { $0.role == role }?.viewer(.ofRoles) }
        let plan = system.definition
        let year = min(max(system.clock.today.year, plan.years.lowerBound), plan.years.upperBound)
        guard let analyst = somebody(.analyst), let span = BoardSpan(.year, .year(year)) else { return }
        let boards = system.boards
        let board = try await boards.openBoard(span, by: .init(viewer: analyst))
        let texts: [(Role, String, Bool)] = [
            (
                .insuranceProvince,
                "Đã phối hợp với Thuế thành phố, Công an thành phố rà soát đơn vị, hộ kinh doanh chưa tham gia; cử cán bộ xuống từng xã, phường vận động. (Nội dung minh họa.)\nSố người tham gia tự nguyện tăng đều từ quý II, giảm nhẹ trong tháng 1 do hết kỳ đóng năm trước. (Nội dung minh họa.)",
                true
            ),
            (
                .agencyOfficer,
                "Đã gửi văn bản chỉ đạo tới các ban quản lý dự án; đang tổng hợp danh sách nhà thầu. (Nội dung minh họa.)",
                false
            ),
        ]
        for (role, text, handsIn) in texts {
            guard let viewer = somebody(role), let known = try? await boards.board(board, for: viewer),
                let part = known.parts.first
            else { continue }
            try await boards.write(part.id, text, handsIn: handsIn, by: .init(viewer: viewer))
        }
        let insurance = try await boards.board(board, for: analyst).parts.first { $0.state == .handedIn }
        if let insurance {
            try await boards.comment(
                insurance.id, "Bổ sung số so với cùng kỳ năm trước nếu có. (Nội dung minh họa.)",
                by: .init(viewer: analyst))
        }
    }
}
