import Components
import Foundation
import Kernel
import Legislation

/// What every calculator's page does: fields are looked at, the calculation is asked, its refusal stands beside the field.
extension Portal {
    static let contact = Field(
        "lienhe", "Dòng liên hệ in trên tờ rơi", hint: "Ví dụ: UBND xã An Phú, bà Lan, 0225 …", required: false)

    /// - Parameters:
    ///   - fields: those asked first first; the line for a leaflet follows.
    ///   - work: what comes of what was typed; nil where it was refused.
    func calculator(
        _ subject: Subject, _ fields: [Field], _ given: Typed, _ today: Day,
        work: (inout Typed) -> LawPage.Result?
    ) -> Answer {
        var typed = given
        let fields = fields + [Self.contact]
        var result: LawPage.Result?
        if !typed.isEmpty {
            for field in fields { typed.check(field) }
            let found = work(&typed)
            if typed.problems.isEmpty { result = found }
        }
        let page = LawPage(subject, fields: fields, typed: typed, result: result, portal: self, today: today)
        return Answer(title: subject.title, page: page, isRefused: page.hasProblems)
    }

    /// Asks a calculation as programs do.
    /// - Parameters:
    ///   - input: its inputs; nil ones are left out.
    ///   - fields: the page's field that an input came from.
    /// - Returns: nil where something was refused, which stands in `typed` then.
    func ask(
        _ name: String, _ input: [String: (any Sendable)?], from fields: [String: String], _ typed: inout Typed
    ) -> Calculation.Answer? {
        guard typed.problems.isEmpty else { return nil }
        do {
            return try answer(name, input)
        } catch let error as LegislationError {
            typed.refuse(Self.field(of: error, fields), words(error))
        } catch {
            typed.refuse("", "Không tính được với những gì đã nhập.")
        }
        return nil
    }

    func answer(_ name: String, _ input: [String: (any Sendable)?]) throws -> Calculation.Answer {
        let data = try JSONSerialization.data(withJSONObject: input.compactMapValues(\.self))
        return try Calculation.named(name).answer(data, table, explains: true)
    }

    /// The page's field that a calculation's input came from, or the one with the day that a value is missing on; empty where
    /// none did.
    static func field(of error: LegislationError, _ names: [String: String]) -> String {
        switch error {
        case .input(let field, _): names[field] ?? names[String(field.prefix { $0 != "." && $0 != "[" })] ?? ""
        case .noValue: ["on", "asOf", "month", "start", "from"].lazy.compactMap { names[$0] }.first ?? ""
        default: ""
        }
    }

    /// The reason without the program's name of the input or the parameter, and what to do.
    func words(_ error: LegislationError) -> String {
        switch error {
        case .input(_, let reason): return reason.prefix(1).uppercased() + reason.dropFirst()
        case .noValue(let key, let name, let day, let awaits):
            // Before the table begins another day helps; after a value's end only its document does.
            if let first = (try? table.parameter(key))?.values.first?.from, day < first {
                return
                    "Bảng tham số chỉ có “\(name)” từ ngày \(first.vietnamese), không có cho ngày \(day.vietnamese): nhập ngày từ đó về sau, hoặc hỏi cơ quan có thẩm quyền"
            }
            return "Chưa có giá trị của “\(name)” vào ngày \(day.vietnamese)"
                + (awaits.map { ", chờ: \($0)" } ?? "") + "."
        default: return "\(error)"
        }
    }
}

/// Outputs as a page writes them.
extension Calculation.Answer {
    private func value(_ name: String) -> JSONValue { outputs.first { $0.name == name }?.value ?? .null }

    func dong(_ name: String) -> Dong? { if case .int(let amount) = value(name) { Dong(amount) } else { nil } }

    func count(_ name: String) -> Int? { if case .int(let count) = value(name) { count } else { nil } }

    func day(_ name: String) -> Day? { if case .string(let text) = value(name) { Day(text) } else { nil } }

    func text(_ name: String) -> String? { if case .string(let text) = value(name) { text } else { nil } }

    func texts(_ name: String) -> [String] { if case .strings(let texts) = value(name) { texts } else { [] } }

    func isTrue(_ name: String) -> Bool { value(name) == .bool(true) }

    /// `44,5`, `2`
    func number(_ name: String) -> String {
        switch value(name) {
        case .int(let number): "\(number)"
        case .double(let number): "\(number)".replacing(".", with: ",")
        default: "–"
        }
    }
}

extension LawPage.Result {
    init(_ headline: String, of answer: Calculation.Answer, about: String, figures: [LawPage.Figure] = []) {
        self.init(headline: headline)
        self.about = about
        self.figures = figures
        steps = answer.steps
        used = answer.used
    }

    /// A second calculation of the same page.
    mutating func add(_ other: Calculation.Answer) {
        steps += other.steps
        for one in other.used where !used.contains(one) { used.append(one) }
    }
}

extension BirthDate {
    /// `15/03/1980`, `năm 1980`
    var words: String { isWhole ? day.vietnamese : "năm \(day.year)" }

    /// As the interface for programs takes it.
    var iso: String { isWhole ? day.description : String(day.description.prefix(day.month == 1 ? 4 : 7)) }
}

extension Sex {
    var words: String { self == .male ? "nam" : "nữ" }
}
