import Kernel
import Tabular

/// What people write into a cell or a field: deadlines, numbers, days.
enum Phrases {
    static func deadline(_ input: UnsafeRawBufferPointer) {
        let phrase = String(decoding: input, as: UTF8.self)
        guard let rule = DeadlineRule(phrase: phrase) else { return }
        promise(!rule.explanation.isEmpty, "a rule without words")
        promise(DeadlineRule(phrase: "  \(phrase)\t") == rule, "white space counts in “\(phrase)”")
        promise(DeadlineRule(phrase: phrase.uppercased()) == rule, "case counts in “\(phrase)”")
        promise(DeadlineRule(phrase: phrase + " và hơn nữa") == nil, "more behind “\(phrase)” is passed over")
    }

    static func number(_ input: UnsafeRawBufferPointer) {
        let text = String(decoding: input, as: UTF8.self)
        for expectation in [.whole, .quantity, .fraction] as [WrittenNumber.Expectation] {
            guard let number = WrittenNumber(text, expecting: expectation) else { continue }
            let digits = text.utf8.filter { (48...57).contains($0) }
            promise(digits.elementsEqual((number.digits + number.decimals).utf8), "digits of “\(text)”: \(number)")
            promise(WrittenNumber(number.plain, expecting: .fraction)?.plain == number.plain, "\(number.plain)")
            if let whole = number.whole, let double = number.double, whole.magnitude < 1 << 53 {
                promise(Double(whole) == double, "“\(text)” is \(whole) and \(double)")
            }
        }
        if let count = WrittenNumber.count(text, most: 1_000) { promise((0...1_000).contains(count), "\(count)") }
        switch PeopleCell(.text(text)) {
        case .people(let people), .repaired(let people, _):
            promise((0...PeopleCell.most).contains(people), "“\(text)” is \(people)")
            promise(people == 0 || text.contains { $0.isNumber }, "“\(text)” is \(people)")
        case .missing, .wrong: break
        }
        if let share = Share(percent: text) {
            promise(share.denominator > 0, "“\(text)” is \(share)")
            promise(share.percentText.hasPrefix("-") == (share.numerator < 0), "“\(text)” is \(share.percentText)")
            _ = (share * share + share).percentText
        }
    }

    static func day(_ input: UnsafeRawBufferPointer) {
        let text = String(decoding: input, as: UTF8.self)
        if let written = WrittenDay(text) {
            promise((0...12).contains(written.month) || written.day == nil, "“\(text)” is \(written)")
            if let day = written.day, WrittenDay.years.contains(day.year) {
                promise(WrittenDay(written.iso)?.day == day, "“\(text)” is \(written.iso)")
                promise(Day(typed: day.vietnamese) == day && Day(day.description) == day, "\(day)")
                promise(Day(year: day.year, month: day.month, day: day.day) == day, "\(day)")
            }
        }
        if let day = Day(typed: text) { promise(WrittenDay(text)?.day == day, "“\(text)” is \(day)") }
        // Of a year of three digits only programs write.
        if let month = Month(typed: text), month.year > 999 {
            promise(Month(typed: month.vietnamese) == month, "“\(text)” is \(month)")
            promise(month.firstDay <= month.lastDay && Month(of: month.lastDay) == month, "\(month)")
        }
        if let number = Double(text) {
            for from1904 in [false, true] { _ = SerialDay.day(number, from1904: from1904)?.vietnamese }
        }
        _ = Day(text)
        _ = Month(text)
    }
}
