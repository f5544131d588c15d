import Kernel
import Province
import Tabular
import TestSupport
import Testing

@testable import Figures

/// The forms of Decision 366/QĐ-BHXH as offices send them.
@Suite
struct MovementReaderTests {
    static let reader = MovementReader(
        directory: HaiPhong.directory,
        offices: [
            AgencyUnitCode("bhxh-co-so:thuy-nguyen").map {
                AgencyUnit(code: $0, name: "BHXH cơ sở Thủy Nguyên", kind: "", communes: [])
            }
        ].compactMap(\.self), province: HaiPhong.province)

    static func read(
        _ lines: [String], name: String = "bieu.csv", month: Month? = nil, place: MovementPlace = .province
    ) throws -> MovementReading {
        try reader.read(
            try TableFile(Array(lines.joined(separator: "\n").utf8)), fileName: name,
            in: .init(today: HaiPhong.today, month: month, place: place))
    }

    /// `10507 joined voluntary 12`
    static func words(_ reading: MovementReading) -> [String] {
        reading.movements.map { movement in
            let key = movement.key
            return [
                key.place.key, key.measure.rawValue, key.scheme?.rawValue ?? "-", key.block.map { "\($0.rawValue)" },
                "\(movement.value)",
            ].compactMap(\.self).joined(separator: " ")
        }
    }

