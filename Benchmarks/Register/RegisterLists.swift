import Foundation
import Kernel
import Tabular

/// Lists of participants as long as wanted, always the same: fifteen columns of D09-TS.
struct RegisterLists {
    let communes: [String]

    private static let headings = [
        "STT", "Họ và tên", "Mã số BHXH", "Ngày sinh", "Giới tính", "Số CCCD", "Điện thoại", "Địa chỉ", "Xã",
        "Nơi đăng ký KCB", "Chức vụ", "Tiền lương đóng BHXH", "Mã đơn vị", "Tên đơn vị", "Tháng",
    ]
    private static let surnames = [
        "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    ]
    private static let middles = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Hữu", "Thanh", "Quang", "Thu", "Xuân", "Hồng"]
    private static let given = [
        "Anh", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hiếu", "Hoa", "Hương", "Khánh", "Lan", "Linh",
        "Long",
        "Mai", "Nam", "Nga", "Ngân", "Phong", "Phúc", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Thủy", "Trang", "Tuấn",
        "Yến",
    ]
    private static let streets = [
        "Lạch Tray", "Tô Hiệu", "Trần Phú", "Điện Biên Phủ", "Lê Lợi", "Cầu Đất", "Hai Bà Trưng",
    ]

    /// Writes a text; its rows without the heading go to another file for the sqlite3 shell.
    func writeText(_ rows: Int, to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        var text = Self.headings.joined(separator: ",") + "\n"
        for row in 1...rows {
            text += cells(row).joined(separator: ",") + "\n"
            guard text.utf8.count > 1 << 20 || row == rows else { continue }
            try file.write(contentsOf: Data(text.utf8))
            text = ""
        }
        try file.close()
    }

    func writeWorkbook(_ rows: Int, to path: String) throws {
        var sheet: [[SheetCell]] = [Self.headings.map { .text($0) }]
        sheet.reserveCapacity(rows + 1)
        for row in 1...rows { sheet.append(cells(row).map { .text($0) }) }
        try Data(try XLSXWriter.bytes(of: [Sheet(name: "Danh sách", rows: sheet)])).write(
            to: URL(fileURLWithPath: path))
    }

    private func cells(_ row: Int) -> [String] {
        var random = SplitMix(state: UInt64(row))
        func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        func one(_ list: [String]) -> String { list[below(list.count)] }
        func digits(_ number: Int, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
        }
        let (year, month, day, isWoman) = (1_964 + below(42), 1 + below(12), 1 + below(28), below(2) == 0)
        // Each number once: steps that share no factor with the range.
        let century = (year >= 2_000 ? 2 : 0) + (isWoman ? 1 : 0)
        let unit = below(20_000)
        return [
            String(row), "\(one(Self.surnames)) \(one(Self.middles)) \(one(Self.middles)) \(one(Self.given))",
            "31\(digits(row * 104_729 % 100_000_000, 8))", "\(digits(day, 2))/\(digits(month, 2))/\(year)",
            isWoman ? "Nữ" : "Nam", "031\(century)\(digits(year % 100, 2))\(digits(row * 7_919 % 1_000_000, 6))",
            "09\(digits(below(100_000_000), 8))", "Số \(below(300)) đường \(one(Self.streets)) tổ \(below(40))",
            one(communes), "31\(digits(below(60), 3))", "Công nhân", String(5_310_000 + below(200) * 50_000),
            "TA\(digits(unit, 5))Z", "Công ty TNHH \(Self.given[unit % 30]) \(unit)", "09/2026",
        ]
    }
}
