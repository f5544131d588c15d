public import Kernel

/// The month's contributions of who works for several employers: the first contract that is not put off counts, and every
/// employer pays the accident fund (Law on Social Insurance, article 2.5.a; Law on Occupational Safety 84/2015, article 43.2).
public struct SeveralContracts: Sendable, Equatable {
    public struct Contract: Codable, Sendable, Equatable {
        public var salary: Int
        public var signedOn: Day
        /// Put off without an agreement to pay on.
        public var suspended: Bool?
    }

    public struct Input: Codable, Sendable, Equatable {
        public var month: Month
        public var region: String?
        public var unemploymentInsurance: Bool?
        public var contracts: [Contract]
    }

    /// Of the contract that counts: 1 for the first written.
    public let contract: Int
    public let bill: CompulsoryContribution
    /// What the other employers pay into the accident fund, by contract; zero for those put off and for the one that counts.
    public let accidentOfOthers: [Dong]
    public let used: [UsedParameter]

    public var total: Dong { accidentOfOthers.reduce(bill.total, +) }

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        guard (1...20).contains(input.contracts.count) else {
            throw LegislationError.input(field: "contracts", reason: "cần từ 1 đến 20 hợp đồng")
        }
        guard input.contracts.allSatisfy({ $0.signedOn <= input.month.lastDay }) else {
            throw LegislationError.input(
                field: "contracts", reason: "có hợp đồng giao kết sau tháng \(input.month.vietnamese)")
        }
        let running = input.contracts.enumerated().filter { !($0.element.suspended ?? false) }
            .sorted { ($0.element.signedOn, $0.offset) < ($1.element.signedOn, $1.offset) }
        guard let first = running.first else {
            throw LegislationError.input(
                field: "contracts",
                reason: "mọi hợp đồng đang tạm hoãn: không thuộc diện bắt buộc (khoản 4 điểm b Điều 2)")
        }
        contract = first.offset + 1
        trace.step {
            .words(
                "Hợp đồng làm căn cứ", "giao kết đầu tiên, ngày \(first.element.signedOn.vietnamese)",
                "hợp đồng thứ \(first.offset + 1)", "Luật BHXH 41/2024/QH15, Điều 2 khoản 5 điểm a")
        }
        bill = try CompulsoryContribution(
            .init(
                salary: first.element.salary, month: input.month, region: input.region,
                unemploymentInsurance: input.unemploymentInsurance), table, trace: &trace)
        var asked = Asked(table)
        let day = input.month.firstDay
        let share = try asked.value(.employerAccident, on: day)
        var others = [Dong](repeating: .zero, count: input.contracts.count)
        for (index, contract) in running.dropFirst() {
            guard contract.salary >= 0 else {
                throw LegislationError.input(field: "contracts", reason: "mức lương không thể âm")
            }
            var none = NoTrace()
            let base = try CompulsoryContribution.bounded(Dong(contract.salary), on: day, &asked, &none)
            let amount = base * share
            others[index] = amount
            trace.step {
                .money(
                    "Đơn vị của hợp đồng thứ \(index + 1) – tai nạn lao động, bệnh nghề nghiệp",
                    "\(share.percentText) × \(base.grouped)", amount, "Luật ATVSLĐ 84/2015/QH13, Điều 43 khoản 2",
                    sum: "total")
            }
        }
        accidentOfOthers = others
        var used = bill.used
        for one in asked.used where !used.contains(one) { used.append(one) }
        self.used = used
    }
}
