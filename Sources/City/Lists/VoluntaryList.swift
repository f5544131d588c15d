import Formats
import Kernel

/// Who paid into the voluntary scheme in a month: D05-TS of Decision 366/QĐ-BHXH from May 2026 on, before that the twenty columns
/// of Decision 490/2023.
struct VoluntaryList: CityList {
    let month: Month
    let sender = "bhxh-thanh-pho"
    let form = ListForm.text(separator: ";", isDecomposed: false)
    var period: String { month.description }

    init(period: Month) { month = period }

    private var isNew: Bool { month.year > 2026 || month.year == 2026 && month.month >= 5 }
    var key: String { isNew ? "d05-ts" : "d05-ts-490" }

    private static let columns = [
        "STT", "Họ và tên", "Mã số BHXH", "Ngày/ tháng/ năm sinh", "Từ tháng/ năm", "Số tháng",
        "Mức thu nhập tháng đóng BHXH", "Số tiền phải đóng theo quy định", "Người tham gia đóng",
        "Tỷ lệ NSNN hỗ trợ theo quy định (%)", "NSNN hỗ trợ thêm - Tỷ lệ (%)", "NSNN hỗ trợ thêm - Số tiền",
        "Hỗ trợ khác - Tỷ lệ (%)", "Hỗ trợ khác - Số tiền", "Hình thức nhận kết quả", "Loại tăng, giảm, điều chỉnh",
        "Ghi chú",
    ].map { ListHead.Column($0) }
    private static let formerColumns = [
        "STT", "Họ và tên", "Mã số BHXH", "Số CCCD/ĐDCN/hộ chiếu", "Địa chỉ", "Ngày biên lai", "Số biên lai",
        "Mức thu nhập tháng đóng BHXH", "Số tháng", "Từ tháng", "Số tiền phải đóng", "Người tham gia đóng",
        "NSNN hỗ trợ - Tỷ lệ (%)", "NSNN hỗ trợ - Số tiền", "NSĐP hỗ trợ - Tỷ lệ (%)", "NSĐP hỗ trợ - Số tiền",
        "Hỗ trợ khác - Tỷ lệ (%)", "Hỗ trợ khác - Số tiền", "Mã nhân viên thu", "Ghi chú",
    ].map { ListHead.Column($0) }

    /// Months paid for at once, by person.
    static func cadence(_ spell: Spell, _ city: City) -> Int {
        var draws = Draws(city.plan.seed, .details, Int(spell.person), 5)
        let lot = draws.unit()
        return lot < 0.18 ? 1 : lot < 0.34 ? 3 : lot < 0.52 ? 6 : 12
    }

    func write(_ city: City, into list: ListWriter) throws {
        let time = city.plan.time(of: month)
        try list.begin(
            "",
            ListHead(
                city.titles(
                    "Bảo hiểm xã hội thành phố", "Danh sách người tham gia BHXH tự nguyện (D05-TS)",
                    "Tháng \(month.vietnamese)"), isNew ? Self.columns : Self.formerColumns))
        for (place, spell) in city.participation.spells.enumerated() where spell.isVoluntary && spell.covers(time) {
            let cadence = Self.cadence(spell, city)
            let since = time - Int(spell.from)
            guard since % cadence == 0 else { continue }
            try add(place, spell, cadence, since == 0, city, list)
        }
    }

    private func add(
        _ place: Int, _ spell: Spell, _ cadence: Int, _ isFirst: Bool, _ city: City, _ list: ListWriter
    ) throws {
        let person = Int(spell.person)
        let time = city.plan.time(of: month)
        var draws = Draws(city.plan.seed, .dirt, place, 20 + time)
        let written = WrittenPerson(person, city, list, &draws, time: time)
        let law = city.plan.law
        let home = city.people.place(of: person, at: time)
        let rate = city.plan.places[home].kind == .special ? law.islandSupport : law.support
        let due = Int((Double(cadence) * Double(spell.base) * 1_000 * law.voluntary / 100).rounded())
        let state = Int(
            (Double(cadence) * Double(law.voluntaryFloor) * law.voluntary / 100 * rate / 100).rounded())
        let (base, own, percent) = (Int(spell.base) * 1_000, due - state, Int(rate))
        let row: [ListCell]
        if isNew {
            let change =
                isFirst ? spell.beginning == .returned ? "Tham gia lại" : "Tham gia lần đầu" : "Tiếp tục tham gia"
            row = [
                .count(list.nextNumber()), .text(written.name), .text(written.codeOrIdentity(&draws)), written.birth,
                .text(month.vietnamese), .count(cadence), .money(base), .money(due), .money(own), .count(percent),
                .empty, .empty, .empty, .empty, .text(draws.chance(0.6) ? "Điện tử" : "Giấy"), .text(change), .empty,
            ]
        } else {
            let day = month.firstDay.adding(days: draws.below(25))
            row = [
                .count(list.nextNumber()), .text(written.name), .text(written.insuranceCode), .text(written.identity),
                .text(written.address), .day(day), .text(digits(draws.below(10_000_000), 7)), .money(base),
                .count(cadence), .text(month.vietnamese), .money(due), .money(own), .count(percent), .money(state),
                .empty, .empty, .empty, .empty, .text("NVT\(digits(1 + draws.below(900), 4))"), .empty,
            ]
        }
        try list.add(row, .voluntaryPayment, city.key(person: person), &draws)
    }
}
