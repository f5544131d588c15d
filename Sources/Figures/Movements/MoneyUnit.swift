import Kernel
import Tabular

/// What amounts of a table are counted in.
struct MoneyUnit: Sendable, Equatable {
    /// How many đồng one is.
    let dong: Int

    /// What the texts above a table say: one unit, or nothing.
    init?(in texts: [String]) {
        var units: Set<Int> = []
        for text in texts {
            let words = VietnameseWords(text)
            if words.has("ty dong") {
                units.insert(1_000_000_000)
            } else if words.has("trieu dong") {
                units.insert(1_000_000)
            } else if words.has("nghin dong") || words.has("ngan dong") {
                units.insert(1_000)
            } else if words.has("don vi tinh dong") || words.has("dvt dong") {
                units.insert(1)
            }
        }
        guard units.count == 1, let unit = units.first else { return nil }
        dong = unit
    }

    /// Whole đồng; parts of a đồng are a slip.
    func read(_ cell: Cell) -> PeopleCell {
        let amount: Double
        switch cell {
        case .number(let number): amount = number
        case .text(let text):
            guard let written = WrittenNumber(text, expecting: dong == 1 ? .whole : .quantity),
                let number = written.double
            else { return .wrong("không phải số tiền; hãy nhập số") }
            amount = number
        case .empty: return .missing
        default: return .wrong("không phải số tiền; hãy nhập số")
        }
        guard amount >= 0 else { return .wrong("số âm; số tiền chậm đóng không thể âm, hãy kiểm tra lại") }
        let dong = (amount * Double(dong)).rounded()
        guard dong < 1e14 else { return .wrong("lớn bất thường; hãy kiểm tra lại đơn vị tính") }
        return .people(Int(dong))
    }
}
