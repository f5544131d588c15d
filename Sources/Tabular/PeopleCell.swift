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
        var text = VietnameseText.tidy(raw.filter { $0 != "'" && $0 != "\u{200B}" && $0 != "\u{FEFF}" })
        for unit in ["người", "nguoi"] where text.lowercased().hasSuffix(unit) { text.removeLast(unit.count) }
        // Spaces within a number part its thousands, as dots do.
        text = VietnameseText.tidy(text).replacing(" ", with: ".")
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
        guard text.allSatisfy({ $0.isNumber || $0 == "." || $0 == "," }) else {
            return .wrong("có chữ lẫn trong số; hãy nhập riêng số nguyên")
        }
        guard let value = grouped(text) else {
            return .wrong(
                "không phải số nguyên (có phần thập phân hoặc dấu chấm sai chỗ); số người phải là số nguyên, ví dụ 12.156"
            )
        }
        guard value <= most else { return .wrong("lớn bất thường; hãy kiểm tra lại đơn vị tính (người)") }
        return .repaired(value, note: "đọc là \(VietnameseText.grouped(value))")
    }

    /// A whole number with thousands parted by one kind of sign: `12.156`, `1,234,567`; also `12156,0`. Nil otherwise.
    private static func grouped(_ text: String) -> Int? {
        for (thousands, decimal) in [(".", ","), (",", ".")] as [(Character, Character)] {
            var whole = text[...]
            if let mark = text.firstIndex(of: decimal) {
                guard text[text.index(after: mark)...].allSatisfy({ $0 == "0" }),
                    text.filter({ $0 == decimal }).count == 1,
                    // `12,000` groups thousands; a fraction of three zeros would be the same text.
                    text[text.index(after: mark)...].count != 3
                else { continue }
                whole = text[..<mark]
            }
            let parts = whole.split(separator: thousands, omittingEmptySubsequences: false)
            let first = parts.first?.count ?? 0
            let isGrouped =
                (1...3).contains(first) && parts.first?.first != "0" && parts.dropFirst().allSatisfy { $0.count == 3 }
            if parts.count == 1 ? first > 0 : isGrouped,
                let value = Int(parts.joined())
            {
                return value
            }
        }
        return nil
    }
}
