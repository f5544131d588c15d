public import Kernel

// Lists that agencies hand over, and the register that is made of them.
extension Addresses {
    /// Deliveries, the latest first.
    public static let deliveries = FixedPlace("/giao-danh-sach")
    /// What a delivery came to, by its number.
    public static let delivery = Place<Int>("/giao-danh-sach/lan/{number}")
    public static let withdrawDelivery = delivery.form("thu-hoi")
    /// All rows that were returned and wait, or those of one reason, are set aside.
    public static let setAsideReturned = delivery.form("bo-qua")
    /// Returned rows in the sender's layout, the reason beside each.
    public static let returnedFile = delivery.below("tra-lai.xlsx")
    /// One returned row: the delivery's number, the row's place among those returned, from 1.
    public static let returnedRow = Place<Int, Int>("/giao-danh-sach/lan/{number}/tra-lai/{row}")
    public static let openReturnedRow = returnedRow.form("mo")
    public static let setAsideRow = returnedRow.form("bo-qua")
    /// Returned rows of all deliveries.
    public static let returnedRows = FixedPlace("/giao-danh-sach/tra-lai")
    /// Who delivered what for which month.
    public static let deliveryCalendar = FixedPlace("/giao-danh-sach/lich")
    /// A list is handed over.
    public static let sendList = FixedPlace("/giao-danh-sach/nop")
    public static let receiveList = sendList.asForm
    /// A file that waits to be delivered.
    public static let deliveryUpload = Place<RecordID>("/giao-danh-sach/tep/{id}")
    public static let chooseFormat = deliveryUpload.form("loai")
    public static let acceptEncoding = deliveryUpload.form("bang-ma")
    public static let explainColumns = deliveryUpload.form("cot")
    public static let deliverUpload = deliveryUpload.form("giao")
    public static let discardDelivery = deliveryUpload.form("bo")
}

extension QueryKey {
    /// A delivery, by its number.
    public static let delivery = QueryKey("phieu")
    /// Shows the form that explains the columns of a file that could be read without.
    public static let explaining = QueryKey("cot")
}
