import Access
import Database
import Figures
import Kernel
import PlanText
import Province
import Remarks
import Work

/// What people say of things and what a leader asks for: invented, about the commune of the sample officer.
enum SampleRemarks {
    static func fill(_ system: BaoPhuSystem) async throws {
        let accounts = try await system.store.read { try Accounts.all(within: .ofSystem, on: $0) }
        func somebody(_ role: Role) -> Viewer? { accounts.first { $0.role == role }?.viewer(.ofRoles) }
        guard let officer = somebody(.communeOfficer), let commune = officer.communes.first,
            let analyst = somebody(.analyst), let leader = somebody(.leader)
        else { return }
        let (remarks, unit) = (system.remarks, UnitCode.commune(commune))
        let here = Subject(.unit, unit.text)
        try await remarks.write(
            "Số tự nguyện hai tháng nay không tăng. Đơn vị cho biết vướng ở đâu? (Nội dung minh họa.)", to: unit,
            about: here, by: .init(viewer: analyst))
        try await remarks.write(
            "Nhiều người hết kỳ đóng năm trước chưa đóng tiếp; tuần này các tổ đến từng nhà. (Nội dung minh họa.)",
            about: here, by: .init(viewer: officer))
        let month = Month(of: system.clock.today).adding(months: -1)
        try await remarks.write(
            "Số tháng này chưa gồm hai doanh nghiệp mới đăng ký, tháng sau bổ sung. (Nội dung minh họa.)",
            about: Subject(.figure, "\(commune)/\(month)/\(Scheme.voluntary.rawValue)"), by: .init(viewer: officer))
        let own = try await system.work.items(
            WorkFilter(year: system.clock.today.year, lead: unit), for: officer, limit: 1)
        if let item = own.first {
            try await remarks.write(
                "Gửi bản có chữ ký của Chủ tịch UBND. (Nội dung minh họa.)", to: unit,
                about: Subject(.instance, item.id), by: .init(viewer: analyst))
        }
        try await remarks.instruct(
            "Làm việc với ba doanh nghiệp lớn chưa tham gia, báo kết quả (minh họa)", to: nil, about: here,
            by: .init(viewer: leader))
        guard let other = system.definition.communes.communes.first(where: { $0.code != commune })?.code else { return }
        let answered = try await remarks.instruct(
            "Rà soát số người nhận lương hưu qua tài khoản (minh họa)", to: nil,
            about: Subject(.unit, other.text), by: .init(viewer: leader))
        let neighbour = Viewer(
            account: RecordID(at: system.clock.now), login: "minh-hoa", name: "Cán bộ (minh họa)",
            role: .communeOfficer, rights: Grants.ofRoles.rights(of: .communeOfficer), communes: [other])
        try await remarks.answer(
            answered, "Đã rà soát 214 người, gửi danh sách cho BHXH cơ sở. (Nội dung minh họa.)",
            by: .init(viewer: neighbour))
    }
}
