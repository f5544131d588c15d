public import Database
public import Kernel

/// The compulsory participants of a month by block, against the month before: objective 1 of the plan (enterprises,
/// household businesses …) in numbers. For dashboards and reports alike: ``FigureService/blockMonth(until:commune:on:)``.
///
/// The forms of BHXH do not part who works in industrial parks and economic zones (`khu công nghiệp, khu kinh tế`): their
/// people stand in the blocks of enterprises.
public struct BlockMonth: Sendable, Equatable {
    /// Blocks that are spoken of together.
    public enum Group: String, Sendable, CaseIterable {
        case enterprises, households, others, administration, rest

        public var title: String {
            switch self {
            case .enterprises: "Doanh nghiệp (kể cả trong khu công nghiệp, khu kinh tế)"
            case .households: "Chủ hộ kinh doanh, người quản lý không hưởng lương"
            case .others: "Đơn vị ngoài công lập, hợp tác xã, hội nghề nghiệp, tổ hợp tác"
            case .administration: "Hành chính, Đảng, đoàn thể, cấp xã, dân quân thường trực"
            case .rest: "Khác"
            }
        }

        public var blocks: [Block] {
            switch self {
            case .enterprises: [.stateEnterprise, .foreignEnterprise, .privateEnterprise]
            case .households: [.householdBusinessOwner, .unpaidManager]
            case .others: [.nonPublicUnit, .cooperative, .association]
            case .administration: [.standingMilitia, .administration]
            case .rest: [.other]
            }
        }
    }

    public struct Line: Sendable, Equatable {
        public let block: Block
        public let people: Int
        /// Against the month before, over the communes that gave blocks in both; nil where none did.
        public let change: Int?
        /// Employers and people that could take part (B16a-TS); nil where no form says.
        public let potentialUnits: Int?
        public let potentialPeople: Int?
    }

    public let month: Month
    /// In the order of the form.
    public let lines: [Line]
    /// Communes that the numbers are of; nil where a form of the whole place gave them.
    public let communes: Int?
    public let day: Day
    public let source: String

    public var people: Int { lines.reduce(0) { $0 + $1.people } }

    /// A group's participants and change.
    public func sum(_ group: Group) -> (people: Int, change: Int?) {
        let own = lines.filter { group.blocks.contains($0.block) }
        let changes = own.compactMap(\.change)
        return (
            own.reduce(0) { $0 + $1.people }, changes.count == own.count && !own.isEmpty ? changes.reduce(0, +) : nil
        )
    }
}

extension FigureService {
    /// The blocks of the latest month that has them, at most a year back: of form B16a-TS where the place has one of that
    /// month or later, otherwise of the breakdown of its figures.
    /// - Parameter commune: nil for the province.
    /// - Returns: nil where no month has blocks.
    public static func blockMonth(
        until month: Month, commune: CommuneCode? = nil, on connection: any SQLConnection
    ) throws -> BlockMonth? {
        let place: MovementPlace = commune.map { .commune($0) } ?? .province
        let form = try MovementService.latest(
            [.participants, .potentialUnits, .potentialPeople], until: month, at: place, on: connection
        ).filter { $0.movement.key.block != nil }
        func potential(_ measure: MovementMeasure, _ block: Block) -> Int? {
            form.first { $0.movement.key.measure == measure && $0.movement.key.block == block }?.value
        }
        let stated = form.filter { $0.movement.key.measure == .participants }
        let ofForm = stated.map(\.movement.key.month).max()
        let ofFigures = try lastMonthOfBlocks(until: month, commune: commune, on: connection)
        if let last = ofForm, last >= ofFigures ?? last {
            let lines = stated.filter { $0.movement.key.month == last }
            let before = try MovementService.movements(
                of: last.adding(months: -1), at: place, on: connection
            ).filter { $0.key.measure == .participants }
            return BlockMonth(
                month: last,
                lines: lines.compactMap { line in
                    line.movement.key.block.map { block in
                        BlockMonth.Line(
                            block: block, people: line.value,
                            change: before.first { $0.key.block == block }.map { line.value - $0.value },
                            potentialUnits: potential(.potentialUnits, block),
                            potentialPeople: potential(.potentialPeople, block))
                    }
                }.sorted { $0.block < $1.block },
                communes: nil, day: lines.map(\.day).min() ?? last.lastDay, source: lines.first?.source ?? "")
        }
        guard let last = ofFigures else { return nil }
        let now = try breakdowns(of: last, commune: commune, on: connection)
        let before = try breakdowns(of: last.adding(months: -1), commune: commune, on: connection)
        let source = try sources(of: last, on: connection).first
        return BlockMonth(
            month: last,
            lines: Block.allCases.compactMap { block in
                let values = now.values.compactMap { $0[block] }
                guard !values.isEmpty else { return nil }
                let changes = now.compactMap { commune, people in
                    people[block].flatMap { now in before[commune]?[block].map { now - $0 } }
                }
                return BlockMonth.Line(
                    block: block, people: values.reduce(0, +),
                    change: changes.isEmpty ? nil : changes.reduce(0, +),
                    potentialUnits: potential(.potentialUnits, block),
                    potentialPeople: potential(.potentialPeople, block))
            }, communes: now.count, day: source?.cutoff ?? last.lastDay, source: source?.source ?? "")
    }

    private static func lastMonthOfBlocks(
        until month: Month, commune: CommuneCode?, on connection: any SQLConnection
    ) throws -> Month? {
        var values = [month.sqlValue, month.adding(months: -12).sqlValue]
        if let commune { values.append(commune.sqlValue) }
        return try connection.rows(
            """
            SELECT b.month AS month FROM figure_breakdown b JOIN participant_figure p
                ON p.commune = b.commune AND p.month = b.month AND p.scheme = 'compulsory' AND p.batch = b.batch
            WHERE b.month <= ? AND b.month > ?\(commune == nil ? "" : " AND b.commune = ?")
            ORDER BY b.month DESC LIMIT 1
            """, values
        ).first.map { try $0.month("month") }
    }

    private static func breakdowns(
        of month: Month, commune: CommuneCode?, on connection: any SQLConnection
    ) throws -> [CommuneCode: [Block: Int]] {
        var values = [month.sqlValue]
        if let commune { values.append(commune.sqlValue) }
        return Dictionary(
            try connection.rows(
                """
                SELECT b.commune, \(Block.columns("b")) FROM figure_breakdown b JOIN participant_figure p
                    ON p.commune = b.commune AND p.month = b.month AND p.scheme = 'compulsory' AND p.batch = b.batch
                WHERE b.month = ?\(commune == nil ? "" : " AND b.commune = ?")
                """, values
            ).map { (try $0.communeCode("commune"), try Block.people($0)) }, uniquingKeysWith: { first, _ in first })
    }
}
