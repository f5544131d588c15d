/// What a record may say: one closed list for all kinds of list. A new list of known fields needs a file, not Swift.
public enum RecordField: String, Codable, Sendable, CaseIterable {
    // MARK: A person
    case name, birth, sex, personalID, oldPersonalID, siCode, taxCode, passport, phone, email, ethnicity, nationality
    /// As written; ``commune`` is the unit of today that it names, where that is certain.
    case address
    case commune
    /// The commune's name or code as written, where it is a column of its own.
    case communeWritten
    /// Residential group (tổ dân phố, thôn).
    case group
    /// Number of the residence file (số hồ sơ cư trú): with the head's number the key of a household.
    case household
    /// To the head of the household.
    case relation
    case education, skill, activity, job, workplace
    case insurance

    // MARK: An employer
    case unitCode, unitName, unitTaxCode, budgetCode, unitKind, unitStatus, taxStatus, subjectKind, industry,
        industryCode, representative, representativeID, registeredOn, headCount, memberCount, capital
    /// Who stands above: an investor of a contractor, a contractor of a subcontractor.
    case aboveName, aboveTaxCode, tier
    case managedBy, siOffice, cadence

    // MARK: Participation
    case month, from, to, months, base, baseHealth, baseUnemployment, baseAccident, coefficient, differential,
        positionAllowance, positionShare, seniority, professionSeniority, allowances, position, openContract,
        fixedContract,
        otherContract, contractDay, change, changeWritten, hospital, resultForm
    case isCompulsory, isVoluntary, hasHealth, hasUnemployment
    case stoppedMonth
    case amount, ownAmount, stateRate, stateAmount, moreRate, moreAmount, localRate, localAmount, otherRate, otherAmount
    case receiptDay, receiptNumber, agentCode

    // MARK: Tax
    case taxYear, income, insuranceDeducted, dependants, familyDeduction, charity, voluntaryPension, taxedIncome,
        withheld, taxDue, taxOver, taxStillDue, isNonResident, authorisesPayer, revenue, taxForm
    /// What a list of pay says of the contract of all who stand in it.
    case payContract

    // MARK: Others
    case school, schoolClass, benefitKind, benefitFrom
    case projectCode, projectName, permitNumber, permitDay, startDay, finishDay, siteCommander
    case registration, area, crew
    case line, lineName, sickness, retirement, health, unemployment, accident, total
    /// The list's own running number and remarks.
    case number, remarks
    /// The list's own code for a person or thing, such as a household's of before 2026.
    case ownCode

    /// Where its name stands among the names of all. Records are kept in this order, and comparing names letter by letter takes
    /// longer than reading a cell.
    var rank: Int { Self.ranks[ordinal] }

    /// Its place among the cases: an enumeration of fewer than 257 cases without values is stored as that one byte (tested).
    var ordinal: Int { withUnsafeBytes(of: self) { Int($0[0]) } }

    private static let ranks: [Int] = {
        let sorted = allCases.map(\.rawValue).sorted()
        let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($0.element, $0.offset) })
        return allCases.map { places[$0.rawValue] ?? 0 }
    }()

    /// What kind of value it holds.
    public var type: ValueType {
        switch self {
        case .birth: .partialDay
        case .personalID, .representativeID: .personalID
        case .oldPersonalID: .oldPersonalID
        case .siCode: .siCode
        case .taxCode, .unitTaxCode, .aboveTaxCode: .taxCode
        case .phone: .phone
        case .commune: .commune
        case .sex: .code(["male", "female"])
        case .insurance: .code(["compulsory", "voluntary", "none"])
        case .change:
            .code([
                "new", "moved-in", "back", "leave", "maternity", "sick", "unpaid-leave", "adjusted", "first",
                "continued",
                "again", "decrease", "pension", "death", "moved-out",
            ])
        case .tier: .code(["investor", "contractor", "subcontractor"])
        case .taxForm: .code(["01/TKN-CNKD", "01/CNKD"])
        case .payContract: .code(["three-months", "shorter-or-none"])
        case .openContract, .fixedContract, .otherContract, .isCompulsory, .isVoluntary, .hasHealth, .hasUnemployment,
            .isNonResident, .authorisesPayer:
            .flag
        case .registeredOn, .contractDay, .receiptDay, .permitDay, .startDay, .finishDay: .day
        case .month, .from, .to, .stoppedMonth, .benefitFrom: .month
        case .headCount, .memberCount, .months, .dependants, .taxYear, .crew, .number: .count
        case .coefficient, .differential, .positionShare, .seniority, .professionSeniority, .stateRate, .moreRate,
            .localRate,
            .otherRate,
            .area:
            .share
        case .base, .baseHealth, .baseUnemployment, .baseAccident, .positionAllowance, .allowances, .amount, .ownAmount,
            .stateAmount, .moreAmount, .localAmount, .otherAmount, .income, .insuranceDeducted, .familyDeduction,
            .charity, .voluntaryPension, .taxedIncome, .withheld, .taxDue, .taxOver, .taxStillDue, .revenue, .capital,
            .sickness, .retirement, .health, .unemployment, .accident, .total:
            .money
        case .name, .passport, .email, .ethnicity, .nationality, .address, .communeWritten, .group, .household,
            .relation,
            .education, .skill, .activity, .job, .workplace, .unitCode, .unitName, .budgetCode, .unitKind, .unitStatus,
            .taxStatus, .subjectKind, .industry, .industryCode, .representative, .aboveName, .managedBy, .siOffice,
            .cadence, .position, .changeWritten, .hospital, .resultForm, .receiptNumber, .agentCode, .school,
            .schoolClass, .benefitKind,
            .projectCode, .projectName, .permitNumber, .siteCommander, .registration, .line, .lineName, .remarks,
            .ownCode:
            .text
        }
    }

    /// Whether it tells who somebody is, so that it is kept sealed: numbers of persons and their telephones.
    public var isSealed: Bool {
        switch self {
        case .personalID, .oldPersonalID, .siCode, .passport, .phone, .email, .representativeID: true
        // Since 2025-07-01 a person's and a household business's tax code is the personal number.
        case .taxCode, .unitTaxCode, .aboveTaxCode: true
        default: false
        }
    }
}

/// Kinds of value that a field may hold.
public enum ValueType: Sendable, Equatable {
    case text
    /// A whole day.
    case day
    /// A day, a month or a year alone.
    case partialDay
    case month
    /// Whole đồng.
    case money
    /// A whole number from 0.
    case count
    /// An exact number with a fraction: a per cent as part of one (22 % is 22/100), a coefficient, hectares.
    case share
    case flag
    /// One of a closed list of words.
    case code([String])
    case personalID, oldPersonalID, siCode, taxCode, phone
    /// A commune of today.
    case commune
}
