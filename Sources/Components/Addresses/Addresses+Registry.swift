import Kernel

// Lists that agencies hand over, and the register that is made of them.
extension Addresses {
    /// Deliveries, the latest first.
    public static let deliveries = FixedPlace("/giao-danh-sach")
    /// What a delivery came to, by its number.
    public static let delivery = Place<Int>("/giao-danh-sach/lan/{number}")
}
