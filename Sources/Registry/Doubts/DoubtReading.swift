import Access
import Database
import Formats
import Kernel
import Linkage
import Vault

/// Puts a pair together for whoever decides it.
struct DoubtReading {
    private let id: DoubtID
    private let pair: LinkPair
    private let low: LinkBundle
    private let high: LinkBundle
    private let models: LinkModels
    private let rules: LinkRules
    private let keys: NumberKeys?
    private let scope: Scope
    private let connection: any SQLConnection

    init(
        _ id: DoubtID, within scope: Scope, linking: Linking, keys: NumberKeys?, on connection: any SQLConnection
    ) throws {
        self.id = id
        guard let row = try connection.row("SELECT * FROM link_pair WHERE low = ? AND high = ?", id.low, id.high),
            let low = try LinkIndex.cores([id.low], on: connection).first,
            let high = try LinkIndex.cores([id.high], on: connection).first
        else { throw Self.gone }
        pair = try LinkPair(row)
        (self.low, self.high) = (low, high)
        let bound = Bound(scope)
        for core in [low, high] where bound.communes != nil {
            let rows = try connection.rows(
                "SELECT place FROM membership WHERE entity = ?\(bound.sql("commune")) LIMIT 1",
                [core.entity.sqlValue] + bound.values)
            // Whoever may not see it learns nothing of it.
            if rows.isEmpty { throw Self.gone }
        }
        models = try linking.models(on: connection)
        (rules, self.keys, self.scope, self.connection) = (linking.rules, keys, scope, connection)
    }

    /// Whether a record is one that whoever asks may see: a person of theirs may have others elsewhere.
    private func isWithin(_ member: LinkMember) -> Bool {
        guard scope.communes != nil else { return true }
        return CommuneCode(member.face.commune).map { scope.covers($0) } ?? false
    }

    static let gone = Refusal(
        .notFound,
        "Không còn cặp bản ghi này: dữ liệu đã thay đổi hoặc cặp nằm ngoài địa bàn của bạn. Hãy xem lại danh sách."
    )

    /// The two records that are most alike, of those within the scope.
    struct Likest {
        let low: LinkMember
        let high: LinkMember
        let kinds: KindPair
        let scorer: PairScorer
        let membersOfLow: [LinkMember]
        let membersOfHigh: [LinkMember]
    }

    func likest() throws -> Likest {
        let members = try LinkIndex.members(of: Set([low.entity, high.entity]), keys: keys, on: connection)
        let decisions = try LinkIndex.decisions(of: Set([low.entity, high.entity]), on: connection)
        var sides: [RecordPlace: [LinkMember]] = [:]
        for core in BundleClusters.cores(of: members, decisions) {
            sides[members[core[0]].place] = core.map { members[$0] }
        }
        guard let lefts = sides[id.low]?.filter(isWithin), let rights = sides[id.high]?.filter(isWithin) else {
            throw Self.gone
        }
        var best: (weight: Double, left: LinkMember, right: LinkMember, kinds: KindPair)?
        var seen: Set<[String]> = []
        for left in lefts {
            for right in rights {
                let kinds = KindPair(left.kind.rawValue, right.kind.rawValue)
                guard seen.insert(left.face.values + right.face.values + [kinds.description]).inserted else { continue }
                let weighed = try models[kinds].weigh([left.face.values, right.face.values], pairs: [(0, 1)])[0]
                if best.map({ weighed.weight > $0.weight }) ?? true { best = (weighed.weight, left, right, kinds) }
            }
        }
        guard let best else { throw Self.gone }
        return Likest(
            low: best.left, high: best.right, kinds: best.kinds, scorer: models[best.kinds], membersOfLow: lefts,
            membersOfHigh: rights)
    }

