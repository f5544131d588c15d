import Components
import Kernel
import Legislation

/// Cases to try a calculator with, of invented people; dates go with today, so that they never grow old.
extension Portal {
    func typicalCases(_ subject: Subject, today: Day) -> [Frame.Link] {
        switch subject {
        case .voluntary: voluntaryCases(today)
        case .refund: refundCases(today)
        case .compulsory: compulsoryCases
        case .coverage: coverageCases
        case .contracts: contractCases(today)
        case .household: householdCases
        case .retirement: retirementCases
        case .pension: pensionCases
        case .withoutPension: withoutPensionCases(today)
        case .lumpSum: lumpSumCases
        case .maternity: maternityCases
        case .late: lateCases(today)
        case .fine: fineCases(today)
        case .clock: clockCases(today)
        case .parameters: []
        }
    }

    func link(_ subject: Subject, _ words: String, _ typed: [(String, String)]) -> Frame.Link {
        let address = typed.reduce(subject.place()) { $0.with(QueryKey($1.0), $1.1) }
        return Frame.Link(words, address.at("ket-qua"))
    }

    private func voluntaryCases(_ today: Day) -> [Frame.Link] {
        let terms = try? VoluntaryTerms(table, on: Month(of: today).firstDay)
        let least = terms.map { VietnameseText.grouped($0.leastIncome.amount) } ?? "3.000.000"
        func born(_ age: Int) -> (String, String) { ("ngaysinh", "\(today.year - age)") }
        return [
            link(
                .voluntary, "Chị bán hàng 40 tuổi, mức thấp nhất", [born(40), ("gioitinh", "nu"), ("muc", least)]),
            link(
                .voluntary, "Anh thợ xây 47 tuổi, đã đóng 5 năm, mức 4 triệu đồng",
                [born(47), ("gioitinh", "nam"), ("muc", "4.000.000"), ("dadong", "60")]),
            link(
                .voluntary, "Chị 35 tuổi, hộ cận nghèo",
                [born(35), ("gioitinh", "nu"), ("muc", least), ("doituong", SupportGroup.nearPoor.rawValue)]),
            link(
                .voluntary, "Anh 30 tuổi sống ở đặc khu",
                [born(30), ("gioitinh", "nam"), ("muc", least), ("dackhu", "co")]),
        ]
    }

    private var compulsoryCases: [Frame.Link] {
        [
            link(
                .compulsory, "Công nhân lương 8 triệu đồng",
                [("luong", "8.000.000"), ("nhom", "employee"), ("vung", "I")]),
            link(
                .compulsory, "Kỹ sư lương 60 triệu đồng, quá mức trần",
                [("luong", "60.000.000"), ("nhom", "employee"), ("vung", "I")]),
            link(
                .compulsory, "Chủ hộ kinh doanh chọn mức 5 triệu đồng",
                [("luong", "5.000.000"), ("nhom", "household-owner")]),
            link(
                .compulsory, "Nghỉ không lương 15 ngày làm việc trong tháng",
                [("luong", "8.000.000"), ("nhom", "employee"), ("vung", "I"), ("nghi", "15")]),
            link(
                .compulsory, "Nghỉ không lương cả tháng, hai bên thỏa thuận vẫn đóng",
                [("luong", "8.000.000"), ("vung", "I"), ("nghi", "22"), ("thoathuan", "co"), ("cancu", "8.000.000")]),
            link(.compulsory, "Binh sĩ năm thứ ba", [("nhom", "conscript"), ("namphucvu", "3")]),
            link(
                .compulsory, "Người hoạt động không chuyên trách ở xã",
                [("nhom", "commune-staff"), ("luong", "2.530.000")]),
        ]
    }

    private func lateCases(_ today: Day) -> [Frame.Link] {
        let month = Month(of: today)
        func owed(_ months: Int) -> (String, String) { ("thang", month.adding(months: -months).vietnamese) }
        let deadline = month.adding(months: -5).lastDay
        return [
            link(.late, "Nợ 100 triệu đồng của ba tháng trước", [("sotien", "100.000.000"), owed(3)]),
            link(
                .late, "Nợ của sáu tháng trước, đã được đôn đốc",
                [("sotien", "100.000.000"), owed(6), ("dondoc", deadline.adding(days: 10).vietnamese)]),
            link(
                .late, "Chưa đăng ký cho người vào làm bốn tháng trước",
                [
                    ("sotien", "12.000.000"), ("loai", LatePayment.Kind.unregistered.rawValue),
                    ("tungay", month.adding(months: -4).firstDay.vietnamese),
                ]),
        ]
    }

    private var retirementCases: [Frame.Link] {
        [
            link(.retirement, "Nam sinh 15/03/1965", [("ngaysinh", "15/03/1965"), ("gioitinh", "nam")]),
            link(.retirement, "Nữ sinh 20/10/1972", [("ngaysinh", "20/10/1972"), ("gioitinh", "nu")]),
            link(.retirement, "Nữ, chỉ nhớ năm sinh 1980", [("ngaysinh", "1980"), ("gioitinh", "nu")]),
            link(
                .retirement, "Nữ sinh 20/08/1971, đóng tự nguyện 20 năm từ năm 2008",
                [("ngaysinh", "20/08/1971"), ("gioitinh", "nu"), ("tunguyen", "1/2008"), ("thangtunguyen", "240")]),
        ]
    }
}
