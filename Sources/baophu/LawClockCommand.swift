import ArgumentParser
import Assembly
import Kernel
import Legislation

struct LawClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Starts a clock of the law: the last day, and the days off on the way. Without a name: lists them.",
        discussion:
            "A payment day on a day off stays where it is until a document says otherwise; both days are told (docs/law.md)."
    )

    @Argument(help: "The clock, as in other-reminder; all are listed when left out.")
    var name: String?

    @Option(help: "The day of the event, yyyy-MM-dd; today when left out. It is not counted itself.")
    var from: String?

    @OptionGroup var options: LawOptions
    @OptionGroup var answer: JSONOption

    func run() async throws {
        try await reporting {
            let table = try await options.table()
            let day = try LawOptions.day(from, field: "from")
            guard let name else { return try list(table, on: day) }
            var trace = Trace()
            let reading = try ClockReading(.init(clock: name, from: day), table, trace: &trace)
            if answer.json { return try sayJSON(ClockReport(reading)) }
            say(reading.day.description)
            for step in trace.steps { say("\(step.label): \(step.working) → \(step.result) [\(step.article)]") }
            if reading.isProvisional {
                say("Tạm tính: có ngày nghỉ chờ quyết định của Thủ tướng Chính phủ.")
            }
        }
    }

    private func list(_ table: ParameterTable, on day: Day) throws {
        let clocks = try table.clocks.map { try ClockDescription($0, table, on: day) }
        if answer.json { return try sayJSON(clocks) }
        for clock in clocks {
            say(
                "\(clock.name)\t\(clock.title)\t\(clock.length ?? "chưa có")\tkể từ \(clock.starts)\t\(clock.confidence ?? "-")\t\(clock.source ?? "-")"
            )
        }
    }
}
