public import Kernel
public import Legislation
import Registry

/// What the law says on the day of a review, as far as its facts ask: thresholds are read of the dated parameters, none stands here.
public struct ReviewLaw: Sendable {
    public let day: Day
    private let table: ParameterTable
    /// The shortest contract that is bound, in months.
    let contractMonths: Int
    /// The least pay of a month of who works part of the time.
    let partTimePay: Dong?
    /// Revenue of a year above which the owner of a household business is bound; nil while the way of paying tax decides.
    let ownerRevenue: Dong?
    let byDeclaration: Bool
    /// How far the base may lie under the taxed income; nil while nobody decided.
    let baseGap: Share?
    /// The most that contributions are reckoned from.
    let ceiling: Dong?

    /// - Throws: `LegislationError` for a day without the values that every review needs.
    public init(_ table: ParameterTable, on day: Day) throws {
        (self.table, self.day) = (table, day)
        func value(_ key: String) throws -> ParameterValue? { try table.parameter(key).value(on: day)?.value }
        func dong(_ key: String) throws -> Dong? {
            switch try value(key) {
            case .dong(let dong): dong
            case .reference(let other, let times):
                if case .dong(let dong) = try value(other) { dong * times } else { nil }
            default: nil
            }
        }
        guard case .count(let months) = try table.dated("coverage.contract_min_months", on: day).value else {
            throw LegislationError.noValue(
                key: "coverage.contract_min_months", name: "Thời hạn hợp đồng ngắn nhất", day: day, awaits: nil)
        }
        contractMonths = months
        partTimePay = try dong("coverage.parttime_min_monthly_pay")
        ownerRevenue = try dong("coverage.household_owner.revenue_threshold")
        byDeclaration = try value("coverage.household_owner.declaration_method") != nil
        if case .share(let share) = try value("coverage.review.base_gap") { baseGap = share } else { baseGap = nil }
        ceiling = try dong("ceiling.amount")
    }

    /// The day on which somebody may retire; nil where sex or birth is not known.
    func retirement(_ sex: String?, _ birth: PartialDay?) -> Day? {
        guard let sex = sex.flatMap({ Sex(rawValue: $0) }), let birth = birth.flatMap({ BirthDate("\($0)") }) else {
            return nil
        }
        var none = NoTrace()
        do {
            return try RetirementAge(.init(sex: sex, birth: birth), table, trace: &none).reachedOn
        } catch LegislationError.input {
            // Reached before the tables begin.
            return .distantPast
        } catch {
            return nil
        }
    }

    /// The same where two days are judged by the same values: what was worked out for one holds for the other.
    public var fingerprint: String {
        let ages = ["retirement_age.male", "retirement_age.female"].map { key in
            (try? table.parameter(key).values.map { "\($0.value) \($0.from)" }.joined(separator: ";")) ?? ""
        }
        return StableHash.text(
            ([
                "\(contractMonths)", "\(partTimePay?.amount ?? -1)", "\(ownerRevenue?.amount ?? -1)",
                "\(byDeclaration)", baseGap.map { "\($0.numerator)/\($0.denominator)" } ?? "",
                "\(ceiling?.amount ?? -1)",
            ] + ages).joined(separator: "|"))
    }
}

/// FNV-1a: the same on every machine.
enum StableHash {
    static func text(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
