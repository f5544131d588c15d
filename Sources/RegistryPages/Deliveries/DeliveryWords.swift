import Components
import Exchange
import Formats
import Kernel

/// How a delivery stands, in the words of officers.
extension Delivery {
    var badge: Badge {
        switch state {
        case .arriving, .receiving: Badge("Đang nhận", look: "open")
        case .inForce: Badge("Có hiệu lực", look: "accepted")
        case .leaving: Badge("Đang thu hồi", look: "returned")
        case .replaced: Badge("Đã được thay", look: "plain")
        case .withdrawn: Badge("Đã thu hồi", look: "plain")
        case .refused: Badge("Không nhận được", look: "late")
        case .destroyed: Badge("Đã huỷ dữ liệu gốc", look: "plain")
        }
    }

    /// What the state means for what the list says.
    var meaning: String {
        switch state {
        case .arriving: "Tệp đang được đưa vào; chưa dòng nào được đọc."
        case .receiving: "Các dòng đang được đọc và lưu. Khi đủ cả tệp, danh sách mới được tính đến."
        case .inForce: "Danh sách đang được dùng: người và đơn vị trong sổ đăng ký lấy theo các dòng đã nhận."
        case .leaving: "Danh sách đang được rút khỏi sổ đăng ký cùng mọi kết quả suy ra từ nó."
        case .replaced: "Một lần giao sau đã thay danh sách này; các dòng còn lưu để đối chiếu nhưng không được dùng."
        case .withdrawn: "Danh sách đã rút khỏi sổ đăng ký như chưa từng giao; phiếu này còn lại để đối chiếu."
        case .refused: "Không dòng nào của tệp nhận được nên không có gì được lưu. Hãy sửa tệp rồi giao lại."
        case .destroyed:
            "Hết thời hạn lưu: các dòng đã huỷ theo thỏa thuận hoặc yêu cầu, có biên bản; phiếu này còn lại để đối chiếu."
        }
    }

    /// Order of the states in a list.
    var rank: Int {
        switch state {
        case .arriving, .receiving: 0
        case .leaving: 1
        case .refused: 2
        case .inForce: 3
        case .replaced: 4
        case .withdrawn, .destroyed: 5
        }
    }
}

/// Counts with their words, the greatest first.
enum CountWords {
    static func of<Kind: RawRepresentable<String>>(
        _ counts: [String: Int], _ words: (Kind) -> String
    ) -> [(label: String, count: Int)] {
        counts.filter { $0.value > 0 }.map { (Kind(rawValue: $0.key).map(words) ?? $0.key, $0.value) }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }
}

extension DeliveryCounts.Stage {
    var words: String {
        switch self {
        case .arrive: "đưa tệp vào"
        case .read: "đọc, kiểm tra"
        case .seal: "niêm phong số định danh"
        case .store: "lưu, ghép"
        case .replace: "thay lần giao trước"
        case .link: "đối chiếu theo mô hình"
        case .derive: "lập lại người, đơn vị"
        }
    }
}
