public import Kernel

// Boards on which reports are assembled.
extension Addresses {
    public static let boards = FixedPlace("/bang-tong-hop")
    public static let openBoard = boards.form("mo")
    public static let board = Place<RecordID>("/bang-tong-hop/{id}")
    public static let setBoardDays = board.form("thoi-han")
    public static let lockBoard = board.form("khoa")
    public static let unlockBoard = board.form("mo-khoa")
    public static let remindBoard = board.form("nhac")
    /// A section with what agencies write in it.
    public static let boardSection = Place<RecordID, String>("/bang-tong-hop/{id}/muc/{section}")
    public static let askForText = boardSection.form("giao")
    public static let releasePart = boardSection.form("bo")
    public static let writePart = boardSection.form("viet")
    public static let returnPart = boardSection.form("tra-lai")
    public static let commentPart = boardSection.form("y-kien")
}
