public import Access
import Components

/// Which section of the guide is about which page, for whom; and who reads which chapter.
public enum HelpTable {
    /// The chapter with the first sentences of each role; it stands on no list.
    public static let tours = "lan-dau"

    /// Chapters in the order of the guide's first page.
    public static let chapters = [
        "vao-he-thong", "dung-chung", "can-bo-xa", "to-truong", "co-quan", "lanh-dao", "chuyen-vien-thuong-truc",
        "so-lieu", "giao-danh-sach", "so-dang-ky", "ra-soat",
        "phan-bo-van-ban", "van-thu", "tong-hop-bao-cao", "tra-cuu-luat", "quan-tri", "van-hanh",
    ]
    /// Without signing in.
    private static let open: Set<String> = ["vao-he-thong", "tra-cuu-luat"]
    /// How the system is kept: for those who read its audit trail.
    private static let keepers: Set<String> = ["quan-tri", "van-hanh"]

    /// The chapters written for a role, before those that others use more.
    static func own(_ role: Role) -> [String] {
        switch role {
        case .leader: ["lanh-dao"]
        case .analyst: ["chuyen-vien-thuong-truc", "so-lieu", "phan-bo-van-ban", "tong-hop-bao-cao"]
        case .agencyOfficer: ["co-quan", "giao-danh-sach", "van-thu"]
        case .inspector: ["co-quan", "van-thu"]
        case .insuranceBase: ["co-quan", "giao-danh-sach", "so-dang-ky", "ra-soat", "van-thu"]
        case .insuranceProvince: ["co-quan", "so-lieu", "giao-danh-sach", "so-dang-ky", "ra-soat", "van-thu"]
        case .communeLeader: ["lanh-dao", "can-bo-xa", "phan-bo-van-ban"]
        case .communeOfficer: ["can-bo-xa", "phan-bo-van-ban", "van-thu"]
        case .groupHead: ["to-truong"]
        case .auditor, .administrator: ["quan-tri"]
        }
    }

    public static func isReadable(_ chapter: String, for viewer: Viewer?) -> Bool {
        guard chapters.contains(chapter) else { return false }
        guard let viewer else { return open.contains(chapter) }
        return !keepers.contains(chapter) || viewer.may(.viewAudit)
    }

    /// A section by chapter and slug, and what roles read instead.
    public struct Entry: Sendable {
        public let section: String
        public let byRole: [Role: String]

        init(_ section: String, _ byRole: [Role: String] = [:]) {
            self.section = section
            self.byRole = byRole
        }
    }

    /// All calculators of the law are read about together.
    public static func entry(of pattern: String) -> Entry? {
        entries[pattern]
            ?? (Addresses.lies(pattern, under: Addresses.calculators()) ? entries[Addresses.calculators.pattern] : nil)
    }

    /// The section about a page, by its pattern; the guide's first page where none is.
    static func section(of pattern: String, for viewer: Viewer?) -> Address {
        let entry = entry(of: pattern)
        let text = viewer.flatMap { entry?.byRole[$0.role] } ?? entry?.section
        guard let parts = text?.split(separator: "/").map(String.init), parts.count == 2,
            isReadable(parts[0], for: viewer)
        else { return Addresses.guide() }
        return Addresses.guideSection(parts[0], parts[1])
    }
}
