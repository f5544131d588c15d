import Kernel

extension Calculation {
    static let lumpSum = make(
        "lump-sum", "A one-off withdrawal",
        inputs: [
            Field("monthsBefore2014", "integer", "", unit: "months", isRequired: true),
            Field("monthsFrom2014", "integer", "", unit: "months", isRequired: true),
            Field("averageIncome", "integer", "adjusted average of the bases", unit: "đồng", isRequired: true),
            Field("on", "day", "", isRequired: true),
            Field("supportReceived", "integer", "State support to take off (0)", unit: "đồng"),
            Field("scheme", "compulsory | voluntary", "whose rate counts under one year (compulsory)"),
            Field(
                "reason", LumpSum.Reason.allCases.map(\.rawValue).joined(separator: " | "),
                "why; its conditions are looked at"),
            Field("firstContributed", "month", "first month contributed for, for out"),
            Field("monthsOut", "integer", "since the last one, for out", unit: "months"),
        ],
        outputs: [
            Field("amount", "integer", "", unit: "đồng"),
            Field("entitled", "boolean", "null without a reason"),
            Field("refusal", "string", "why not, in Vietnamese; null"),
        ]
    ) { (input: LumpSum.Input, table, trace) in
        let result = try LumpSum(input, table, trace: &trace)
        return (
            [
                ("amount", .dong(result.amount)), ("entitled", result.isEntitled.map { .bool($0) } ?? .null),
                ("refusal", result.refusal.map { .string($0) } ?? .null),
            ], result.used
        )
    }

    static let maternity = make(
        "maternity-voluntary", "The maternity benefit of the voluntary scheme",
        inputs: [
            Field("children", "integer", "born", isRequired: true),
            Field("monthsInLast12", "integer", "contributed before the birth", isRequired: true),
            Field("on", "day", "of the birth", isRequired: true),
            Field("stillborn", "integer", "died in the womb or at birth (0)"),
            Field("weeks", "integer", "of that pregnancy; enough when left out"),
            Field("hasCompulsoryMaternity", "boolean", "the same person draws the compulsory benefit (false)"),
            Field("otherParentDraws", "boolean", "the other parent draws this one (false)"),
        ],
        outputs: [
            Field("entitled", "boolean", ""), Field("amount", "integer", "", unit: "đồng"),
            Field("refusal", "string", "why not, in Vietnamese; null"),
        ]
    ) { (input: VoluntaryMaternity.Input, table, trace) in
        let result = try VoluntaryMaternity(input, table, trace: &trace)
        return (
            [
                ("entitled", .bool(result.isEntitled)), ("amount", .dong(result.amount)),
                ("refusal", result.refusal.map { .string($0) } ?? .null),
            ], result.used
        )
    }

    static let socialPension = make(
        "social-pension", "The social pension of those without another",
        inputs: [
            Field("birth", "birth date", "", isRequired: true), Field("on", "day", "", isRequired: true),
            Field("poor", "boolean", "poor or near-poor household (false)"),
            Field("hasOtherPension", "boolean", "(false)"),
            Field("otherPension", "integer", "what it comes to a month: the difference is paid", unit: "đồng"),
        ],
        outputs: [
            Field("entitled", "boolean", ""), Field("from", "day", "age reached"),
            Field("monthly", "integer", "by the national amount", unit: "đồng"),
            Field("monthlyInCity", "integer", "by the city's amount; null without one", unit: "đồng"),
        ]
    ) { (input: SocialPension.Input, table, trace) in
        let result = try SocialPension(input, table, trace: &trace)
        return (
            [
                ("entitled", .bool(result.isEntitled)), ("from", .day(result.from)),
                ("monthly", .dong(result.monthly)),
                ("monthlyInCity", result.monthlyInCity.map { .dong($0) } ?? .null),
            ],
            result.used
        )
    }
}
