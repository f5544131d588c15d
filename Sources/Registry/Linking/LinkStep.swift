import Database
import Formats
import Kernel
import Vault

/// One chunk of linking: which cores changed, what they weigh with others, and what follows for the persons around them.
struct LinkStep {
    let linking: Linking
    let models: LinkModels
    let keys: NumberKeys?
    let delivery: Int
    let now: Timestamp
    let connection: any SQLConnection

    /// Cores as the index has them, and as they are now.
    var before: [RecordPlace: LinkBundle] = [:]
    var changed: [RecordPlace: LinkBundle] = [:]
    var gone: [RecordPlace: LinkBundle] = [:]
    /// Members of persons that were worked out as a whole, by core.
    var places: [RecordPlace: [LinkMember]] = [:]
    var graph: LinkGraph
    private var made = FaceKeys()
    /// Those that are worked out as a whole in this chunk, and of them those that another model weighs.
    var persons: Set<EntityID> = []
    var reweighed: Set<EntityID> = []

    init(
        linking: Linking, models: LinkModels, keys: NumberKeys?, delivery: Int, now: Timestamp,
        connection: any SQLConnection
    ) {
        (self.linking, self.models, self.keys) = (linking, models, keys)
        (self.delivery, self.now, self.connection) = (delivery, now, connection)
        graph = LinkGraph(linking.rules)
    }

    // MARK: Cores

    /// Finds the cores that records and persons make.
    mutating func take(
        _ waiting: [LinkRecords.Waiting], persons: [EntityID], reweighing: Set<EntityID> = []
    ) throws {
        let entities = try LinkIndex.entities(of: waiting.map(\.place), on: connection)
        var known: [EntityID: [LinkBundle]] = [:]
        for core in try LinkIndex.cores(of: Set(entities.values), on: connection) {
            known[core.entity, default: []].append(core)
        }
        (self.persons, reweighed) = (Set(persons), reweighing)
        var whole = Set(persons)
        var added: [EntityID: [LinkRecords.Waiting]] = [:]
        // One that was taken out meanwhile belongs to nobody.
        for record in waiting {
            if let entity = entities[record.place] { added[entity, default: []].append(record) }
        }
        for entity in added.keys {
            let cores = known[entity] ?? []
            // One core that nobody parted grows by what comes; all else is worked out anew.
            if cores.count > 1 || cores.contains(where: { $0.core != entity.first || !$0.apart.isEmpty }) {
                whole.insert(entity)
            }
        }
        // One that the index has under another person changed in more than what comes.
        for core in try LinkIndex.cores(added.keys.filter { known[$0] == nil }.map(\.first), on: connection) {
            whole.formUnion([EntityID(first: core.core), core.entity])
        }
        for (entity, records) in added where !whole.contains(entity) {
            let standing = known[entity]?.first
            var core = standing ?? LinkBundle(entity.first, entity: entity)
            for record in records {
                core.faces.formUnion(record.faces)
                core.numbers.formUnion(record.numbers)
            }
            guard standing.map({ !$0.isLike(core) }) ?? true else { continue }
            if let standing { before[standing.core] = standing }
            changed[core.core] = core
        }
        if !whole.isEmpty { try workOut(whole) }
    }

    /// Works persons out from their records.
    private mutating func workOut(_ persons: Set<EntityID>) throws {
        var (all, fresh) = (persons, persons)
        var decisions: Set<RecordDecision> = []
        while !fresh.isEmpty {
            let found = try LinkIndex.decisions(of: fresh, on: connection)
            decisions.formUnion(found)
            let others = try LinkIndex.entities(of: Set(found.flatMap { [$0.one, $0.other] }), on: connection)
            fresh = Set(others.values).subtracting(all)
            all.formUnion(fresh)
        }
        let members = try LinkIndex.members(of: all, keys: keys, on: connection)
        var found: [RecordPlace: LinkBundle] = [:]
        // Persons that no decision joins cannot share a core.
        for indices in BundleClusters.cores(of: members, Array(decisions)) {
            let own = indices.map { members[$0] }
            var core = LinkBundle(own[0].place, entity: EntityID(first: own[0].place))
            for member in own {
                core.faces.add(member.face, of: member.kind)
                core.numbers.formUnion(member.tokens)
            }
            let inside = Set(own.map(\.place))
            for decision in decisions where !decision.isSame {
                for (one, other) in [(decision.one, decision.other), (decision.other, decision.one)]
                where inside.contains(one) {
                    core.apart.insert(LinkBundle.Parting(own: one, other: other))
                }
            }
            found[core.core] = core
            places[core.core] = own
        }
        for old in try LinkIndex.cores(of: all, on: connection) + LinkIndex.cores(found.keys, on: connection) {
            before[old.core] = old
            changed[old.core] = nil
            if found[old.core] == nil { gone[old.core] = old }
        }
        for core in found.values { changed[core.core] = core }
    }

    // MARK: Pairs

    /// Weighs what changed, draws the consequences and writes them.
    /// - Returns: persons that became one with another.
    mutating func finish() throws -> Int {
        let fresh = changed.values.filter { core in
            before[core.core].map { !$0.isLike(core) || reweighed.contains($0.entity) } ?? true
        }.sorted { $0.core < $1.core }
        let sorted = changed.values.sorted { $0.core < $1.core }
        for index in changed.keys {
            // Until its pairs are known it is where it was.
            if let old = before[index] { changed[index]?.entity = old.entity }
        }
        try LinkIndex.store(
            sorted.map { changed[$0.core] ?? $0 }, gone: Array(gone.values), before: before, &made, on: connection)
        let touched = Set(fresh.map(\.core)).union(gone.keys)
        var around: Set<RecordPlace> = touched
        for pair in try LinkIndex.pairs(around: touched, on: connection) {
            around.formUnion([pair.low, pair.high])
            try connection.execute("DELETE FROM link_pair WHERE low = ? AND high = ?", pair.low, pair.high)
        }
        let pairs = try weigh(fresh)
        _ = try connection.load("link_pair", columns: LinkPair.columns, rows: pairs.lazy.map(\.row))
        for pair in pairs { around.formUnion([pair.low, pair.high]) }
        // Whoever is worked out as a whole is judged as a whole: one that he was like may be gone.
        around.formUnion(changed.keys)
        around.subtract(gone.keys)
        return try follow(around)
    }

    private mutating func weigh(_ fresh: [LinkBundle]) throws -> [LinkPair] {
        let keys = fresh.map { made.finding($0.faces) }
        let blocks = try LinkIndex.cores(withKeys: keys.reduce(into: Set()) { $0.formUnion($1) }, on: connection)
        var asked: Set<[RecordPlace]> = []
        for (core, keys) in zip(fresh, keys) {
            for key in keys {
                for other in blocks[key] ?? [] where other != core.core {
                    asked.insert(core.core < other ? [core.core, other] : [other, core.core])
                }
            }
        }
        guard !asked.isEmpty else { return [] }
        var cores = changed
        for core in try LinkIndex.cores(Set(asked.joined()).subtracting(changed.keys), on: connection) {
            cores[core.core] = core
        }
        let scoring = LinkScoring(rules: linking.rules, models: models, keys: self.keys, connection: connection)
        return try scoring.weigh(
            asked.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.compactMap { pair in
                guard let low = cores[pair[0]], let high = cores[pair[1]] else { return nil }
                return (low, high)
            })
    }
}
