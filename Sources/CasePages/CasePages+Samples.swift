import Components

// One of each model, complete: see ``Page/sample``.

extension ReviewPage {
    private static let line = Line(name: "Phường An Biên", address: "/dia-chi", people: "120", employers: "14")

    static let sample = ReviewPage(
        nothing: "Nội dung", lead: "Nội dung", runs: [.sample], facts: [.sample], list: .sample,
        funnels: [.init(title: "Chủ hộ kinh doanh", steps: [.sample])], hasNumbers: true, offices: [line],
        hasOffices: true, communes: [line], sizes: [line], industries: [line],
        classes: [.init(subject: "Đơn vị", title: "Chưa tham gia BHXH", deed: "Mời đơn vị", rows: "14", isLead: true)],
        hidden: "Nội dung")
}

extension LeadListPage {
    static let sample = LeadListPage(
        back: .sample, lead: "Nội dung",
        lines: [
            .init(
                name: "Công ty TNHH Sao Mai", address: "/dia-chi", place: "Phường An Biên",
                result: "Chưa tham gia BHXH", people: "12", declared: "12 khai thuế, 0 đang tham gia")
        ], hasLines: true, previous: "/dia-chi", next: "/dia-chi")
}

extension LeadPage {
    private static let line = Line(
        name: "Nguyễn Thị Hoa", page: "/dia-chi", title: "Hợp đồng từ 1 tháng, bảo hiểm được trừ bằng 0",
        isLead: true, reason: "Bảng kê thuế không có bảo hiểm được trừ", law: "Luật BHXH 41/2024/QH15 Đ.2.1.b",
        certainty: "chắc chắn", deed: "Mời đơn vị đăng ký", evidence: [.sample])

    static let sample = LeadPage(
        back: .sample, name: "Công ty TNHH Sao Mai", facts: [.sample], register: .sample, own: line, people: [line],
        hasPeople: true, told: "1 người")
}
