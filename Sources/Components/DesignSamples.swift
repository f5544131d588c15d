import Charts
import Kernel

// What the design page shows: each component as it is used, made by the same models and templates as everywhere. Samples, in
// contrast, fill every field of a model at once (``Page/sample``).

private let nowhere = Addresses.design().text

extension Badge {
    /// One of each look.
    public static let examples: [Badge] = [
        ("Quá hạn", "late"), ("Bị trả lại", "returned"), ("Chờ duyệt", "submitted"), ("Được gia hạn", "extended"),
        ("Hoàn thành", "accepted"), ("Đã trả lời", "answered"), ("Đang làm", "open"), ("Mới", "new"),
        ("Đã giao", "assigned"), ("Chưa đến hạn", "not-due"), ("Trước khi dùng hệ thống", "before-use"),
        ("Đã gộp", "merged"), ("Thường", "plain"), ("Chậm nhiều", "far-behind"), ("Chậm", "behind"),
        ("Đúng kỳ vọng", "on-course"), ("Vượt", "ahead"), ("Vượt nhiều", "far-ahead"), ("Chưa có số liệu", "unknown"),
    ].map { Badge($0.0, look: $0.1) }
}

extension Field {
    /// One of each kind; the second is wrong.
    public static let examples: [Field] = [
        Field("chu", "Chữ", hint: "Gợi ý nói điều cần biết trước khi nhập", value: "Phường An Biên"),
        Field("ngay", "Chữ, nhập sai", value: "31/02/2027"),
        Field("thu", "Thư điện tử", kind: .email, required: false),
        Field("ma", "Mã số", kind: .code, value: "123456", autocomplete: "off"),
        Field("mat-khau", "Mật khẩu", kind: .password, autocomplete: "off"),
        Field("co-dinh", "Không sửa được", kind: .fixed, value: "UBND phường An Biên"),
        Field("doan", "Nhiều dòng", kind: .area, value: "Lý do trả lại"),
        Field("chon", "Chọn một", kind: .select([.init("1", "Bắt buộc"), .init("2", "Tự nguyện", selected: true)])),
        Field("chon-nhieu", "Chọn nhiều", kind: .selectSeveral([.sample, .init("le-chan", "Phường Lê Chân")])),
        Field("tep", "Tệp", kind: .file(.signedCopy), required: false),
        Field("danh-dau", "Đánh dấu", kind: .check, value: "co"),
        Field("danh-dau-san", "Đánh dấu sẵn", kind: .ticked, value: "co"),
    ]
}

extension FormModel {
    /// A form that was refused, with a field of each kind.
    public static func example(csrf: String) -> FormModel {
        FormModel(
            id: "mau", action: nowhere, fields: Field.examples, submit: "Lưu", csrf: csrf, mark: "mau",
            failure: Failure(
                form: "mau", values: Dictionary(uniqueKeysWithValues: Field.examples.map { ($0.name, $0.value) }),
                problems: [("ngay", "Tháng 02/2027 không có ngày 31.")]))
    }

    static func exampleButton(_ id: String, _ submit: String, look: String, csrf: String) -> FormModel {
        FormModel(id: "mau-\(id)", action: nowhere, submit: submit, look: look, csrf: csrf, mark: "mau")
    }
}

extension FormPanel {
    public static func example(csrf: String) -> FormPanel {
        FormPanel(
            title: "Phần gấp lại, mở khi cần",
            form: .exampleButton("thu-hoi", "Thu hồi", look: "warning", csrf: csrf), open: false)
    }
}

extension WaitingDeed {
    public static func example(csrf: String) -> WaitingDeed {
        WaitingDeed(
            words: "Quyết định 05/QĐ-UBND",
            told: "Nguyễn Thị Lan đề nghị lúc 09:30 ngày 15/01/2027; chờ đến 22/01/2027",
            paper: Frame.Link("Bản đã ký", Addresses.design()), note: "Cần một người khác xác nhận.",
            confirmForm: .exampleButton("xac-nhan", "Xác nhận", look: "primary", csrf: csrf),
            withdrawForm: .exampleButton("rut", "Rút đề nghị", look: "secondary", csrf: csrf))
    }
}

extension FormPage {
    public static func example(csrf: String) -> FormPage {
        FormPage(
            heading: "Trang có một biểu mẫu", intro: "Một câu nói trang này để làm gì.",
            paragraphs: ["Điều cần biết trước khi nhập."], form: .example(csrf: csrf),
            links: [Frame.Link("Về trang thiết kế", Addresses.design())])
    }
}

extension MessagePage {
    public static let example = MessagePage(
        heading: "Trang nói một điều", message: "Điều đã xảy ra, và bạn làm gì tiếp.", details: ["Chi tiết thứ nhất"],
        links: [Frame.Link("Về trang thiết kế", Addresses.design())])
}

extension Pager {
    public static let example = Pager(page: 2, pages: 3) { _ in nowhere }
}

/// A row of the design page's table.
public struct ExampleRow: Sendable {
    let name: String
    let state: Badge
    let people: Int

    public static let all = [
        ExampleRow(name: "Phường An Biên", state: Badge("Quá hạn", look: "late"), people: 12_034),
        ExampleRow(name: "Phường Lê Chân", state: Badge("Hoàn thành", look: "accepted"), people: 9_871),
        ExampleRow(name: "Xã Cát Hải", state: Badge("Đang làm", look: "open"), people: 640),
    ]

    public static let table = ListTable<ExampleRow>(
        "thiet-ke", "Bảng mẫu",
        columns: [
            TableColumn("don-vi", "Đơn vị", cell: { TableCell($0.name, link: Addresses.design(), badge: $0.state) }) {
                .text($0.name)
            },
            TableColumn("so", "Số người", number: true) { .number($0.people) },
        ])
}
