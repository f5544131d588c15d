public import Access

extension RightArea {
    /// The outbox.
    public static let notices = RightArea("Thông báo, nhắc việc", [.viewOutbox])
}
