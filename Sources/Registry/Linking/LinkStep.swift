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
    private var before: [RecordPlace: LinkCore] = [:]
    private var changed: [RecordPlace: LinkCore] = [:]
    private var gone: [RecordPlace: LinkCore] = [:]
    /// Members of persons that were worked out as a whole, by core.
    private var places: [RecordPlace: [LinkMember]] = [:]
    private var graph: LinkGraph
    /// Those that are worked out as a whole in this chunk, and of them those that another model weighs.
    private var persons: Set<EntityID> = []
    private var reweighed: Set<EntityID> = []

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
        var known: [EntityID: [LinkCore]] = [:]
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
            var core = standing ?? LinkCore(entity.first, entity: entity)
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
        var found: [RecordPlace: LinkCore] = [:]
        // Persons that no decision joins cannot share a core.
        for indices in CoreClusters.cores(of: members, Array(decisions)) {
            let own = indices.map { members[$0] }
            var core = LinkCore(own[0].place, entity: EntityID(first: own[0].place))
            for member in own {
                core.faces.add(member.face, of: member.kind)
                core.numbers.formUnion(member.tokens)
            }
            let inside = Set(own.map(\.place))
            for decision in decisions where !decision.isSame {
                for (one, other) in [(decision.one, decision.other), (decision.other, decision.one)]
                where inside.contains(one) {
                    core.apart.insert(LinkCore.Parting(own: one, other: other))
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
            sorted.map { changed[$0.core] ?? $0 }, gone: Array(gone.values), before: before, on: connection)
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

    private func weigh(_ fresh: [LinkCore]) throws -> [LinkPair] {
        let keys = Set(fresh.flatMap(\.faces.keys))
        let blocks = try LinkIndex.cores(withKeys: keys, on: connection)
        var asked: Set<[RecordPlace]> = []
        for core in fresh {
            for key in core.faces.keys {
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

    // MARK: Persons

    /// Judges the pairs around cores anew and makes persons of what is linked.
    private mutating func follow(_ around: Set<RecordPlace>) throws -> Int {
        // A verdict looks at all pairs of both sides.
        let judged = try load(pairsAround: around)
        _ = try load(pairsAround: Set(judged.flatMap { [$0.low, $0.high] }).subtracting(around))
        try loadCores(Set(graph.pairs.values.flatMap { [$0.low, $0.high] }).union(around).union(changed.keys))
        var start = around.union(changed.keys)
        for pair in judged {
            let state = graph.verdict(of: pair)
            let wasLinked = pair.state == .linked || pair.state == .torn
            // What a cluster tore is judged again with the cluster.
            if wasLinked, state == .linked {
                start.formUnion([pair.low, pair.high])
                continue
            }
            if state != pair.state {
                try set(state, of: pair)
                start.formUnion([pair.low, pair.high])
            }
        }
        return try gather(start)
    }

    private mutating func set(_ state: LinkPair.State, of pair: LinkPair) throws {
        graph.set(state, of: pair)
        try connection.execute(
            "UPDATE link_pair SET state = ? WHERE low = ? AND high = ?", state.rawValue, pair.low, pair.high)
    }

    /// - Returns: the pairs, as they stand in the graph.
    private mutating func load(pairsAround cores: Set<RecordPlace>) throws -> [LinkPair] {
        guard !cores.isEmpty else { return [] }
        let pairs = try LinkIndex.pairs(around: cores, on: connection)
        for pair in pairs where graph.pair(pair.low, pair.high) == nil { graph.add(pair) }
        return pairs.map { graph.pair($0.low, $0.high) ?? $0 }
    }

    private mutating func loadCores(_ wanted: Set<RecordPlace>) throws {
        let missing = wanted.subtracting(graph.cores.keys)
        for core in try LinkIndex.cores(missing, on: connection) { graph.add(core) }
    }

    /// Makes persons of the cores that hang together with these.
    private mutating func gather(_ start: Set<RecordPlace>) throws -> Int {
        // All that was one person with one of them, and all that is linked to such.
        var (all, fresh) = (Set<RecordPlace>(), start)
        var pairsOf: Set<RecordPlace> = []
        while !fresh.isEmpty {
            try loadCores(fresh)
            let entities = Set(fresh.compactMap { graph.cores[$0]?.entity })
            for core in try LinkIndex.cores(of: entities, on: connection) where graph.cores[core.core] == nil {
                graph.add(core)
            }
            let members = Set(graph.cores.values.filter { entities.contains($0.entity) }.map(\.core))
            all.formUnion(members)
            _ = try load(pairsAround: all.subtracting(pairsOf))
            pairsOf.formUnion(all)
            let next = all.flatMap { core in
                graph.neighbours(of: core).filter { other in
                    guard let pair = graph.pair(core, other) else { return false }
                    return pair.state == .linked || pair.state == .torn
                }
            }
            fresh = Set(next).subtracting(all)
        }
        var persons: [RecordPlace: EntityID] = [:]
        for component in components(of: all) {
            let (clusters, states) = graph.clusters(of: component)
            for (pair, state) in states where state != pair.state { try set(state, of: pair) }
            for cluster in clusters { for core in cluster { persons[core] = EntityID(first: cluster[0]) } }
        }
        return try store(persons)
    }

    private func components(of cores: Set<RecordPlace>) -> [Set<RecordPlace>] {
        let sorted = cores.sorted()
        let index = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
        var unions = IndexUnions(sorted.count)
        for (place, core) in sorted.enumerated() {
            for other in graph.neighbours(of: core) {
                guard let pair = graph.pair(core, other), pair.state == .linked || pair.state == .torn,
                    let partner = index[other]
                else { continue }
                unions.join(place, partner)
            }
        }
        return Dictionary(grouping: sorted.indices, by: { unions.root($0) }).values.map { Set($0.map { sorted[$0] }) }
    }

    // MARK: Writing

    private mutating func store(_ persons: [RecordPlace: EntityID]) throws -> Int {
        var moves: Set<PersonMove> = []
        // Persons of several cores of which some go are parted by their records.
        let byEntity = Dictionary(grouping: persons.keys.compactMap { graph.cores[$0] }, by: \.entity)
        var split: Set<EntityID> = []
        for (entity, cores) in byEntity where Set(cores.compactMap { persons[$0.core] }).count > 1 {
            split.insert(entity)
        }
        split = split.filter { entity in (byEntity[entity] ?? []).contains { places[$0.core] == nil } }
        if !split.isEmpty {
            let members = try LinkIndex.members(of: split, keys: keys, on: connection)
            let decisions = try LinkIndex.decisions(of: split, on: connection)
            for indices in CoreClusters.cores(of: members, decisions) {
                let own = indices.map { members[$0] }
                if places[own[0].place] == nil { places[own[0].place] = own }
            }
        }
        for (place, person) in persons.sorted(by: { $0.key < $1.key }) {
            guard let core = graph.cores[place] else { continue }
            if let members = places[place] {
                try move(members, to: person, &moves)
            } else if core.entity != person {
                let moved = try connection.execute(
                    "UPDATE membership SET entity = ? WHERE entity = ?", person, core.entity)
                for token in core.numbers {
                    try connection.execute(
                        "UPDATE identity SET entity = ? WHERE number = ? AND entity = ?", person, token.bytes,
                        core.entity)
                }
                if moved > 0 { moves.insert(PersonMove(from: core.entity, to: person)) }
            }
            if core.entity != person {
                try connection.execute("UPDATE link_core SET entity = ? WHERE core = ?", person, place)
            }
        }
        return try note(moves)
    }

    private func move(_ members: [LinkMember], to person: EntityID, _ moves: inout Set<PersonMove>) throws {
        for member in members where member.entity != person {
            try connection.execute("UPDATE membership SET entity = ? WHERE place = ?", person, member.place)
            moves.insert(PersonMove(from: member.entity, to: person))
        }
        for token in Set(members.flatMap(\.stored)) {
            try IdentityIndex.set(token.token, name: token.name, to: person, on: connection)
        }
    }

    private func note(_ moves: Set<PersonMove>) throws -> Int {
        try TouchedEntities.note(moves.flatMap { [$0.from, $0.to] }, on: connection)
        let left = try LinkIndex.standing(moves.map(\.from), on: connection)
        for move in moves.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            try EntityChange.note(
                left.contains(move.from) ? .parted : .merged, move.from, move.to, delivery: delivery, at: now,
                on: connection)
        }
        // Whoever waits to be worked out waits under the name that his records have now.
        var waiting: Set<EntityID> = []
        try ManyKeys.forEachRow(
            "SELECT entity FROM link_waiting_entity WHERE entity IN ({keys})", Set(moves.map(\.from)).map(\.sqlValue),
            on: connection
        ) { waiting.insert(try $0.entity("entity")) }
        waiting.subtract(persons)
        try LinkRecords.note(moves.filter { waiting.contains($0.from) }.map(\.to), on: connection)
        return moves.count { !left.contains($0.from) }
    }
}

/// Records that went from one person to another.
struct PersonMove: Hashable {
    let from: EntityID
    let to: EntityID
}
