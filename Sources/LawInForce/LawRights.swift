public import Access

extension RightArea {
    /// The law's parameters.
    public static let law = RightArea("Tham số pháp luật", [.keepLegislation])
}
