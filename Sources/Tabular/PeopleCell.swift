import Kernel

/// A number of people as a cell gives it.
public enum PeopleCell: Sendable, Equatable {
    case people(Int)
    /// Read from a text with dots, spaces or the like; `note` says how.
    case repaired(Int, note: String)
    case missing
    /// What is wrong and what to do, in Vietnamese.
    case wrong(String)

    public init(_ cell: Cell) {
        switch cell {
        case .empty: self = .missing
        case .number(let number): self = Self.number(number)
        case .text(let text): self = Self.text(text)
        case .day(let day):
            self = .wrong(
                "ô đang có định dạng ngày tháng (\(day.vietnamese)); hãy đổi định dạng ô thành Số rồi nhập lại số người"
            )
        case .percent: self = .wrong("là tỷ lệ phần trăm, không phải số người; hãy nhập số người")
        case .truth: self = .wrong("không phải số người; hãy nhập số nguyên")
        case .failed(let error): self = .wrong("công thức bị lỗi \(error); hãy sửa công thức hoặc dán giá trị")
        case .uncomputed:
            self = .wrong(
                "công thức chưa có kết quả trong tệp; hãy mở bằng Excel, lưu lại, hoặc dán giá trị (Paste Values)")
        }
    }

    /// More people than any province has: a figure beyond it is a slip.
    public static let most = 50_000_000

    private static func number(_ number: Double) -> PeopleCell {
        let number = Cell.asShown(number)
        guard number >= 0 else { return .wrong("số âm; số người tham gia không thể âm, hãy kiểm tra lại") }
        guard number == number.rounded() else { return .wrong("không phải số nguyên; số người phải là số nguyên") }
        guard number <= Double(most) else { return .wrong("lớn bất thường; hãy kiểm tra lại đơn vị tính (người)") }
        return .people(Int(number))
    }

    private static func text(_ raw: String) -> PeopleCell {
        if let plain = Int(raw), plain >= 0, plain <= most, raw.utf8.allSatisfy({ (48...57).contains($0) }) {
            return .people(plain)
        }
        var text = VietnameseText.tidy(raw.filter { $0 != "'" })
        for unit in ["người", "nguoi"] where text.lowercased().hasSuffix(unit) { text.removeLast(unit.count) }
        text = VietnameseText.tidy(text)
        if text.isEmpty { return .missing }
        if text.hasPrefix("="), text.count > 1 { return .wrong("là công thức viết dạng chữ; hãy dán giá trị") }
        if ["-", "–", "—", "…", "...", "x", "X"].contains(text) {
            return .wrong("ký hiệu “\(raw)” không rõ là 0 hay chưa có số liệu; hãy ghi số 0 hoặc để trống")
        }
        let digits = text.filter(\.isNumber)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return .wrong("là chữ, không phải số người; hãy nhập số nguyên hoặc để trống nếu chưa có số liệu")
        }
        if text.hasPrefix("-") || text.hasPrefix("(") {
            return .wrong("số âm; số người tham gia không thể âm, hãy kiểm tra lại")
        }
        if text.hasSuffix("%") { return .wrong("là tỷ lệ phần trăm, không phải số người; hãy nhập số người") }
        guard text.allSatisfy({ $0.isNumber || $0 == "." || $0 == "," || $0 == " " }) else {
            return .wrong("có chữ lẫn trong số; hãy nhập riêng số nguyên")
        }
        // Past the fifteenth digit: what sums of fractions leave behind, written by a program.
        if let long = WrittenNumber(text, expecting: .fraction), long.decimals.count > 8, let value = long.double,
            Cell.asShown(value) == value.rounded(), value.rounded() <= Double(most)
        {
            return .repaired(Int(value.rounded()), note: "đọc là \(VietnameseText.grouped(Int(value.rounded())))")
        }
        guard let number = WrittenNumber(text), number.decimals.allSatisfy({ $0 == "0" }) else {
            return .wrong(
                "không phải số nguyên (có phần thập phân hoặc dấu chấm sai chỗ); số người phải là số nguyên, ví dụ 12.156"
            )
        }
        guard let value = number.whole, value <= most else {
            return .wrong("lớn bất thường; hãy kiểm tra lại đơn vị tính (người)")
        }
        return .repaired(value, note: "đọc là \(VietnameseText.grouped(value))")
    }
}
