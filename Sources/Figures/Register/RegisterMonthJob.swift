import Database
public import Jobs
import Kernel

extension JobName<NoParameters> {
    /// The daily deed that takes the register's counts of the months that it is in charge of.
    public static let takingRegisterMonths = JobName("figures.register-months")
}

extension FigureService {
    var takingRegisterMonths: JobKind {
        JobKind(.takingRegisterMonths, title: "Lấy số liệu tháng từ sổ đăng ký", right: nil) { _, _ in
            let months = try await refreshRegisterMonths()
            return JobResult(
                months.isEmpty
                    ? "Không tháng nào đổi."
                    : "Đã lấy lại số liệu của tháng \(months.map(\.vietnamese).joined(separator: ", ")).")
        }
    }
}
