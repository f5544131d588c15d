public import Kernel

/// What sort of thing waits for somebody, in the order in which a day's list shows them: what is late or was sent back, what
/// others wait for, what is due, what is coming.
public enum DayKind: String, Sendable, CaseIterable, Comparable {
    /// A leader's line to the own unit.
    case instruction
    case late, returned
    /// Hand-ins, and requests for more time, that this person decides on.
    case toReview, toExtend
    /// A line of one's own that a unit has answered; one that is late.
    case instructionAnswered, instructionLate
    /// Figures that a unit holds for wrong.
    case contest
    /// Difficulties to sort or answer.
    case obstacle
    /// A proposal that was asked for and not sent.
    case proposal
    /// Figures of a month that have not come.
    case figures
    /// The count of a residential group.
    case groupCount
    /// Agreements and requests for data that wait for this person's unit.
    case exchange
    /// Lists that the unit is to hand over by an agreement.
    case missingData
    case unnumbered
    case failedJob
    /// Work due within the days ahead.
    case due
    /// Work whose day the lead has to set.
    case undated
    /// Work over several years whose yearly checkpoint is near.
    case checkpoint
    /// Nothing to do yet: what an empty list says comes next.
    case coming

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (left: Self, right: Self) -> Bool { left.place < right.place }

    /// In Vietnamese, above the things of the sort.
    public var title: String {
        switch self {
        case .instruction: "Bút phê giao đơn vị bạn"
        case .late: "Quá hạn"
        case .returned: "Bị trả lại"
        case .toReview: "Chờ bạn duyệt"
        case .toExtend: "Xin gia hạn, chờ bạn quyết định"
        case .instructionAnswered: "Bút phê của bạn đã có trả lời"
        case .instructionLate: "Bút phê của bạn quá hạn, chưa có trả lời"
        case .contest: "Đề nghị sửa số liệu, chờ bạn quyết định"
        case .obstacle: "Vướng mắc chờ bạn"
        case .proposal: "Đề xuất chỉ tiêu chưa gửi"
        case .figures: "Số liệu còn thiếu"
        case .groupCount: "Số đang tham gia của tổ"
        case .exchange: "Thỏa thuận, yêu cầu dữ liệu chờ đơn vị bạn"
        case .missingData: "Dữ liệu phải giao theo thỏa thuận"
        case .unnumbered: "Văn bản chưa ghi số"
        case .failedJob: "Việc chạy nền không xong"
        case .due: "Đến hạn trong 45 ngày"
        case .undated: "Cần ấn định thời hạn"
        case .checkpoint: "Sắp đến mốc kiểm tra cuối năm"
        case .coming: "Sắp tới"
        }
    }

    /// What to do with them; empty where the title says it.
    public var hint: String {
        switch self {
        case .instruction: "Làm, rồi trả lời đã làm gì; chưa làm được thì ghi vì sao, đến bao giờ."
        case .late: "Nộp sản phẩm, sửa theo ý kiến trả lại, hoặc xin gia hạn."
        case .returned: "Sửa theo ý kiến rồi nộp lại."
        case .toReview: "Xem sản phẩm, chấp nhận hoặc trả lại."
        case .instructionAnswered: "Đọc trả lời, đóng hoặc trả lại làm tiếp."
        case .contest: "So hai số, xem căn cứ rồi chấp nhận hoặc không."
        case .figures: "Nạp tệp số liệu của tháng khi có."
        case .exchange: "Đọc nội dung rồi đồng ý, ký hoặc trả lời."
        case .missingData: "Giao tệp ở “Giao danh sách”; hệ thống tự đối chiếu với thỏa thuận."
        case .unnumbered: "Ghi số, ngày và đính bản ký khi văn bản đã ký."
        case .failedJob: "Xem lý do, rồi chạy lại hoặc báo quản trị."
        case .undated: "Kế hoạch để đơn vị chủ trì tự định ngày (hỏi vào tháng 1 hằng năm)."
        case .checkpoint: "Việc kéo dài nhiều năm."
        case .toExtend, .instructionLate, .obstacle, .proposal, .groupCount, .due, .coming: ""
        }
    }
}

/// One thing that waits for somebody.
public struct DayItem: Sendable, Equatable {
    public let kind: DayKind
    /// Its page leads to what there is to do.
    public let subject: Subject
    /// In Vietnamese, on one line.
    public let title: String
    /// More of it: period, who leads, since when; empty for nothing.
    public let detail: String
    /// What was said to it, to be read first: the reason of a return; nil for nothing.
    public let note: String?
    /// The day by which it is to be done; nil for as soon as possible.
    public let due: Day?

    public init(
        _ kind: DayKind, _ subject: Subject, _ title: String, detail: String = "", note: String? = nil, due: Day? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.title = title
        self.detail = detail
        self.note = note
        self.due = due
    }

    /// In words, from a day: “trễ 3 ngày”, “còn 5 ngày”; empty without a day.
    public func distance(from today: Day) -> String {
        guard let due else { return "" }
        let days = today.days(to: due)
        return days < 0 ? "trễ \(-days) ngày" : days == 0 ? "hạn hôm nay" : "còn \(days) ngày"
    }

    /// On one line, as letters, texts for Zalo and calendars have it.
    public var sentence: String {
        title + (detail.isEmpty ? "" : " (\(detail))") + (due.map { ", hạn \($0.vietnamese)" } ?? "")
    }
}
