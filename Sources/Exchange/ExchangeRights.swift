public import Access

extension RightArea {
    /// Lists that agencies hand over, and what became of them.
    public static let exchange = RightArea(
        "Giao nhận dữ liệu",
        [
            .readDeliveries, .readAllDeliveries, .deliverLists, .deliverForOthers, .withdrawDeliveries,
            .openReturnedRows, .openAllReturnedRows, .settleReturnedRows, .settleAllReturnedRows,
            .readDeliveryCalendar,
        ])
}
