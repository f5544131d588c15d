import Components
import Kernel
import Legislation

// Cases of who takes part, of benefits, fines and deadlines.
extension Portal {
    var coverageCases: [Frame.Link] {
        [
            link(
                .coverage, "Chị bán hàng, hộ kinh doanh không đăng ký",
                [("ngaysinh", "1986"), ("viec", "household-unregistered")]),
            link(
                .coverage, "Chủ hộ kinh doanh doanh thu 1,2 tỷ đồng",
                [("ngaysinh", "1985"), ("gioitinh", "nam"), ("viec", "household-owner"), ("doanhthu", "1.200.000.000")]),
            link(
                .coverage, "Công chức ký thêm một hợp đồng lao động",
                [("ngaysinh", "1988"), ("viec", "official"), ("viechai", "contract")]),
            link(
                .coverage, "Không chuyên trách ở xã, làm thêm không trọn thời gian",
                [("ngaysinh", "1990"), ("viec", "commune-staff"), ("viechai", "part-time"), ("luong", "3.000.000")]),
            link(
                .coverage, "Công nhân đang tạm hoãn hợp đồng",
                [("ngaysinh", "1992"), ("viec", "contract"), ("hoan", "khongdong")]),
        ]
    }

    func refundCases(_ today: Day) -> [Frame.Link] {
        let month = Month(of: today)
        func since(_ months: Int) -> (String, String) { ("thang", month.adding(months: -months).vietnamese) }
        let now = ("nghitu", month.vietnamese)
        return [
            link(
                .refund, "Đóng 12 tháng, nửa năm sau sang đóng bắt buộc",
                [("muc", "3.000.000"), now, since(6), ("cachdong", "12-months")]),
            link(
                .refund, "Đóng 6 tháng, hộ cận nghèo, dùng được 2 tháng",
                [("muc", "3.000.000"), now, since(2), ("cachdong", "6-months"), ("doituong", "near-poor")]),
            link(
                .refund, "Đóng 3 tháng, thôi ngay tháng đầu",
                [("muc", "5.000.000"), now, since(0), ("cachdong", "3-months")]),
        ]
    }

    func contractCases(_ today: Day) -> [Frame.Link] {
        func signed(_ years: Int) -> String { Day(year: today.year - years, month: 3, day: 1)?.vietnamese ?? "" }
        return [
            link(
                .contracts, "Hai nơi, 8 và 6 triệu đồng",
                [("luong1", "8.000.000"), ("ngay1", signed(3)), ("luong2", "6.000.000"), ("ngay2", signed(1))]),
            link(
                .contracts, "Nơi đầu tiên đang tạm hoãn hợp đồng",
                [
                    ("luong1", "8.000.000"), ("ngay1", signed(3)), ("hoan1", "co"), ("luong2", "6.000.000"),
                    ("ngay2", signed(1)),
                ]),
            link(
                .contracts, "Ba nơi, ký nơi thứ ba trước",
                [
                    ("luong1", "8.000.000"), ("ngay1", signed(3)), ("luong2", "6.000.000"), ("ngay2", signed(2)),
                    ("luong3", "60.000.000"), ("ngay3", signed(4)),
                ]),
        ]
    }

    var householdCases: [Frame.Link] {
        [
            link(.household, "Hộ một người", [("nguoi", "1")]),
            link(.household, "Hộ bốn người, cả năm", [("nguoi", "4"), ("kydong", "12")]),
            link(.household, "Hộ sáu người, sáu tháng", [("nguoi", "6"), ("kydong", "6")]),
        ]
    }

    var pensionCases: [Frame.Link] {
        [
            link(
                .pension, "Nữ đóng 25 năm 4 tháng, bình quân 7 triệu đồng",
                [("dadong", "304"), ("binhquan", "7.000.000"), ("gioitinh", "nu")]),
            link(
                .pension, "Nam đóng 38 năm: có trợ cấp một lần",
                [("dadong", "456"), ("binhquan", "9.000.000"), ("gioitinh", "nam")]),
            link(
                .pension, "Nam nghỉ sớm 2 năm, suy giảm 61 %",
                [("dadong", "300"), ("binhquan", "8.000.000"), ("gioitinh", "nam"), ("som", "24"), ("suygiam", "61")]),
            link(
                .pension, "Nữ còn thiếu 4 tháng cho đủ 15 năm",
                [("dadong", "176"), ("binhquan", "5.000.000"), ("gioitinh", "nu"), ("cancu", "6.000.000")]),
        ]
    }