    @Test
    func `a table of flows by commune and office is read under its two rows of heading`() throws {
        let reading = try Self.read([
            "Biến động người tham gia tháng 09/2026;;;;",
            "Mã xã;Đơn vị;BHXH tự nguyện;;",
            ";;Tăng mới;Tham gia trở lại;Dừng tham gia",
            "10507;;12;3;1.004",
            ";BHXH cơ sở Thủy Nguyên;5;0;2",
            ";Cộng;17;3;1.006",
        ])
        #expect(reading.month == .known(2026, 9))
        #expect(
            Self.words(reading) == [
                "10507 joined voluntary 12", "10507 returned voluntary 3", "10507 stopped voluntary 1004",
                "unit:bhxh-co-so:thuy-nguyen joined voluntary 5", "unit:bhxh-co-so:thuy-nguyen returned voluntary 0",
                "unit:bhxh-co-so:thuy-nguyen stopped voluntary 2",
            ])
        #expect(reading.acceptedRows == 2 && reading.errors == [] && reading.warnings == [])
        #expect(reading.skipped.map(\.row) == [6])
    }

    @Test
    func `a row with an error is left out whole, the others stand, a wrong sum is told`() throws {
        let reading = try Self.read(
            [
                "Mã xã;Đơn vị;Tăng mới bắt buộc;Dừng đóng bắt buộc", "10507;;12;-3", "10525;;7;1", ";Nơi không có;1;1",
            ], month: .known(2026, 9))
        #expect(Self.words(reading) == ["10525 joined compulsory 7", "10525 stopped compulsory 1"])
        #expect(reading.rejectedRows == 2 && reading.acceptedRows == 1)
        #expect(reading.errors.map(\.row) == [2, 4])
    }

    @Test
    func `labour force and uninsured people are of no scheme`() throws {
        let reading = try Self.read([
            "Lực lượng lao động tháng 08/2026;;;",
            "Mã xã;Đơn vị;Lực lượng lao động trong độ tuổi;Số người chưa tham gia BHXH;Tỷ lệ bao phủ",
            "10507;;21.400;9.120;57", ";thành phố Hải Phòng;2.400.000;1.150.000;52",
        ])
        #expect(
            Self.words(reading) == [
                "* labourForce - 2400000", "* uninsured - 1150000", "10507 labourForce - 21400",
                "10507 uninsured - 9120",
            ])
        #expect(reading.errors == [] && reading.ignoredColumns == ["Tỷ lệ bao phủ"])
    }

    @Test
    func `the plan of collection stands beside late money, the year's sum does not`() throws {
        let reading = try Self.read([
            "Số thu, chậm đóng tháng 08/2026 (đơn vị tính: triệu đồng)",
            "STT;Tỉnh/TP;Số thu;;;Số tiền chậm đóng;", ";;Số KH;Lũy kế;Trong tháng;NSNN;Chậm đóng tính lãi",
            "1;Hải Phòng;28.900.000;19.000.000;2.400.000;0;1.275.000",
        ])
        #expect(
            Self.words(reading) == [
                "* lateWithInterest - 1275000000000", "* collectionPlan - 28900000000000",
            ])
    }

    @Test
    func `without a scheme people are of nobody, without a month of no time`() throws {
        let reading = try Self.read(["Mã xã;Đơn vị;Tăng mới", "10507;;12"], month: .known(2026, 9))
        #expect(reading.movements == [] && reading.errors.first?.message.contains("bắt buộc hay tự nguyện") == true)
        #expect(throws: FigureFileError.self) { try Self.read(["Mã xã;Đơn vị;Tăng mới tự nguyện", "10507;;12"]) }
        #expect(throws: FigureFileError.self) {
            try Self.read(["Tháng 08/2026", "Mã xã;Đơn vị;Tăng mới tự nguyện", "10507;;12"], month: .known(2026, 9))
        }
    }

    @Test
    func `form B16a gives the blocks with those who could take part, and leaves health insurance alone`() throws {
        let reading = try Self.read([
            "Biểu B16a-TS tháng 10/2026",
            "STT;Chỉ tiêu;Chỉ tiêu được giao;Số người phải phát triển trong tháng;Số đối tượng tiềm năng;;Số người tham gia trong tháng;Ghi chú",
            ";;;;Số đơn vị;Số người;;",
            "A;B;1;2;3;4;5;12",
            "A;BHXH bắt buộc;0;100;900;4.000;1.050.000;",
            "1;Doanh nghiệp nhà nước;0;10;5;100;90.000;",
            "2;Doanh nghiệp có vốn đầu tư nước ngoài;0;20;6;200;400.000;",
            "B;BHXH tự nguyện;0;70;;9.000;98.000;",
            "C;BHYT;0;1;2;3;4;",
            "I;Do người lao động và người sử dụng lao động đóng;0;1;2;3;4;",
        ])
        #expect(reading.form == .b16a && reading.month == .known(2026, 10))
        #expect(
            Self.words(reading).filter { $0.contains("potentialPeople") } == [
                "* potentialPeople compulsory 4000", "* potentialPeople compulsory 1 100",
                "* potentialPeople compulsory 2 200", "* potentialPeople voluntary 9000",
            ])
        #expect(Self.words(reading).contains("* participants compulsory 2 400000"))
        #expect(!Self.words(reading).contains { $0.hasSuffix(" 4") })
        #expect(reading.errors == [])
    }

    @Test
    func `form B06 is read by its codes where the words agree`() throws {
        func lines(
            _ voluntary: String, label: String = "2.1. Số người", unit: String = "triệu đồng"
        ) -> [String] {
            var lines = ["Biểu B06a-TS, tháng 10 năm 2026", "Nội dung;Mã số;Đơn vị tính;Trong tháng;Lũy kế"]
            for code in 1...85 {
                let text =
                    switch code {
                    case 5: "1.1. Số người"
                    case 9: label
                    case 17: "- Số người trong phương thức đóng đã đóng"
                    case 18: "- Số người trong phương thức đóng nhưng chưa đóng"
                    case 19: "- Số người đóng 1 lần cho nhiều năm về sau"
                    case 56: "TRONG ĐÓ SỐ TIỀN CHẬM ĐÓNG, TRỐN ĐÓNG:"
                    case 82: "1. Số người tham gia BHXH bắt buộc dừng đóng trong năm chưa tham gia lại"
                    case 83: "2. Số người tham gia BHXH tự nguyện dừng đóng trong năm chưa tham gia lại"
                    default: "Dòng số \(code) của biểu"
                    }
                let value =
                    switch code {
                    case 5: "1050000"
                    case 9: voluntary
                    case 17: "90000"
                    case 18: "5000"
                    case 19: "3000"
                    case 56: "1234,5"
                    default: "\(code)"
                    }
                lines.append(
                    "\(text);\(code < 10 ? "0" : "")\(code);\(code == 56 ? unit : "x");\(value);\(code * 10)")
            }
            return lines
        }
        let reading = try Self.read(lines("98000"))
        #expect(reading.form == .b06)
        #expect(
            Self.words(reading) == [
                "* late - 1234500000", "* participants compulsory 1050000", "* stoppedOpen compulsory 82",
                "* participants voluntary 98000", "* stoppedOpen voluntary 83", "* paid voluntary 90000",
                "* due voluntary 5000", "* ahead voluntary 3000",
            ])
        #expect(reading.warnings == [] && reading.errors == [])
        #expect(try Self.read(lines("98001")).warnings.count == 1)
        let unknown = try Self.read(lines("98000", unit: "x"))
        #expect(unknown.errors.count == 1 && !Self.words(unknown).contains { $0.contains("late") })
        // Numbers of rows look like codes.
        let numbered = try Self.read(
            lines("98000").enumerated().map { "\($0 < 2 ? ["", "STT"][$0] : "\($0 - 1)");\($1)" })
        #expect(Self.words(numbered) == Self.words(reading))
        let other = try Self.read(lines("98000", label: "Tổng số tiền"))
        #expect(other.errors.count == 1 && !Self.words(other).contains("* participants voluntary 98000"))
    }

    @Test
    func `form B15 is added up over the organisations, or not at all`() throws {
        let heading = [
            "Biểu B15b-UQ tháng 09/2026",
            "TT;Tên đơn vị;BHXH tự nguyện;BHXH tự nguyện;BHXH tự nguyện;BHYT tự đóng;BHYT tự đóng",
            ";;Chỉ tiêu cam kết;Số thực hiện trong tháng;Số thực hiện trong tháng;Số thực hiện trong tháng;Số thực hiện trong tháng",
            ";;Tăng mới;Tăng mới;Tiếp tục tham gia;Tăng mới;Tiếp tục tham gia",
        ]
        let reading = try Self.read(heading + ["1;Bưu điện;900;30;200;7;8", "2;PVI;500;12;100;7;8"])
        #expect(reading.form == .b15)
        #expect(Self.words(reading) == ["* joined-organisations voluntary 42", "* continued voluntary 300"])
        let broken = try Self.read(heading + ["1;Bưu điện;900;30;200;7;8", "2;PVI;500;mười;100;7;8"])
        #expect(broken.movements == [] && broken.errors.count == 2)
        let summed = try Self.read(
            heading + [
                "1;Bưu điện;900;30;200;7;8", ";Tổng cộng (I+II);900;30;200;7;8", ";Cộng hệ thống Bưu điện;9;3;2;7;8",
            ])
        #expect(Self.words(summed) == ["* joined-organisations voluntary 30", "* continued voluntary 200"])
        let grouped = try Self.read(heading + ["I;Bưu điện;900;30;200;7;8", "1;Điểm thu 1;900;30;200;7;8"])
        #expect(grouped.movements == [] && grouped.errors.first?.message.contains("dòng nhóm") == true)
    }

    @Test
    func `form C21b counts who stopped by commune, and money needs its unit`() throws {
        let stopped = try Self.read([
            "Biểu C21b-TS: người dừng tham gia, chưa tham gia lại, tháng 09/2026",
            "STT;Mã đơn vị;Tên đơn vị;BHXH bắt buộc;BHXH tự nguyện;BHYT;BHTN", "1;10507;;40;7;1;2",
        ])
        #expect(stopped.form == .c21b)
        #expect(Self.words(stopped) == ["10507 stoppedOpen compulsory 40", "10507 stoppedOpen voluntary 7"])
        let heading = "STT;Tên đơn vị;Chậm đóng tính lãi"
        let rows = ["1;BHXH cơ sở Thủy Nguyên;12,5"]
        let unknown = try Self.read([heading] + rows, month: .known(2026, 9))
        #expect(unknown.movements == [] && unknown.errors.first?.message.contains("đơn vị tính") == true)
        let known = try Self.read(["Đơn vị tính: triệu đồng", heading] + rows, month: .known(2026, 9))
        #expect(Self.words(known) == ["unit:bhxh-co-so:thuy-nguyen lateWithInterest - 12500000"])
    }

    @Test
    func `sums of the year are no month's, an account that does not come out is told, empty tables are refused`() throws
    {
        let year = try? Self.read(
            ["Mã xã;Đơn vị;Tăng mới tự nguyện từ đầu năm", "10507;;12"], month: .known(2026, 9))
        #expect(year == nil)
        let account = try Self.read(
            [
                "Mã xã;Đơn vị;Đầu tháng tự nguyện;Tăng mới tự nguyện;Dừng tham gia tự nguyện;Cuối tháng tự nguyện",
                "10507;;900;11;5;2000", "10525;;900;11;5;906",
            ], month: .known(2026, 9))
        #expect(account.warnings.map(\.row) == [2] && account.movements.count == 8)
        #expect(throws: FigureFileError.self) {
            try Self.read(["Mã xã;Đơn vị;Tăng mới tự nguyện", ";;"], month: .known(2026, 9))
        }
    }

    @Test
    func `a number stated twice with two values is not taken`() throws {
        let reading = try Self.read(
            ["Mã xã;Đơn vị;Tăng mới tự nguyện", "10507;;12", "10507;;13", "10525;;1", "10525;;1"],
            month: .known(2026, 9))
        #expect(Self.words(reading) == ["10525 joined voluntary 1"])
        #expect(reading.errors.count == 1 && reading.rejectedRows == 2 && reading.acceptedRows == 2)
    }
}
