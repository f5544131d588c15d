/// The blocks by which form B16a-TS groups compulsory participants (Decision 366/QĐ-BHXH of 2026-04-29); the raw value is
/// the block's number on the form.
public enum Block: Int, Sendable, CaseIterable, Hashable, Comparable {
    case stateEnterprise = 1
    case foreignEnterprise
    case privateEnterprise
    case householdBusinessOwner
    case unpaidManager
    case nonPublicUnit
    case cooperative
    case association
    case standingMilitia
    case administration
    case other

    public var title: String {
        switch self {
        case .stateEnterprise: "Doanh nghiệp nhà nước"
        case .foreignEnterprise: "Doanh nghiệp có vốn đầu tư nước ngoài"
        case .privateEnterprise: "Doanh nghiệp ngoài nhà nước"
        case .householdBusinessOwner: "Chủ hộ kinh doanh"
        case .unpaidManager: "Người quản lý không hưởng lương"
        case .nonPublicUnit: "Đơn vị ngoài công lập"
        case .cooperative: "Hợp tác xã"
        case .association: "Hội nghề nghiệp, tổ hợp tác"
        case .standingMilitia: "Dân quân thường trực"
        case .administration: "Hành chính, Đảng, đoàn thể, cấp xã"
        case .other: "Khác"
        }
    }

    /// Whether the block is of enterprises: their share tells industrial communes from others.
    public var isEnterprise: Bool {
        switch self {
        case .stateEnterprise, .foreignEnterprise, .privateEnterprise: true
        default: false
        }
    }

    public static func < (left: Block, right: Block) -> Bool { left.rawValue < right.rawValue }

    /// The block that a heading or a cell names, in the ways files write it; nil for anything else.
    public static func named(_ text: String) -> Block? {
        let folded = VietnameseWords(text)
        if let number = Int(folded.text), let block = Block(rawValue: number) { return block }
        // The narrower names first: each contains words of a wider one.
        if folded.has("nuoc ngoai") || folded.has("fdi") || folded.has("dtnn") { return .foreignEnterprise }
        if folded.has("ngoai nha nuoc") || folded.has("ngoai quoc doanh") || folded.has("nqd") || folded.has("tu nhan")
        {
            return .privateEnterprise
        }
        if folded.has("nha nuoc") { return .stateEnterprise }
        if folded.has("ho kinh doanh") || folded.has("hkd") || folded.has("chu ho") { return .householdBusinessOwner }
        if folded.has("khong huong luong") || folded.has("khong huong tien luong") { return .unpaidManager }
        if folded.has("ngoai cong lap") { return .nonPublicUnit }
        if folded.has("to hop tac") || folded.has("hoi nghe nghiep") || folded.has("hiep hoi") { return .association }
        if folded.has("hop tac xa") || folded.has("htx") { return .cooperative }
        if folded.has("dan quan") { return .standingMilitia }
        if folded.has("hcsn") || folded.has("hanh chinh") || folded.has("doan the") || folded.has("hc dang") {
            return .administration
        }
        if folded.text == "khac" || folded.has("khoi khac") || folded.has("doi tuong khac") { return .other }
        return nil
    }
}
