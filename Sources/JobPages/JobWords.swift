import Components
import Jobs
import Kernel

/// How a job stands, in the words of officers.
extension Job {
    func badge(at now: Timestamp) -> Badge {
        switch state {
        case .queued where notBefore > now: Badge("Chờ đến \(notBefore.vietnamese)", look: "plain")
        case .queued: Badge("Chờ đến lượt", look: "plain")
        case .running where cancelWantedAt != nil: Badge("Đang dừng", look: "returned")
        case .running: Badge("Đang chạy", look: "open")
        case .done: Badge("Đã xong", look: "accepted")
        case .failed: Badge("Không làm được", look: "late")
        case .cancelled: Badge("Đã huỷ", look: "plain")
        }
    }

    /// `40 trong 114 (35 %)`; nil before anything is done.
    var share: String? {
        guard progress.done > 0 || progress.total != nil else { return nil }
        guard let total = progress.total else { return VietnameseText.grouped(progress.done) }
        let percent = progress.percent.map { " (\($0) %)" } ?? ""
        return "\(VietnameseText.grouped(progress.done)) trong \(VietnameseText.grouped(total))\(percent)"
    }

    /// `còn khoảng 3 phút`; nil while nothing can be said.
    func timeLeft(at now: Timestamp) -> String? {
        guard let seconds = secondsLeft(at: now) else { return nil }
        switch seconds {
        case ..<60: return "còn dưới một phút"
        case ..<5_400: return "còn khoảng \((seconds + 30) / 60) phút"
        default: return "còn khoảng \((seconds + 1_800) / 3_600) giờ"
        }
    }
}
