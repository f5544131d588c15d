import Kernel

extension Calculation {
    static let compulsory = make(
        "compulsory-contribution", "A month's contribution to the compulsory scheme, health and unemployment insurance",
        inputs: [
            Field(
                "salary", "integer", "monthly base before floor and ceiling; a conscript's may be left out",
                unit: "đồng"),
            Field("month", "month", "month of the salary", isRequired: true),
            Field(
                "group", CompulsoryGroup.allCases.map(\.rawValue).joined(separator: " | "),
                "whose contribution (employee)"),
            Field("region", "I | II | III | IV", "of minimum wages; needed with unemployment insurance"),
            Field("unpaidDays", "integer", "working days without pay (0)"),
            Field("workingDays", "integer", "of the month, for part of one"),
            Field("paidDays", "integer", "working days paid, for part of a month"),
            Field("agreedToPay", "boolean", "the two sides pay for a month without pay (false)"),
            Field("lastBase", "integer", "base of the last month, where they do (salary)", unit: "đồng"),
            Field("firstMonthSick", "boolean", "sick in the first month at work, or the first back (false)"),
            Field("unemploymentInsurance", "boolean", "true for an employee"),
            Field("stateSalary", "boolean", "a wage by the State's scale (false)"),
            Field("contractMonths", "integer", "of the contract; without an end when left out", unit: "months"),
            Field("serviceYear", "integer", "of a conscript: 1 for the first (1)"),
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

    static let severalContracts = make(
        "several-contracts", "A month's contributions of who works for several employers",
        inputs: [
            Field("month", "month", "month of the salaries", isRequired: true),
            Field(
                "contracts", "objects", "of this month", isRequired: true,
                parts: [
                    Field("salary", "integer", "", unit: "đồng", isRequired: true),
                    Field("signedOn", "day", "", isRequired: true), Field("suspended", "boolean", "(false)"),
                ]),
            Field("region", "I | II | III | IV", "of minimum wages; needed with unemployment insurance"),
            Field("unemploymentInsurance", "boolean", "(true)"),
        ],
        outputs: [
            Field("contract", "integer", "that counts: 1 for the first written"),
            Field("base", "integer", "of that contract", unit: "đồng"),
            Field("employeeTotal", "integer", "", unit: "đồng"),
            Field("employerTotal", "integer", "the employer of that contract", unit: "đồng"),
            Field("otherEmployersAccident", "integer", "the others, into the accident fund", unit: "đồng"),
            Field("total", "integer", "", unit: "đồng"),
        ]
    ) { (input: SeveralContracts.Input, table, trace) in
        let result = try SeveralContracts(input, table, trace: &trace)
        return (
            [
                ("contract", .int(result.contract)), ("base", .dong(result.bill.base)),
                ("employeeTotal", .dong(result.bill.amount(.employee))),
                ("employerTotal", .dong(result.bill.amount(.employer))),
                ("otherEmployersAccident", .dong(result.accidentOfOthers.reduce(.zero, +))),
                ("total", .dong(result.total)),
            ], result.used
        )
    }

    static let missingMonths = make(
        "missing-months", "The last months missing for a pension, paid at once after leaving the compulsory scheme",
        inputs: [
            Field("base", "integer", "monthly base before leaving", unit: "đồng", isRequired: true),
            Field("on", "day", "of the payment", isRequired: true),
            Field("monthsContributed", "integer", "to the compulsory scheme", unit: "months", isRequired: true),
        ],
        outputs: [
            Field("months", "integer", "missing", unit: "months"), Field("monthly", "integer", "", unit: "đồng"),
            Field("amount", "integer", "", unit: "đồng"),
        ]
    ) { (input: MissingMonths.Input, table, trace) in
        let result = try MissingMonths(input, table, trace: &trace)
        return (
            [("months", .int(result.months)), ("monthly", .dong(result.monthly)), ("amount", .dong(result.amount))],
            result.used
        )
    }

    static let householdHealth = make(
        "household-health-insurance", "Health insurance of a household by the order of its members",
        inputs: [
            Field("members", "integer", "who take part", isRequired: true),
            Field("start", "month", "first month paid for", isRequired: true),
            Field("months", "integer", "3, 6 or 12 (12)", unit: "months"),
        ],
        outputs: [
            Field("first", "integer", "the first member", unit: "đồng"),
            Field("last", "integer", "the last member", unit: "đồng"), Field("total", "integer", "", unit: "đồng"),
        ]
    ) { (input: HouseholdHealth.Input, table, trace) in
        let result = try HouseholdHealth(input, table, trace: &trace)
        return (
            [
                ("first", .dong(result.amounts.first ?? .zero)), ("last", .dong(result.amounts.last ?? .zero)),
                ("total", .dong(result.total)),
            ], result.used
        )
    }
}
