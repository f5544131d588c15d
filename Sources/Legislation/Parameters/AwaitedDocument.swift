public import Kernel

/// A document that has to come before values run out, with what waits for it: what an administrator is told.
public struct AwaitedDocument: Sendable, Equatable {
    public struct Value: Sendable, Equatable {
        /// The parameter; nil for days off, which are not parameters.
        public let key: String?
        public let name: String
        /// What a draft says, in Vietnamese with its day and source; nothing is reckoned with it.
        public let draft: String?
    }

    /// In Vietnamese: `Nghị định về mức lương tối thiểu từ năm 2027`.
    public let document: String
    /// The last day that the values at hand hold on.
    public let lastDay: Day
    public let values: [Value]

    /// `Lương tối thiểu tháng vùng I và 7 giá trị khác`
    public var subject: String {
        let first = values.first?.name ?? ""
        return values.count > 1 ? "\(first) và \(values.count - 1) giá trị khác" : first
    }

    /// A sentence: what ends when, and what is waited for.
    public func words(on today: Day) -> String {
        let end =
            lastDay < today ? "hết hiệu lực từ ngày \(lastDay.vietnamese)" : "chỉ có đến hết ngày \(lastDay.vietnamese)"
        return "\(subject) \(end), chờ: \(document)."
    }
}

extension ParameterTable {
    /// How long ahead an administrator is told of values that run out, in days; ours.
    public static let noticeDays = 60

    /// Documents waited for: those whose values end within so many days of today, or have ended, and decisions about days
    /// off that are near; the nearest first. Parameters that never had a value are not among them: nothing ran out.
    public func awaited(on today: Day, ahead days: Int = noticeDays) -> [AwaitedDocument] {
        var found: [String: [(lastDay: Day, value: AwaitedDocument.Value)]] = [:]
        for parameter in parameters {
            guard let awaits = parameter.awaits, let end = parameter.values.last?.to, today.days(to: end) < days else {
                continue
            }
            let value = AwaitedDocument.Value(key: parameter.key, name: parameter.name, draft: parameter.draftWords)
            found[awaits, default: []].append((end, value))
        }
        for year in [today.year, today.year + 1] {
            for (holiday, from) in calendar.undecided(in: year)
            where from >= today && today.days(to: from) <= days {
                let document =
                    "Quyết định của Thủ tướng Chính phủ về ngày nghỉ \(holiday.name) năm \(year) (Bộ luật Lao động Đ.112.3)"
                let value = AwaitedDocument.Value(key: nil, name: "Ngày nghỉ \(holiday.name) năm \(year)", draft: nil)
                found[document, default: []].append((from.adding(days: -1), value))
            }
        }
        return found.map { document, values in
            AwaitedDocument(
                document: document, lastDay: values.map(\.lastDay).min() ?? today, values: values.map(\.value))
        }
        .sorted { ($0.lastDay, $0.document) < ($1.lastDay, $1.document) }
    }
}

extension Parameter {
    /// `dự thảo: 5.700.000 đồng/tháng từ 01/01/2027 (Dự thảo …)`; nil without a draft, and once a value holds on its day.
    public var draftWords: String? {
        guard let draft, value(on: draft.from) == nil else { return nil }
        return "dự thảo: \(draft.value.vietnamese(unit)) từ \(draft.from.vietnamese) (\(draft.source))"
    }
}