    func detail() throws -> DoubtDetail {
        let likest = try likest()
        let explanation = try likest.scorer.explain(likest.low.face.values, likest.high.face.values)
        let (left, right) = (
            try side(low, likest.low, likest.membersOfLow), try side(high, likest.high, likest.membersOfHigh)
        )
        let decision = try connection.rows(
            DoubtDecision.selection + " WHERE d.one = ? AND d.other = ? AND d.state <> 'undone'",
            min(likest.low.place, likest.high.place), max(likest.low.place, likest.high.place)
        ).first.map { try DoubtDecision($0) }
        var pending: [Set<EntityID>: DoubtDecision] = [:]
        if let decision { pending[[low.entity, high.entity]] = decision }
        let doubt = DoubtfulPair(pair, persons: (low.entity, high.entity), pending: pending, check: false, rules: rules)
        return DoubtDetail(
            doubt: doubt, low: left, high: right, steps: Self.steps(explanation),
            differing: Self.differing(left.record, right.record),
            history: try DoubtQueries.history(of: likest.low.place, likest.high.place, on: connection),
            needsSecond: Dictionary(
                uniqueKeysWithValues: DoubtAnswer.allCases.map {
                    ($0, DecideDoubt.risk($0, weight: pair.weight) >= rules.secondPersonAbove)
                }))
    }

    static func differing(_ left: StoredRecord, _ right: StoredRecord) -> Set<RecordField> {
        Set(
            left.values.pairs.filter { field, value in
                right.values[field].map { VietnameseText.fold($0.text) != VietnameseText.fold(value.text) } ?? false
            }.map(\.field))
    }

    static let titles = [
        "name": "Họ tên", "birth": "Ngày sinh", "sex": "Giới tính", "place": "Nơi ở", "phone": "Điện thoại",
    ]

    private static func steps(_ explanation: Explanation) -> [DoubtStep] {
        [
            DoubtStep(
                comparison: "", title: "Trước khi so sánh", words: "hai bản ghi bất kỳ", left: "", right: "",
                weight: explanation.prior, rarity: 0)
        ]
            + explanation.steps.map { step in
                // A telephone is compared by its blind index, which tells nobody anything.
                let isSecret = step.comparison == "phone"
                return DoubtStep(
                    comparison: step.comparison, title: titles[step.comparison] ?? step.comparison,
                    words: words(step), left: isSecret ? "" : step.left,
                    right: isSecret ? "" : step.right, weight: step.sum, rarity: step.rarity)
            }
    }

    /// A model names the columns it compares as programs do.
    private static func words(_ step: Explanation.Step) -> String {
        let words = LevelWords.vietnamese(step.condition)
        guard step.comparison == "place" else { return words }
        return words.replacing("giống khi bỏ dấu (address)", with: "cùng địa chỉ")
            .replacing(" và giống hoàn toàn", with: ", cùng xã, phường")
    }

    private func side(_ core: LinkBundle, _ member: LinkMember, _ members: [LinkMember]) throws -> DoubtSide {
        var numbers: [ShownNumber] = []
        var shown: StoredRecord?
        for own in members {
            guard
                let row = try connection.row(
                    """
                    SELECT r.* FROM membership m JOIN record r ON r.commune = m.commune AND r.place = m.place
                    WHERE m.place = ?
                    """, own.place)
            else { continue }
            let record = try keys == nil ? StoredRecord(openPartOf: row) : StoredRecord(row, keys: keys)
            if own.place == member.place { shown = record }
            for number in PlainNumber.all(in: record.values, of: record.kind) {
                let masked = ShownNumber(number, isOpened: false)
                if !numbers.contains(masked) { numbers.append(masked) }
            }
        }
        guard let shown else { throw Self.gone }
        return DoubtSide(
            person: core.entity, record: shown.withoutSealed, numbers: numbers, records: members.count,
            household: try household(of: member.face))
    }

    private func household(of face: LinkFace) throws -> [HouseholdMember] {
        guard let key = face.householdKey else { return [] }
        let found = try LinkIndex.cores(withKeys: [key], on: connection)[key] ?? []
        var seen: Set<EntityID> = [low.entity, high.entity]
        var household: [HouseholdMember] = []
        for core in try LinkIndex.cores(found.sorted().prefix(200), on: connection).sorted(by: { $0.core < $1.core })
        where seen.insert(core.entity).inserted {
            guard let own = core.faces.faces.first(where: { $0.householdKey == key }) else { continue }
            household.append(HouseholdMember(person: core.entity, name: own.name, birth: own.birth, sex: own.sex))
            if household.count == DoubtQueries.mostInHousehold { break }
        }
        return household
    }
}

extension StoredRecord {
    /// Without what identifies: as it may be shown where nobody said a purpose.
    var withoutSealed: StoredRecord { StoredRecord(self, values: values.filter { field, _ in !field.isSealed }) }
}
