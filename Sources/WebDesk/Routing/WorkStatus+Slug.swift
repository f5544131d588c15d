public import Work

extension WorkStatus {
    /// In addresses: `?trang-thai=qua-han`.
    public var slug: String {
        switch self {
        case .notDue: "chua-den-ky"
        case .open: "dang-lam"
        case .extended: "gia-han"
        case .submitted: "cho-duyet"
        case .returned: "tra-lai"
        case .late: "qua-han"
        case .beforeUse: "truoc-khi-dung"
        case .accepted: "hoan-thanh"
        }
    }

    public init?(slug: String) {
        guard let status = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = status
    }
}
