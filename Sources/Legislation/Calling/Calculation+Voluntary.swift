import Kernel

extension Calculation {
    static let voluntary = make(
        "voluntary-contribution", "One payment into the voluntary scheme, State support and deadline",
        inputs: [
            Field("income", "integer", "income chosen as base", unit: "đồng/month", isRequired: true),
            Field(
                "cadence", "monthly | 3-months | 6-months | 12-months | ahead | missing", "how often is paid",
                isRequired: true),
            Field("start", "month", "first month paid for", isRequired: true),
            Field("paidOn", "day", "day of payment; the first of start when left out"),
            Field("years", "integer", "2 to 5, for ahead"), Field("months", "integer", "1 to 60, for missing"),
            Field("group", "poor | near-poor | ethnic-minority | other", "group of State support (other)"),
            Field("specialZone", "boolean", "lives in an island commune or special zone (false)"),
            Field("monthsSupported", "integer", "months the State has supported so far (0)"),
        ],
        outputs: [
            Field("months", "integer", "months paid for"),
            Field("monthly", "integer", "one month before support", unit: "đồng"),
            Field("total", "integer", "before support", unit: "đồng"),
            Field("supportPercent", "number", "of the contribution at the poverty line", unit: "%"),
            Field("supportPerMonth", "integer", "State support of a month", unit: "đồng"),
            Field("supportedMonths", "integer", "months supported"),
            Field("support", "integer", "State support", unit: "đồng"),
            Field("localSupport", "integer", "added by the locality for the same months", unit: "đồng"),
            Field("payable", "integer", "what the participant pays", unit: "đồng"),
            Field("due", "day", "last day to pay"),
            Field("supportMonthsLeft", "integer", "months of support left afterwards"),
        ]
    ) { (input: VoluntaryContribution.Input, table, trace) in
        let priced = input.pricedOn
        let terms = try VoluntaryTerms(table, on: priced)
        var asked = Asked(table)
        let needsInterest = input.cadence == .ahead || input.cadence == .missing
        let interest = needsInterest ? try asked.value(.monthlyInterest, on: priced) : nil
        let result = try VoluntaryContribution(input, terms, interest: interest, trace: &trace)
        return (
            [
                ("months", .int(result.months)), ("monthly", .dong(result.monthly)), ("total", .dong(result.total)),
                ("supportPercent", .percent(result.supportShare)), ("supportPerMonth", .dong(result.supportPerMonth)),
                ("supportedMonths", .int(result.supportedMonths)), ("support", .dong(result.support)),
                ("localSupport", .dong(result.localSupport)), ("payable", .dong(result.payable)),
                ("due", .day(result.due)),
                ("supportMonthsLeft", .int(result.supportMonthsLeft)),
            ], terms.used + asked.used
        )
    }

    static let refund = make(
        "voluntary-refund", "What is paid back of a payment for several months that ends early",
        inputs: [
            Field("income", "integer", "income chosen as base", unit: "đồng/month", isRequired: true),
            Field(
                "cadence", "3-months | 6-months | 12-months | ahead", "how the payment was made", isRequired: true),
            Field("start", "month", "first month paid for", isRequired: true),
            Field("endedFrom", "month", "first month no longer insured", isRequired: true),
            Field("paidOn", "day", "day of payment; the first of start when left out"),
            Field("years", "integer", "2 to 5, for ahead"),
            Field("group", "poor | near-poor | ethnic-minority | other", "group of State support (other)"),
            Field("specialZone", "boolean", "lived in an island commune or special zone (false)"),
            Field("monthsSupported", "integer", "months supported before the payment (0)"),
        ],
        outputs: [
            Field("monthsLeft", "integer", "months paid for and not used"),
            Field("paidForMonthsLeft", "integer", "before support", unit: "đồng"),
            Field("supportOfMonthsLeft", "integer", "State and local, not paid back to the person", unit: "đồng"),
            Field("refund", "integer", "to the participant", unit: "đồng"),
            Field("supportMonthsReturned", "integer", "months of support that count again", unit: "months"),
        ]
    ) { (input: VoluntaryRefund.Input, table, trace) in
        let result = try VoluntaryRefund(input, table, trace: &trace)
        return (
            [
                ("monthsLeft", .int(result.monthsLeft)), ("paidForMonthsLeft", .dong(result.paid)),
                ("supportOfMonthsLeft", .dong(result.support)), ("refund", .dong(result.refund)),
                ("supportMonthsReturned", .int(result.supportMonthsReturned)),
            ], result.used
        )
    }
}
