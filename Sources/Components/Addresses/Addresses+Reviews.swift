// Reviews: who should be insured and is not.
extension Addresses {
    /// Numbers, without names.
    public static let review = FixedPlace("/ra-soat")
    /// Employers with leads.
    public static let leads = FixedPlace("/ra-soat/danh-sach")
    /// One of them with everybody it pays, by the place of its first record: `12-345`.
    public static let leadEmployer = Place<String>("/ra-soat/don-vi/{entity}")
}

extension QueryKey {
    /// A review by its name.
    public static let reviewRun = QueryKey("lan")
    /// A class of the decision tables.
    public static let reviewClass = QueryKey("lop")
}
