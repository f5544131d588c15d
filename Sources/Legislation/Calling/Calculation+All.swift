import Kernel

extension Calculation {
    /// All of them, in the order people meet them.
    public static let all: [Calculation] = [
        whoMustJoin, compulsory, voluntary, refund, late, fine, retirementAge, pension, lumpSum, maternity,
        socialPension, deadline,
    ]

    private static let voluntary = make(
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

    private static let refund = make(
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

    private static let compulsory = make(
        "compulsory-contribution", "A month's contribution to the compulsory scheme, health and unemployment insurance",
        inputs: [
            Field("salary", "integer", "monthly base before floor and ceiling", unit: "đồng", isRequired: true),
            Field("month", "month", "month of the salary", isRequired: true),
            Field(
                "group", CompulsoryGroup.allCases.map(\.rawValue).joined(separator: " | "),
                "whose contribution (employee)"),
            Field("region", "I | II | III | IV", "of minimum wages; needed with unemployment insurance"),
            Field("unpaidDays", "integer", "working days without pay (0)"),
            Field("unemploymentInsurance", "boolean", "true for an employee"),
        ],
        outputs: [
            "base", "employeeRetirement", "employeeHealth", "employeeUnemployment", "employeeTotal", "employerSickness",
            "employerRetirement", "employerAccident", "employerHealth", "employerUnemployment", "employerTotal",
            "selfSickness",
            "selfRetirement", "selfHealth", "selfTotal", "total", "unemploymentBase",
        ].map { Field($0, "integer", "", unit: "đồng") }
    ) { (input: CompulsoryContribution.Input, table, trace) in
        let result = try CompulsoryContribution(input, table, trace: &trace)
        return (
            [
                ("base", .dong(result.base)), ("employeeRetirement", .dong(result.amount(.employee, .retirement))),
                ("employeeHealth", .dong(result.amount(.employee, .health))),
                ("employeeUnemployment", .dong(result.amount(.employee, .unemployment))),
                ("employeeTotal", .dong(result.amount(.employee))),
                ("employerSickness", .dong(result.amount(.employer, .sickness))),
                ("employerRetirement", .dong(result.amount(.employer, .retirement))),
                ("employerAccident", .dong(result.amount(.employer, .accident))),
                ("employerHealth", .dong(result.amount(.employer, .health))),
                ("employerUnemployment", .dong(result.amount(.employer, .unemployment))),
                ("employerTotal", .dong(result.amount(.employer))),
                ("selfSickness", .dong(result.amount(.own, .sickness))),
                ("selfRetirement", .dong(result.amount(.own, .retirement))),
                ("selfHealth", .dong(result.amount(.own, .health))), ("selfTotal", .dong(result.amount(.own))),
                ("total", .dong(result.total)), ("unemploymentBase", .dong(result.unemploymentBase)),
            ], result.used
        )
    }

    private static let late = make(
        "late-payment", "Late payment and evasion: days, status and the extra to pay",
        inputs: [
            Field("kind", "unpaid | unregistered | underdeclared", "what was not done", isRequired: true),
            Field("amount", "integer", "late or evaded, both parts", unit: "đồng", isRequired: true),
            Field("asOf", "day", "day of the reckoning", isRequired: true),
            Field("month", "month", "of the salary, or the last of the cycle"),
            Field("cadence", "monthly | 3-months | 6-months", "the employer's (monthly)"),
            Field("subjectFrom", "day", "when the worker became a subject, of unregistered"),
            Field("remindedOn", "day", "of the written reminder"), Field("paidOn", "day", "when it was paid"),
            Field("excused", "boolean", "a ground of Decree 274/2025, article 4 (false)"),
        ],
        outputs: [
            Field("deadline", "day", "last day to pay or register"), Field("lateFrom", "day", "first late day"),
            Field("lateDays", "integer", "late days", unit: "days"),
            Field("evasionFrom", "day", "first day of evasion; null for none"),
            Field("evasionDays", "integer", "", unit: "days"),
            Field("status", "in-time | late | evasion", "proposed"),
            Field("interest", "integer", "extra to pay", unit: "đồng"),
        ]
    ) { (input: LatePayment.Input, table, trace) in
        let result = try LatePayment(input, table, trace: &trace)
        return (
            [
                ("deadline", .day(result.deadline)), ("lateFrom", .day(result.lateFrom)),
                ("lateDays", .int(result.lateDays)),
                ("evasionFrom", .day(result.evasionFrom)), ("evasionDays", .int(result.evasionDays)),
                ("status", .string(result.status.rawValue)), ("interest", .dong(result.interest)),
            ], result.used
        )
    }

    private static let retirementAge = make(
        "retirement-age", "The age of retirement and the day it is reached",
        inputs: [
            Field("sex", "male | female", "", isRequired: true),
            Field("birth", "birth date", "yyyy, yyyy-MM or yyyy-MM-dd", isRequired: true),
        ],
        outputs: [
            Field("birth", "day", "day used"), Field("ageMonths", "integer", "", unit: "months"),
            Field("age", "string", "61y6m"),
            Field("reachedOn", "day", "day the age is reached"),
        ]
    ) { (input: RetirementAge.Input, table, trace) in
        let result = try RetirementAge(input, table, trace: &trace)
        return (
            [
                ("birth", .day(result.birth)), ("ageMonths", .int(result.months)), ("age", .string(result.text)),
                ("reachedOn", .day(result.reachedOn)),
            ], result.used
        )
    }

    private static let pension = make(
        "pension", "A monthly pension",
        inputs: [
            Field("sex", "male | female", "", isRequired: true),
            Field("monthsContributed", "integer", "", unit: "months", isRequired: true),
            Field("averageIncome", "integer", "adjusted average of the bases", unit: "đồng", isRequired: true),
            Field("on", "day", "day of the pension", isRequired: true),
            Field("monthsEarly", "integer", "before the age, compulsory scheme (0)"),
            Field("scheme", "compulsory | voluntary", "(voluntary)"),
        ],
        outputs: [
            Field("years", "number", "for the rate", unit: "years"), Field("ratePercent", "number", "", unit: "%"),
            Field("amount", "integer", "a month", unit: "đồng"), Field("raisedToMinimum", "boolean", ""),
        ]
    ) { (input: Pension.Input, table, trace) in
        let result = try Pension(input, table, trace: &trace)
        return (
            [
                (
                    "years",
                    result.halfYears % 2 == 0 ? .int(result.halfYears / 2) : .double(Double(result.halfYears) / 2)
                ),
                ("ratePercent", .percent(result.rate)), ("amount", .dong(result.amount)),
                ("raisedToMinimum", .bool(result.isRaised)),
            ], result.used
        )
    }

    private static let lumpSum = make(
        "lump-sum", "A one-off withdrawal; odd months in proportion, which is ours",
        inputs: [
            Field("monthsBefore2014", "integer", "", unit: "months", isRequired: true),
            Field("monthsFrom2014", "integer", "", unit: "months", isRequired: true),
            Field("averageIncome", "integer", "adjusted average of the bases", unit: "đồng", isRequired: true),
            Field("on", "day", "", isRequired: true),
            Field("supportReceived", "integer", "State support to take off (0)", unit: "đồng"),
        ],
        outputs: [Field("amount", "integer", "", unit: "đồng")]
    ) { (input: LumpSum.Input, table, trace) in
        let result = try LumpSum(input, table, trace: &trace)
        return ([("amount", .dong(result.amount))], result.used)
    }

    private static let fine = make(
        "fine", "The range of an administrative fine",
        inputs: [
            Field("act", Fine.Act.allCases.map(\.rawValue).joined(separator: " | "), "", isRequired: true),
            Field("on", "day", "day of the act", isRequired: true), Field("workers", "integer", "not registered"),
            Field("amount", "integer", "late or evaded", unit: "đồng"),
            Field("offender", Fine.Offender.allCases.map(\.rawValue).joined(separator: " | "), "(individual)"),
        ],
        outputs: [
            Field("from", "integer", "", unit: "đồng"), Field("to", "integer", "", unit: "đồng"),
            Field("warning", "boolean", "a warning instead of a fine"),
            Field("decree", "string", "source"),
        ]
    ) { (input: Fine.Input, table, trace) in
        let result = try Fine(input, table, trace: &trace)
        return (
            [
                ("from", .dong(result.from)), ("to", .dong(result.to)), ("warning", .bool(result.isWarning)),
                ("decree", .string(result.decree)),
            ],
            result.used
        )
    }

    private static let maternity = make(
        "maternity-voluntary", "The maternity benefit of the voluntary scheme",
        inputs: [
            Field("children", "integer", "born", isRequired: true),
            Field("monthsInLast12", "integer", "contributed before the birth", isRequired: true),
            Field("on", "day", "of the birth", isRequired: true),
        ],
        outputs: [Field("entitled", "boolean", ""), Field("amount", "integer", "", unit: "đồng")]
    ) { (input: VoluntaryMaternity.Input, table, trace) in
        let result = try VoluntaryMaternity(input, table, trace: &trace)
        return ([("entitled", .bool(result.isEntitled)), ("amount", .dong(result.amount))], result.used)
    }

    private static let socialPension = make(
        "social-pension", "The social pension of those without another",
        inputs: [
            Field("birth", "birth date", "", isRequired: true), Field("on", "day", "", isRequired: true),
            Field("poor", "boolean", "poor or near-poor household (false)"),
            Field("hasOtherPension", "boolean", "(false)"),
        ],
        outputs: [
            Field("entitled", "boolean", ""), Field("from", "day", "age reached"),
            Field("monthly", "integer", "", unit: "đồng"),
        ]
    ) { (input: SocialPension.Input, table, trace) in
        let result = try SocialPension(input, table, trace: &trace)
        return (
            [("entitled", .bool(result.isEntitled)), ("from", .day(result.from)), ("monthly", .dong(result.monthly))],
            result.used
        )
    }

    private static let whoMustJoin = make(
        "who-must-join", "Which scheme a person belongs to, and why",
        inputs: [
            Field("birth", "birth date", "", isRequired: true), Field("on", "day", "", isRequired: true),
            Field("sex", "male | female", "where the retirement age counts"),
            Field("vietnamese", "boolean", "(true)"),
            Field(
                "contract", "object", "months (null: indefinite), partTime, monthlyPay, probationOnly, domesticHelper"),
            Field("official", "boolean", "officials, civil servants, public employees"),
            Field("armedForces", "boolean", ""), Field("conscript", "boolean", ""),
            Field("householdOwner", "object", "registered, taxMethod (declaration | other), revenue by year"),
            Field("salariedManager", "boolean", ""),
            Field("unpaidManager", "boolean", ""), Field("communeStaff", "boolean", "non-specialised staff"),
            Field("workerAbroad", "boolean", ""),
            Field("spouseAtMission", "boolean", ""), Field("pensioner", "boolean", "pension or monthly allowance"),
            Field("foreigner", "object", "contractMonths, intraCompany"),
        ],
        outputs: [
            Field("scheme", "compulsory | voluntary | none", ""),
            Field("ground", "string", "point of article 2.1, 2.2 or 2.4; null"),
            Field("grounds", "strings", "all that apply"), Field("reasons", "strings", "in Vietnamese"),
        ]
    ) { (input: Coverage.Input, table, trace) in
        let result = try Coverage(input, table, trace: &trace)
        return (
            [
                ("scheme", .string(result.scheme?.rawValue ?? "none")),
                ("ground", result.ground.map { .string($0.rawValue) } ?? .null),
                ("grounds", .strings(result.grounds.map(\.rawValue))), ("reasons", .strings(result.reasons)),
            ], result.used
        )
    }
}
