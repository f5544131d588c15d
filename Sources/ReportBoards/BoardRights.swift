public import Access

extension RightArea {
    /// Boards on which reports are assembled.
    public static let boards = RightArea(
        "Bảng tổng hợp báo cáo", [.assembleReports, .writeReportParts, .readReportBoards])
}
