// One of each model, complete: see ``Page/sample``.

extension Frame {
    public static let sample: Frame = {
        var frame = Frame(
            title: "Việc của tôi", plan: "Kế hoạch phát triển người tham gia", person: "Nguyễn Văn An",
            role: "Cán bộ cấp xã", navigation: [.sample], more: [.sample], obstacleLink: "/dia-chi", csrf: "9f86d0",
            notice: "Đã lưu.",
            illustrative: true, assets: "9f86d0")
        frame.refreshes = true
        frame.printed = "15/01/2027"
        frame.searchAddress = "/dia-chi"
        frame.noticeNext = .sample
        frame.helpLink = "/dia-chi"
        frame.tour = Frame.Tour(
            sentences: ["“Việc của tôi” cho biết hôm nay phải làm gì."], action: "/dia-chi", csrf: "9f86d0",
            guide: "/dia-chi")
        frame.clockDoubt = "Ngày giờ của máy chủ đang chờ xác nhận."
        frame.clockPage = "/dia-chi"
        frame.problems = ["Hãy nhập ngày."]
        frame.main = "<p>Nội dung</p>"
        return frame
    }()
}

extension Frame.Link {
    public static let sample = Frame.Link("Số liệu", "/dia-chi", current: true, count: "3", icon: .figures)
}

extension Badge {
    public static let sample = Badge("quá hạn", look: "late")
}

extension Pager {
    public static let sample = Pager(page: 2, pages: 3) { "/dia-chi?trang=\($0)" }
}

extension ChartModel {
    public static let sample = ChartModel(
        svg: "<svg></svg>", caption: "Số người tham gia theo tháng", key: ["Phường An Biên"])
}

extension Fact {
    public static let sample = Fact(label: "Chủ trì", value: "UBND phường An Biên", address: "/dia-chi")
}

extension FormPanel {
    public static let sample = FormPanel(title: "Nộp để duyệt", form: .sample, open: true)
}

extension FormPage {
    public static let sample = FormPage(
        heading: "Đăng nhập", intro: "Phiên làm việc đã kết thúc.", paragraphs: ["Liên kết này chỉ dùng được một lần."],
        form: .sample, picture: "<svg></svg>", secret: "JBSWY3DP", links: [.sample])
}

extension MessagePage {
    public static let sample = MessagePage(
        heading: "Không tìm thấy", message: "Không có trang này.", details: ["Thiếu ngày"], links: [.sample])
}

extension Field.Option {
    public static let sample = Field.Option("an-bien", "Phường An Biên", selected: true)
}

extension Field {
    /// All kinds in one.
    public static let sample: Field = {
        var field = Field(
            "day", "Ngày chốt", kind: .selectSeveral([.sample]), hint: "Ngày/tháng/năm", value: "15/01/2027",
            autocomplete: "off")
        (field.isInput, field.isArea, field.isFile, field.isNumeric, field.isFixed, field.isCheck, field.isTicked) = (
            true, true, true, true, true, true, true
        )
        field.accept = ".pdf"
        return field.placed(in: "nop", errors: ["day": "Hãy nhập ngày."], typed: nil)
    }()
}

extension FormModel.Hidden {
    public static let sample = FormModel.Hidden(name: "_mark", value: "9f86d0")
}

extension FormModel {
    public static let sample = FormModel(
        id: "nop", action: "/dia-chi", fields: [.sample], submit: "Nộp", asks: "Việc trở lại từ đầu.", csrf: "9f86d0",
        mark: "9f86d0", version: 3,
        hidden: [.sample],
        failure: Failure(form: "nop", values: [:], problems: [("day", "Hãy nhập ngày.")]))
}

extension WaitingDeed {
    public static let sample = WaitingDeed(
        words: "Quyết định 05/QĐ-UBND", told: "Nguyễn Thị Lan đề nghị", paper: .sample, note: "Cần người khác",
        confirmForm: .sample, withdrawForm: .sample)
}
