public import Database
public import Kernel

extension AccessService {
    /// How long the mark of a form is remembered: whoever sends a form twice does so within days.
    public static let receiptDays = 30

    /// Forgets marks of forms that were sent long ago. Part of the caller's transaction.
    /// - Returns: how many.
    @Sendable public static func forgetReceipts(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        try connection.execute(
            """
            DELETE FROM form_receipt WHERE token IN (SELECT token FROM form_receipt WHERE at < ? ORDER BY at LIMIT ?)
            """, now.adding(seconds: Int64(-receiptDays) * 86_400), limit)
    }
}