    func withoutPensionCases(_ today: Day) -> [Frame.Link] {
        func born(_ age: Int) -> String { "\(today.year - age)" }
        return [
            link(.withoutPension, "Cụ bà 76 tuổi chưa đóng BHXH", [("ngaysinh", born(76)), ("gioitinh", "nu")]),
            link(
                .withoutPension, "Cụ ông 78 tuổi đang hưởng 300.000 đồng",
                [("ngaysinh", born(78)), ("gioitinh", "nam"), ("danghuong", "300.000")]),
            link(
                .withoutPension, "Ông 63 tuổi đã đóng 8 năm, cơ quan BHXH tính 60 triệu đồng",
                [("ngaysinh", born(63)), ("gioitinh", "nam"), ("dadong", "96"), ("tong", "60.000.000")]),
        ]
    }

    var lumpSumCases: [Frame.Link] {
        [
            link(
                .lumpSum, "Đóng 6 năm 3 tháng từ năm 2014, ra nước ngoài định cư",
                [("tu2014", "75"), ("binhquan", "5.000.000"), ("lydo", "abroad")]),
            link(
                .lumpSum, "Đóng từ năm 2010, nghỉ đóng 14 tháng",
                [
                    ("tu2014", "100"), ("truoc2014", "40"), ("binhquan", "5.500.000"), ("lydo", "out"),
                    ("tudau", "9/2010"), ("nghi", "14"),
                ]),
            link(
                .lumpSum, "Đóng lần đầu năm 2026, muốn rút vì nghỉ đóng",
                [("tu2014", "8"), ("binhquan", "5.000.000"), ("lydo", "out"), ("tudau", "1/2026"), ("nghi", "12")]),
        ]
    }

    var maternityCases: [Frame.Link] {
        [
            link(.maternity, "Sinh một con, đã đóng 8 tháng", [("con", "1"), ("thangdong", "8")]),
            link(.maternity, "Sinh đôi", [("con", "2"), ("thangdong", "12")]),
            link(
                .maternity, "Thai 24 tuần chết trong tử cung",
                [("con", "0"), ("thangdong", "10"), ("thai", "1"), ("tuan", "24")]),
            link(
                .maternity, "Cũng đủ điều kiện thai sản bắt buộc",
                [("con", "1"), ("thangdong", "6"), ("batbuoc", "co")]),
        ]
    }

    func fineCases(_ today: Day) -> [Frame.Link] {
        let now = today.adding(days: -10).vietnamese
        return [
            link(
                .fine, "Doanh nghiệp chậm đóng 120 triệu đồng",
                [("hanhvi", "late-unpaid"), ("ngay", now), ("doituong", "organisation"), ("sotien", "120.000.000")]),
            link(
                .fine, "Doanh nghiệp không đăng ký cho 12 người",
                [("hanhvi", "evasion-unregistered"), ("ngay", now), ("doituong", "organisation"), ("nguoi", "12")]),
            link(
                .fine, "Trốn đóng 60 triệu đồng trước ngày 10/09/2026",
                [
                    ("hanhvi", "evasion-unpaid"), ("ngay", "01/06/2026"), ("doituong", "organisation"),
                    ("sotien", "60.000.000"), ("thang", "7"), ("daphat", "co"),
                ]),
            link(
                .fine, "Bắt đầu từ 01/06/2026 và còn kéo dài",
                [
                    ("hanhvi", "evasion-unpaid"), ("ngay", "01/06/2026"), ("den", "30/09/2026"),
                    ("doituong", "organisation"), ("sotien", "60.000.000"),
                ]),
            link(
                .fine, "Cầm cố hai sổ BHXH",
                [("hanhvi", "book-trading"), ("ngay", now), ("doituong", "individual"), ("so", "2")]),
        ]
    }

    func clockCases(_ today: Day) -> [Frame.Link] {
        [
            ("registration", "Đăng ký cho người vào làm hôm nay"), ("payment-monthly", "Đóng cho tháng này"),
            ("book-issue", "Cấp sổ, nhận đủ hồ sơ hôm nay"),
            ("denunciation-resolution", "Giải quyết tố cáo thụ lý hôm nay"),
        ].map { link(.clock, $0.1, [("thoihan", $0.0), ("ngay", today.vietnamese)]) }
    }
}
