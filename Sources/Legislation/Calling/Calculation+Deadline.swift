import Kernel

extension Calculation {
    static let deadline = make(
        "deadline", "A deadline of the law, counted in days, working days or months (`law clock` lists them)",
        inputs: [
            Field("clock", "string", "name of the clock", isRequired: true),
            Field("from", "day", "day of the event; not counted itself", isRequired: true),
        ],
        outputs: [
            Field("day", "day", "last day to act, or day on which something sets in"),
            Field("calendarDay", "day", "last day before a day off moved it"),
            Field("dayIfMoved", "day", "if a day off moves it where no text says so; null when settled"),
            Field("skippedDays", "integer", "days off not counted or moved over", unit: "days"),
            Field("provisional", "boolean", "rests on days off that are still to be decided"),
            Field("reason", "string", "in words"),
        ]
    ) { (input: ClockReading.Input, table, trace) in
        var own = Trace()
        let reading = try ClockReading(input, table, trace: &own)
        let steps = own.steps
        trace.steps { steps }
        return (
            [
                ("day", .day(reading.day)), ("calendarDay", .day(reading.calendarDay)),
                ("dayIfMoved", .day(reading.dayIfMoved)), ("skippedDays", .int(reading.skipped.count)),
                ("provisional", .bool(reading.isProvisional)), ("reason", .string(ClockReading.words(steps))),
            ], reading.used
        )
    }
}

extension ClockReading {
    /// The steps as one text.
    public static func words(_ steps: [TraceStep]) -> String {
        steps.map { "\($0.label): \($0.working) → \($0.result)" }.joined(separator: "; ")
    }
}
