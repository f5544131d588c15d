/// The two schemes of social insurance whose participants the plan counts (Law on Social Insurance 2024, art. 2–4).
public enum Scheme: String, Codable, Sendable, CaseIterable, Hashable, Comparable {
    case compulsory
    case voluntary

    public var title: String {
        switch self {
        case .compulsory: "BHXH bắt buộc"
        case .voluntary: "BHXH tự nguyện"
        }
    }

    /// Within a sentence: `bắt buộc`.
    public var word: String {
        switch self {
        case .compulsory: "bắt buộc"
        case .voluntary: "tự nguyện"
        }
    }

    public static func < (left: Scheme, right: Scheme) -> Bool { left == .compulsory && right == .voluntary }
}

/// What is counted against a target: everybody, or the voluntary part.
public enum Measure: String, Sendable, CaseIterable {
    case total
    case voluntary

    public var title: String {
        switch self {
        case .total: "Tổng số người tham gia"
        case .voluntary: "Trong đó tự nguyện"
        }
    }

    /// Within a sentence: `tổng số`.
    public var word: String { self == .total ? "tổng số" : "tự nguyện" }
}
