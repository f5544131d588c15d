import Kernel

extension Calculation {
    /// Of article 2.1.
    private static let points = Coverage.Ground.allCases.filter { $0 != .voluntary }.map(\.rawValue)
        .joined(separator: " | ")

    static let retirementAge = make(
        "retirement-age", "The age of retirement and the day it is reached",
        inputs: [
            Field("sex", "male | female", "", isRequired: true),
            Field("birth", "birth date", "yyyy, yyyy-MM or yyyy-MM-dd", isRequired: true),
            Field("voluntarySince", "month", "first month in the voluntary scheme"),
            Field("voluntaryMonths", "integer", "contributed to it", unit: "months"),
            Field("paidUntil", "month", "last month paid for, where contributions go on after the age"),
            Field("missingPaidOn", "day", "when the missing years were paid in full"),
        ],
        outputs: [
            Field("birth", "day", "day used"), Field("ageMonths", "integer", "", unit: "months"),
            Field("age", "string", "61y6m"),
            Field("reachedOn", "day", "day the age is reached"),
            Field("pensionFrom", "day", "first of the first month of a pension, with years enough"),
        ]
    ) { (input: RetirementAge.Input, table, trace) in
        let result = try RetirementAge(input, table, trace: &trace)
        return (
            [
                ("birth", .day(result.birth)), ("ageMonths", .int(result.months)), ("age", .string(result.text)),
                ("reachedOn", .day(result.reachedOn)), ("pensionFrom", .day(result.pensionFrom)),
            ], result.used
        )
    }

    static let pension = make(
        "pension", "A monthly pension",
        inputs: [
            Field("sex", "male | female", "", isRequired: true),
            Field("monthsContributed", "integer", "", unit: "months", isRequired: true),
            Field("averageIncome", "integer", "adjusted average of the bases", unit: "đồng", isRequired: true),
            Field("on", "day", "day of the pension", isRequired: true),
            Field("monthsEarly", "integer", "before the age, compulsory scheme (0)"),
            Field("scheme", "compulsory | voluntary", "(voluntary)"),
            Field(
                "compulsoryMonths", "integer", "of them in the compulsory scheme (all, in that scheme)", unit: "months"),
            Field("group", Calculation.points, "point of article 2.1, for the minimum (a)"),
            Field("firstContributed", "month", "first month contributed for, for the minimum"),
            Field("incapacityPercent", "integer", "of working capacity, for an early pension", unit: "%"),
            Field("hardWork", "boolean", "15 years of especially hard work (false)"),
            Field("monthsAfterAge", "integer", "contributed after the age was reached (0)", unit: "months"),
        ],
        outputs: [
            Field("years", "number", "for the rate", unit: "years"), Field("ratePercent", "number", "", unit: "%"),
            Field("amount", "integer", "a month", unit: "đồng"), Field("raisedToMinimum", "boolean", ""),
            Field(
                "allowance", "integer", "once at retirement, for years above those of the highest rate", unit: "đồng"),
        ]
    ) { (input: Pension.Input, table, trace) in
        let result = try Pension(input, table, trace: &trace)
        return (
            [
                ("years", .years(halves: result.halfYears)),
                ("ratePercent", .percent(result.rate)), ("amount", .dong(result.amount)),
                ("raisedToMinimum", .bool(result.isRaised)), ("allowance", .dong(result.allowance)),
            ], result.used
        )
    }

    static let retirementAllowance = make(
        "retirement-allowance", "Paid once at retirement for years above those that make the highest rate",
        inputs: [
            Field("sex", "male | female", "", isRequired: true),
            Field("monthsContributed", "integer", "in all", unit: "months", isRequired: true),
            Field("averageIncome", "integer", "adjusted average of the bases", unit: "đồng", isRequired: true),
            Field("on", "day", "of retirement", isRequired: true),
            Field("monthsAfterAge", "integer", "of them after the age was reached (0)", unit: "months"),
        ],
        outputs: [
            Field("yearsToAge", "number", "above, up to the age", unit: "years"),
            Field("yearsAfterAge", "number", "above, after it", unit: "years"),
            Field("amount", "integer", "", unit: "đồng"),
        ]
    ) { (input: RetirementAllowance.Input, table, trace) in
        let result = try RetirementAllowance(input, table, trace: &trace)
        return (
            [
                ("yearsToAge", .years(halves: result.halfYearsToAge)),
                ("yearsAfterAge", .years(halves: result.halfYearsAfterAge)), ("amount", .dong(result.amount)),
            ], result.used
        )
    }

    static let monthlyAllowance = make(
        "monthly-allowance", "The monthly allowance of who has no pension and is too young for the social pension",
        inputs: [
            Field("sex", "male | female", "", isRequired: true), Field("birth", "birth date", "", isRequired: true),
            Field("on", "day", "", isRequired: true),
            Field("monthsContributed", "integer", "", unit: "months", isRequired: true),
            Field("total", "integer", "what the agency reckons from the contributions", unit: "đồng"),
            Field("poor", "boolean", "poor or near-poor household (false)"),
        ],
        outputs: [
            Field("entitled", "boolean", ""), Field("from", "day", "age of retirement"),
            Field("to", "day", "age of the social pension"), Field("months", "integer", "between them", unit: "months"),
            Field("monthly", "integer", "", unit: "đồng"),
            Field("monthsPaid", "integer", "that the total lasts for", unit: "months"),
            Field("missing", "integer", "may be paid in once", unit: "đồng"),
        ]
    ) { (input: MonthlyAllowance.Input, table, trace) in
        let result = try MonthlyAllowance(input, table, trace: &trace)
        return (
            [
                ("entitled", .bool(result.isEntitled)), ("from", .day(result.from)), ("to", .day(result.to)),
                ("months", .int(result.months)), ("monthly", .dong(result.monthly)),
                ("monthsPaid", .int(result.monthsPaid)), ("missing", .dong(result.missing)),
            ], result.used
        )
    }
}
