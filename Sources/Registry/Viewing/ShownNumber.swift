/// A number of somebody as it is shown: its last digits, until somebody opens it and says what for.
public struct ShownNumber: Sendable, Hashable {
    public let kind: NumberKind
    /// `•••••••••234`, or the whole number where it was opened.
    public let text: String

    init(_ number: PlainNumber, isOpened: Bool) {
        kind = number.kind
        text = isOpened ? number.text : Self.masked(number.text, kind: number.kind)
    }

    /// Enough to tell two apart and to compare with a paper at hand, too little to use it. What employers are known by is
    /// public, but for a household business's code, which is its owner's number.
    static func masked(_ text: String, kind: NumberKind) -> String {
        let shown =
            switch kind {
            case .employerUnit, .namedEmployerUnit: text.count
            case .employerTax, .namedEmployerTax, .employerParentTax: text.count == 12 ? 3 : text.count
            case .phone: 2
            case .personal, .oldPersonal, .socialInsurance, .personTax, .passport, .namedPersonal, .namedOldPersonal: 3
            }
        guard shown < text.count else { return text }
        return String(repeating: "•", count: text.count - shown) + text.suffix(shown)
    }
}

extension NumberKind {
    /// In Vietnamese.
    public var title: String {
        switch self {
        case .personal, .namedPersonal: "Số định danh cá nhân"
        case .oldPersonal, .namedOldPersonal: "Số CMND cũ"
        case .socialInsurance: "Mã số BHXH"
        case .personTax: "Mã số thuế cá nhân (trước 7/2025)"
        case .passport: "Hộ chiếu"
        case .employerTax: "Mã số thuế"
        case .namedEmployerTax: "Mã số thuế nơi làm việc"
        case .employerParentTax: "Mã số thuế của đơn vị chủ quản"
        case .employerUnit: "Mã đơn vị"
        case .namedEmployerUnit: "Mã đơn vị nơi làm việc"
        case .phone: "Điện thoại"
        }
    }
}
