public import Kernel

// Notices and the outbox.
extension Addresses {
    public static let notices = FixedPlace("/thong-bao")
    /// Opens what the notice is about, and so marks it as read.
    public static let notice = Place<RecordID>("/thong-bao/{id}")
    public static let readNotice = Place<RecordID>("/thong-bao/{id}/da-doc").form(on: notices)
    public static let readAllNotices = notices.form("da-doc-het")
    public static let chooseLetters = notices.form("thu")
    public static let outbox = FixedPlace("/nhac-viec")
}
