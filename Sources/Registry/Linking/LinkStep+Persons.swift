import Database
import Kernel

/// What follows for the persons around what changed.
extension LinkStep {
    /// Judges the pairs around cores anew and makes persons of what is linked.
    mutating func follow(_ around: Set<RecordPlace>) throws -> Int {
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
            for indices in BundleClusters.cores(of: members, decisions) {
                let own = indices.map { members[$0] }
                if places[own[0].place] == nil { places[own[0].place] = own }
            }
        }
        // Where a decision parts two of one number and name, the index tells of the first.
        for (place, person) in persons.sorted(by: { $0.key > $1.key }) {
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
