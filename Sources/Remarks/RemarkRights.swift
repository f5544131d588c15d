public import Access
public import Notices

extension Right {
    public static let writeRemarks = Right(
        "remarks.write", "Góp ý kiến về việc, số liệu, văn bản; trả lời bút phê giao đơn vị mình")
    public static let instruct = Right("remarks.instruct", "Ghi bút phê giao đơn vị; đóng hoặc trả lại")
    public static let readAllRemarks = Right("remarks.read-all", "Xem ý kiến, bút phê về mọi đơn vị")
}

extension RightArea {
    /// Remarks, and what leaders ask for in them.
    public static let remarks = RightArea("Ý kiến, bút phê", [.writeRemarks, .instruct, .readAllRemarks])
}

extension NoticeArea {
    /// Remarks, and what leaders ask for in them.
    public static let remarks = NoticeArea(
        "Ý kiến, bút phê",
        [
            .instructionGiven, .instructionReturned, .instructionAnswered, .instructionEnded, .unitMentioned,
            .remarkAnswered,
        ])
}
