public import Components

/// What is told once after something was done; its mark stands in the address.
public enum Acknowledgement: String, Sendable, CaseIterable {
    case saved = "luu"
    case submitted = "nop"
    case withdrawn = "rut"
    case accepted = "duyet"
    case returned = "tra"
    case extensionAsked = "gia-han"
    case extensionDecided = "quyet-dinh"
    case obstacleSent = "gui"
    case workOpened = "mo"
    case accountChanged = "khoa"
    case figuresAccepted = "nhan-so-lieu"
    case uploadDiscarded = "bo-tep"
    case batchWithdrawn = "thu-hoi"
    case contested = "de-nghi"
    case contestDecided = "quyet-dinh-so-lieu"
    case passwordChanged = "mat-khau"
    case passwordWeak = "doi-mat-khau"
    case rebalanced = "can-bang"
    case undone = "hoan-tac"
    case proposalsCalled = "keu-goi"
    case proposed = "de-xuat"
    case targetsDecided = "quyet-dinh-chi-tieu"
    case paperWaits = "van-ban-cho-so"
    case issued = "ban-hanh"
    case paperEnded = "thu-hoi-van-ban"
    case decisionEnded = "thu-hoi-quyet-dinh"
    case awaitsSecond = "cho-xac-nhan"
    case proposalWithdrawn = "rut-de-nghi"
    case valueKept = "gia-tri-luat"
    case valueDropped = "bo-gia-tri-luat"
    case valueWithdrawn = "thu-hoi-gia-tri"
    case unitsLoaded = "don-vi-truc-thuoc"
    case obstaclesMerged = "gop"
    case obstacleAssigned = "giao"
    case obstacleAnswered = "tra-loi"
    case erasureProposed = "de-nghi-huy"
    case erasureWithdrawn = "bo-de-nghi-huy"
    case erased = "huy"

    var words: String {
        switch self {
        case .saved: "Đã lưu."
        case .submitted: "Đã nộp. Việc đang chờ cơ quan cấp trên duyệt."
        case .withdrawn: "Đã rút lại để sửa."
        case .accepted: "Đã chấp nhận."
        case .returned: "Đã trả lại kèm lý do."
        case .extensionAsked: "Đã gửi đề nghị gia hạn."
        case .extensionDecided: "Đã ghi quyết định về gia hạn."
        case .obstacleSent: "Đã gửi. Cảm ơn bạn đã phản ánh."
        case .workOpened: "Đã mở việc đột xuất."
        case .accountChanged: "Đã cập nhật tài khoản."
        case .figuresAccepted: "Đã nhận số liệu."
        case .uploadDiscarded: "Đã bỏ tệp; không có gì được nhận."
        case .batchWithdrawn: "Đã thu hồi lô số liệu."
        case .contested: "Đã gửi đề nghị sửa; cả hai số được hiển thị cho đến khi có quyết định."
        case .contestDecided: "Đã ghi quyết định về số liệu."
        case .passwordChanged: "Đã đổi mật khẩu; các phiên khác đã kết thúc."
        case .passwordWeak:
            "Mật khẩu của bạn ngắn hoặc dễ đoán hơn mức yêu cầu hiện nay. Hãy đổi ở cuối trang này rồi tiếp tục công việc."
        case .rebalanced: "Đã cân bằng lại; tổng không đổi."
        case .undone: "Đã hoàn tác lần sửa cuối."
        case .proposalsCalled: "Đã đề nghị các đơn vị gửi đề xuất."
        case .proposed: "Đã gửi đề xuất."
        case .targetsDecided: "Đã ghi quyết định; số liệu đã khóa và trở thành chỉ tiêu trên mọi trang."
        case .paperWaits:
            "Đã ghi quyết định; số liệu đã khóa và trở thành chỉ tiêu. Văn bản đã soạn chưa ban hành (cần hai người, số đã dùng, hoặc số của văn bản khác bàn phân bổ): hãy mở trang của văn bản."
        case .issued: "Đã ghi số, ngày ban hành."
        case .paperEnded: "Đã ghi thu hồi, thay thế; văn bản không còn hiệu lực."
        case .decisionEnded:
            "Đã ghi thu hồi, thay thế. Chỉ tiêu theo văn bản này không còn hiệu lực; xem phương án và chỉ tiêu hiện nay ở bàn phân bổ."
        case .awaitsSecond: "Đã ghi đề nghị; có hiệu lực khi người thứ hai xác nhận."
        case .proposalWithdrawn: "Đã bỏ đề nghị; không có gì thay đổi."
        case .valueKept: "Đã lưu giá trị; mọi phép tính dùng giá trị này từ bây giờ."
        case .valueDropped: "Đã bỏ; không có gì thay đổi."
        case .valueWithdrawn: "Đã thu hồi giá trị; giá trị trước đó có hiệu lực lại."
        case .unitsLoaded: "Đã lưu danh sách đơn vị; việc của các đơn vị đã được cập nhật."
        case .obstaclesMerged: "Đã gộp vướng mắc."
        case .obstacleAssigned: "Đã giao trả lời."
        case .erasureProposed: "Đã đề nghị; chờ một người khác xác nhận."
        case .erasureWithdrawn: "Đã bỏ đề nghị; tệp vẫn còn."
        case .erased: "Đã huỷ tệp và lập biên bản."
        case .obstacleAnswered: "Đã trả lời; nội dung trở thành hướng dẫn chung."
        }
    }
}

extension Address {
    /// The page of this address with a word of what was done.
    public func telling(_ done: Acknowledgement) -> Address { with(.done, done.rawValue) }
}
