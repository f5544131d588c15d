public import Access

extension Right {
    /// Runs a review of the register.
    public static let runReviews = Right("coverage.run", "Chạy rà soát người, đơn vị chưa tham gia")
    /// Numbers by class and commune, without anybody's name.
    public static let readReviewNumbers = Right("coverage.numbers", "Xem số liệu rà soát")
    /// Leads by name, of the own area.
    public static let readLeads = Right(
        "coverage.leads", "Xem danh sách người, đơn vị cần đối chiếu, thuộc địa bàn mình", guardsPeople: true)
    public static let readAllLeads = Right(
        "coverage.leads-all", "Xem danh sách người, đơn vị cần đối chiếu ở mọi địa bàn", guardsPeople: true)
}

extension RightArea {
    /// Reviews of who should be insured and is not.
    public static let coverage = RightArea("Rà soát", [.runReviews, .readReviewNumbers, .readLeads, .readAllLeads])
}

extension Viewer {
    /// Whose leads a person may see by name.
    public var leadScope: Scope { scope(of: .readLeads, everything: .readAllLeads) }
}
