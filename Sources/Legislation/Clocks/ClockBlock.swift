import Kernel
import Yams

/// Reads the block `clock` of a parameter.
enum ClockBlock {
    static func read(_ node: Node, of key: String, _ unit: ParameterUnit, problem: (String) -> LegislationError) throws
        -> LawClock
    {
        guard let name = node["name"]?.string, !name.isEmpty else { throw problem("clock thiếu name") }
        guard let starts = node["starts"]?.string, !starts.isEmpty else {
            throw problem("clock thiếu starts: sự kiện bắt đầu thời hạn")
        }
        let counts = node["counts"]?.string ?? LawClock.Counting.after.rawValue
        guard let counting = LawClock.Counting(rawValue: counts) else {
            throw problem("clock: không có cách tính “\(counts)” (\(names(LawClock.Counting.self)))")
        }
        let tells = node["tells"]?.string ?? LawClock.Outcome.lastDay.rawValue
        guard let outcome = LawClock.Outcome(rawValue: tells) else {
            throw problem("clock: tells là một trong \(names(LawClock.Outcome.self))")
        }
        guard fits(unit, counting) else {
            throw problem("clock: đơn vị \(unit.rawValue) không tính được theo cách “\(counts)”")
        }
        let extensions = try (node["extensions"]?.sequence ?? []).map { one -> LawClock.Extension in
            guard let when = one["when"]?.string, !when.isEmpty else { throw problem("clock: kéo dài thiếu when") }
            let (by, whole) = (one["by"]?.string, one["to"]?.string)
            guard let key = by ?? whole, by == nil || whole == nil else {
                throw problem("clock: kéo dài cần đúng một trong by (thêm) và to (tổng cộng)")
            }
            let times = one["times"]?.int ?? 1
            guard (1...12).contains(times) else { throw problem("clock: times từ 1 đến 12") }
            return .init(key: key, isWhole: whole != nil, times: times, when: when)
        }
        return LawClock(
            name: name, key: key, starts: starts, counting: counting, outcome: outcome,
            lastDayOff: node["last_day_off"]?.string, extensions: extensions)
    }

    /// Whether a clock's number can be counted so.
    private static func fits(_ unit: ParameterUnit, _ counting: LawClock.Counting) -> Bool {
        switch counting {
        case .after, .before: [.days, .workingDays, .months, .years].contains(unit)
        case .afterWithoutHolidays: unit == .days
        case .month, .nextMonth, .nextQuarter: unit == .dayOfMonth || unit == .days
        case .endOfNextMonth: unit == .rule
        }
    }

    private static func names<Names: CaseIterable & RawRepresentable>(_: Names.Type) -> String
    where Names.RawValue == String { Names.allCases.map(\.rawValue).joined(separator: ", ") }
}
