extension Calculation {
    /// All of them, in the order people meet them.
    public static let all: [Calculation] = [
        whoMustJoin, compulsory, severalContracts, missingMonths, householdHealth, voluntary, refund, late, fine,
        retirementAge, pension, retirementAllowance, monthlyAllowance, lumpSum, maternity, socialPension, deadline,
    ]
}
