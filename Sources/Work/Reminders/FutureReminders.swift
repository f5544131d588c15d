public import Database
public import Kernel

extension ReminderService {
    /// Forgets reminders that a clock that ran ahead noted as written: they would silence those of the days until then.
    /// - Returns: how many were forgotten.
    public static func forgetFuture(after today: Day, on connection: any SQLConnection) throws -> Int {
        let reminders = try connection.execute("DELETE FROM reminder WHERE day > ?", today)
        return reminders + (try connection.execute("DELETE FROM reminder_run WHERE day > ?", today))
    }
}
