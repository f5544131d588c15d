import Kernel

extension Calculation {
    private static let contractParts = [
        Field("months", "integer", "without an end when left out", unit: "months"),
        Field("partTime", "boolean", "(false)"), Field("monthlyPay", "integer", "", unit: "đồng"),
        Field("probationOnly", "boolean", "(false)"), Field("domesticHelper", "boolean", "(false)"),
        Field("signedOn", "day", ""), Field("suspended", "boolean", "(false)"),
        Field("agreedToPay", "boolean", "the two sides agreed to pay meanwhile (false)"),
    ]

    static let whoMustJoin = make(
        "who-must-join", "Which scheme a person belongs to, and why",
        inputs: [
            Field("birth", "birth date", "", isRequired: true), Field("on", "day", "", isRequired: true),
            Field("sex", "male | female", "where the retirement age counts"),
            Field("vietnamese", "boolean", "(true)"),
            Field("contract", "object", "the only one", parts: contractParts),
            Field("contracts", "objects", "several, each with signedOn", parts: contractParts),
            Field("official", "boolean", "officials, civil servants, public employees"),
            Field("suspended", "boolean", "the contract, of an official too, is put off (false)"),
            Field("agreedToPay", "boolean", "the two sides agreed to pay meanwhile (false)"),
            Field("defenceWorker", "boolean", "workers of defence and police"),
            Field("armedForces", "boolean", ""), Field("conscript", "boolean", ""),
            Field("militia", "boolean", "standing militia"),
            Field(
                "householdOwner", "object", "of a household business",
                parts: [
                    Field("registered", "boolean", "", isRequired: true), Field("taxMethod", "declaration | other", ""),
                    Field("revenue", "integers by year", "declared", unit: "đồng"),
                ]),
            Field("salariedManager", "boolean", ""),
            Field("unpaidManager", "boolean", ""), Field("communeStaff", "boolean", "non-specialised staff"),
            Field(
                "companies", "objects", "managed",
                parts: [
                    Field("since", "day", "", isRequired: true), Field("salaried", "boolean", "", isRequired: true),
                ]),
            Field("workerAbroad", "boolean", ""),
            Field("spouseAtMission", "boolean", ""), Field("pensioner", "boolean", "pension or monthly allowance"),
            Field(
                "foreigner", "object", "working in Viet Nam",
                parts: [
                    Field("contractMonths", "integer", "", unit: "months", isRequired: true),
                    Field("intraCompany", "boolean", "moved within a company (false)"),
                    Field("concludedOn", "day", "when the contract was concluded"),
                    Field("treaty", "boolean", "a treaty says otherwise (false)"),
                ]),
            Field(
                "monthsContributed", "integer", "so far, for owners and unpaid managers past the age", unit: "months"),
        ],
        outputs: [
            Field("scheme", "compulsory | voluntary | none", ""),
            Field("ground", "string", "point of article 2.1, 2.2 or 2.4; null"),
            Field("grounds", "strings", "all that apply"),
            Field("unsettled", "strings", "between which article 2.5 names no order"),
            Field("contract", "integer", "of several, the one that counts: 1 for the first written; null"),
            Field("company", "integer", "of several, the one that counts; null"),
            Field("reasons", "strings", "in Vietnamese"),
        ]
    ) { (input: Coverage.Input, table, trace) in
        let result = try Coverage(input, table, trace: &trace)
        return (
            [
                ("scheme", .string(result.scheme?.rawValue ?? "none")),
                ("ground", result.ground.map { .string($0.rawValue) } ?? .null),
                ("grounds", .strings(result.grounds.map(\.rawValue))),
                ("unsettled", .strings(result.unsettled.map(\.rawValue))),
                ("contract", result.contract.map { .int($0) } ?? .null),
                ("company", result.company.map { .int($0) } ?? .null), ("reasons", .strings(result.reasons)),
            ], result.used
        )
    }

    static let late = make(
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
            Field("deadline", "day", "last day to pay or register"),
            Field(
                "deadlineIfMoved", "day", "the deadline if a day off moves it, where no text says so; null when settled"
            ),
            Field("lateFrom", "day", "first late day"),
            Field("lateDays", "integer", "late days", unit: "days"),
            Field("evasionFrom", "day", "from which evasion days are counted; null for none"),
            Field(
                "becomesEvasionOn", "day", "on which late payment becomes evasion; null where a letter must come first"),
            Field("evasionDays", "integer", "", unit: "days"),
            Field("status", "in-time | late | evasion", "proposed"),
            Field("interest", "integer", "extra to pay", unit: "đồng"),
        ]
    ) { (input: LatePayment.Input, table, trace) in
        let result = try LatePayment(input, table, trace: &trace)
        return (
            [
                ("deadline", .day(result.deadline)), ("deadlineIfMoved", .day(result.deadlineIfMoved)),
                ("lateFrom", .day(result.lateFrom)),
                ("lateDays", .int(result.lateDays)),
                ("evasionFrom", .day(result.evasionFrom)), ("becomesEvasionOn", .day(result.becomesEvasionOn)),
                ("evasionDays", .int(result.evasionDays)),
                ("status", .string(result.status.rawValue)), ("interest", .dong(result.interest)),
            ], result.used
        )
    }

    static let fine = make(
        "fine", "The range of an administrative fine",
        inputs: [
            Field("act", Fine.Act.allCases.map(\.rawValue).joined(separator: " | "), "", isRequired: true),
            Field("on", "day", "day of the act, or its first", isRequired: true),
            Field("until", "day", "last day of an act that went on: its decree applies"),
            Field("workers", "integer", "not registered, or concerned by an act fined by worker"),
            Field("books", "integer", "pawned or bought"),
            Field("amount", "integer", "late, evaded or kept", unit: "đồng"),
            Field("offender", Fine.Offender.allCases.map(\.rawValue).joined(separator: " | "), "(individual)"),
            Field("recordedOn", "day", "of the record of the breach, for the limitation"),
            Field("months", "integer", "of evasion, for the criminal limit", unit: "months"),
            Field("finedBefore", "boolean", "for evasion, for the criminal limit"),
        ],
        outputs: [
            Field("from", "integer", "", unit: "đồng"), Field("to", "integer", "", unit: "đồng"),
            Field("warning", "boolean", "a warning instead of a fine"),
            Field("decree", "string", "source"),
            Field("criminalWarning", "boolean", "may reach the limit of article 216 of the Penal Code"),
            Field("limitationTo", "day", "last day to fine; null where unknown"),
            Field("outOfTime", "boolean", "recorded after it"),
        ]
    ) { (input: Fine.Input, table, trace) in
        let result = try Fine(input, table, trace: &trace)
        return (
            [
                ("from", .dong(result.from)), ("to", .dong(result.to)), ("warning", .bool(result.isWarning)),
                ("decree", .string(result.decree)), ("criminalWarning", .bool(result.mayBeCriminal)),
                ("limitationTo", .day(result.limitationTo)), ("outOfTime", .bool(result.isOutOfTime)),
            ],
            result.used
        )
    }
}
