import Formats
public import Kernel

/// The states of a unit that form B03a-TS tells apart (Decision 366/QĐ-BHXH, columns 38 to 48). The values are stored.
public enum UnitStatus: String, Sendable, CaseIterable {
    case operating, paused
    case fundSuspended = "fund-suspended"
    case late, bankrupt
    case inBankruptcy = "in-bankruptcy"
    case dissolving
    case notAtAddress = "not-at-address"
    case certificateWithdrawn = "certificate-withdrawn"
    case noRepresentative = "no-representative"
    case dissolved

    /// In Vietnamese.
    public var words: String {
        switch self {
        case .operating: "đang hoạt động"
        case .paused: "tạm ngừng hoạt động"
        case .fundSuspended: "tạm dừng đóng quỹ hưu trí, tử tuất"
        case .late: "chậm đóng, chưa đến mức trốn đóng"
        case .bankrupt: "phá sản"
        case .inBankruptcy: "đang làm thủ tục phá sản"
        case .dissolving: "đang làm thủ tục giải thể"
        case .notAtAddress: "không hoạt động tại địa chỉ đăng ký"
        case .certificateWithdrawn: "bị thu hồi giấy chứng nhận đăng ký"
        case .noRepresentative: "không có người đại diện theo pháp luật"
        case .dissolved: "đã giải thể"
        }
    }
}

/// What words on employers mean.
public struct EmployerRules: Sendable {
    private let blocks: [(words: String, block: Block)]
    private let statuses: [(words: String, status: UnitStatus)]

    init() throws {
        blocks = try RuleLine.all(of: "blocks", columns: ["words", "block", "reason"]).map { line in
            guard let block = Int(line.cells[1]).flatMap({ Block(rawValue: $0) }) else {
                throw line.fault("“\(line.cells[1])” is no block of form B16a-TS")
            }
            return (line.cells[0], block)
        }
        statuses = try RuleLine.all(of: "statuses", columns: ["words", "status", "reason"]).map { line in
            guard let status = UnitStatus(rawValue: line.cells[1]) else {
                throw line.fault("“\(line.cells[1])” is no state of form B03a-TS")
            }
            return (line.cells[0], status)
        }
    }

    /// The block that a kind of unit belongs to; nil where no rule says.
    public func block(of kind: String) -> Block? {
        let words = VietnameseWords(kind)
        return blocks.first { words.has($0.words) }?.block
    }

    /// The state that a register's words mean; nil where no rule says.
    public func status(of words: String) -> UnitStatus? {
        let words = VietnameseWords(words)
        return statuses.first { words.has($0.words) }?.status
    }
}
