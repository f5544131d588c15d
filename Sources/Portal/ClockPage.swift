import Components
import Kernel
import Legislation

/// The day of any clock of the law, and why that day.
extension Portal {
    func clockPage(_ given: Typed, _ today: Day) -> Answer {
        let clocks = table.clocks
        let fields = [
            Field(
                "thoihan", "Thời hạn",
                kind: .select(
                    clocks.map { .init($0.name, (try? table.parameter($0.key))?.name ?? $0.name) })),
            Field("ngay", "Ngày bắt đầu", hint: "Ví dụ 20/11/2026", value: today.vietnamese),
        ]
        return calculator(.clock, fields, given, today) { typed in
            let name = typed["thoihan"].isEmpty ? clocks.first?.name ?? "" : typed["thoihan"]
            let from = typed.day("ngay", "Ngày bắt đầu") ?? today
            guard typed.problems.isEmpty else { return nil }
            var trace = Trace()
            do {
                let reading = try ClockReading(.init(clock: name, from: from), table, trace: &trace)
                return Self.clock(reading, trace.steps)
            } catch let error as LegislationError {
                typed.refuse(Self.field(of: error, ["clock": "thoihan", "from": "ngay"]), words(error))
            } catch {
                typed.refuse("ngay", "Không tính được với ngày này.")
            }
            return nil
        }
    }

    private static func clock(_ reading: ClockReading, _ steps: [TraceStep]) -> LawPage.Result {
        let day = reading.day
        var result = LawPage.Result(
            headline: reading.clock.outcome == .dayAfter
                ? "Từ \(day.weekdayWords) \(day.vietnamese)" : "Đến hết \(day.weekdayWords) \(day.vietnamese)")
        result.about =
            "\(reading.title.prefix(1).lowercased() + reading.title.dropFirst()), kể từ \(reading.clock.starts) \(reading.from.vietnamese)"
        result.remarks = steps.map { "\($0.label): \($0.working) → \($0.result) (\($0.article))." }
        if reading.isProvisional {
            result.remarks.append("Có ngày nghỉ còn chờ quyết định của Thủ tướng Chính phủ: ngày này là tạm tính.")
        }
        result.steps = steps
        result.used = reading.used
        return result
    }
}
