import Components
import Kernel
import Legislation

/// What is paid back of a payment for several months that ends early.
extension Portal {
    func refundPage(_ given: Typed, _ today: Day) -> Answer {
        let before = Month(of: today).adding(months: -6)
        let fields = [
            Field("muc", "Mức thu nhập đã chọn để đóng, mỗi tháng", hint: "Ví dụ 3.000.000"),
            Field(
                "nghitu", "Thôi tham gia từ tháng",
                hint: "Ví dụ \(Month(of: today).vietnamese): tháng đầu không còn đóng"),
            Field("thang", "Khoản đã đóng bắt đầu từ tháng", hint: "Ví dụ \(before.vietnamese)"),
            Field(
                "cachdong", "Đã đóng theo cách",
                kind: .select(
                    [VoluntaryCadence.twelveMonths, .sixMonths, .threeMonths, .ahead].map {
                        .init($0.rawValue, $0.words.prefix(1).uppercased() + $0.words.dropFirst())
                    })),
            Field("nam", "Đóng cho bao nhiêu năm về sau", kind: .code, hint: "Từ 2 đến 5 năm", required: false),
            Field(
                "ngaydong", "Ngày đã đóng", hint: "Khi đóng cho nhiều năm về sau; để trống: đầu tháng bắt đầu",
                required: false),
            Self.supportGroup, Self.specialZone,
            Field(
                "dahotro", "Đã được Nhà nước hỗ trợ bao nhiêu tháng trước khoản này", kind: .code, value: "0",
                required: false),
        ]
        return calculator(.refund, fields, given, today) { typed in
            let income = typed.dong("muc", "mức thu nhập đã chọn")
            if typed["nghitu"].isEmpty { typed.refuse("nghitu", "Hãy nhập tháng thôi tham gia") }
            if typed["thang"].isEmpty { typed.refuse("thang", "Hãy nhập tháng bắt đầu của khoản đã đóng") }
            let (start, ended) = (
                typed.month("thang", "Tháng bắt đầu đóng"), typed.month("nghitu", "Thôi tham gia từ tháng")
            )
            let years = typed.count("nam", "Số năm", in: 2...5)
            let paid = typed.day("ngaydong", "Ngày đã đóng")
            let supported = typed.count("dahotro", "Số tháng đã được hỗ trợ", in: 0...600, or: 0)
            let cadence = VoluntaryCadence(rawValue: typed["cachdong"]) ?? .twelveMonths
            let group = SupportGroup(rawValue: typed["doituong"]) ?? .other
            guard let income, let start, let ended,
                let answer = ask(
                    "voluntary-refund",
                    [
                        "income": income, "cadence": cadence.rawValue, "start": start.description,
                        "endedFrom": ended.description, "years": years, "paidOn": paid?.description,
                        "group": group.rawValue, "specialZone": typed.isYes("dackhu"), "monthsSupported": supported,
                    ],
                    from: [
                        "income": "muc", "start": "thang", "endedFrom": "nghitu", "years": "nam", "paidOn": "ngaydong",
                        "monthsSupported": "dahotro", "cadence": "cachdong",
                    ], &typed)
            else { return nil }
            var result = LawPage.Result(
                "Được hoàn trả \((answer.dong("refund") ?? .zero).vietnamese)", of: answer,
                about:
                    "\(group.words), mức \(Dong(income).vietnamese), đóng \(cadence.words) từ tháng \(start.vietnamese), thôi từ tháng \(ended.vietnamese)",
                figures: [
                    .init(label: "tháng đã đóng mà chưa dùng", value: "\(answer.count("monthsLeft") ?? 0)"),
                    .init(
                        label: "đã đóng cho các tháng đó", value: answer.dong("paidForMonthsLeft")?.vietnamese ?? "–"),
                    .init(
                        label: "phần hỗ trợ, không hoàn cho người tham gia",
                        value: answer.dong("supportOfMonthsLeft")?.vietnamese ?? "–"),
                ])
            if let months = answer.count("supportMonthsReturned"), months > 0 {
                result.remarks = ["\(months) tháng hỗ trợ chưa dùng được tính lại vào số tháng còn được hỗ trợ."]
            }
            return result
        }
    }

    static let supportGroup = Field(
        "doituong", "Hộ gia đình",
        kind: .select([
            .init("other", "Không thuộc các diện dưới đây"), .init("poor", "Hộ nghèo"),
            .init("near-poor", "Hộ cận nghèo"), .init("ethnic-minority", "Người dân tộc thiểu số"),
        ]))

    static let specialZone = Field(
        "dackhu", "Sống ở xã đảo hoặc đặc khu",
        kind: .select([.init("khong", "Không"), .init(Field.yes, "Có (đặc khu Cát Hải, Bạch Long Vĩ…)")]))
}
