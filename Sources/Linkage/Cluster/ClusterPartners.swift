import Foundation

/// What follows when pairs are weighed: the share of records with a partner, chances among rivals, lines of the pairs file.
struct ClusterPartners {
    private let plan: ClusterPlan
    private let model: LinkModel

    init(_ plan: ClusterPlan) throws {
        guard let model = plan.model else { throw ClusterFault("the plan has no model yet") }
        self.plan = plan
        self.model = model
    }

    /// A number with a sign in the order of one without.
    static func ordered(_ hash: UInt64) -> Int { Int(bitPattern: UInt(hash ^ 1 << 63)) }

    private var evidence: Partners.Evidence {
        Partners.Evidence(left: plan.leftRows, right: plan.rightRows, prior: model.prior)
    }

    func evidence(_ input: Data, to output: inout ClusterOutput) throws {
        let evidence = evidence
        var counts: [Int: Int] = [:]
        var (record, sum): (Int?, Double) = (nil, 0)
        try ClusterLines.each(in: input) { bytes, fields in
            guard fields.count == 2 else { throw ClusterFault("no weight of a record") }
            let next = try ClusterLines.number(bytes, fields[0])
            if next != record {
                if record != nil { counts[Partners.Evidence.step(of: sum), default: 0] += 1 }
                (record, sum) = (next, 0)
            }
            sum += evidence.of(try ClusterLines.decimal(bytes, fields[1]))
        }
        if record != nil { counts[Partners.Evidence.step(of: sum), default: 0] += 1 }
        for (step, count) in counts.sorted(by: { $0.key < $1.key }) {
            output.put(step)
            output.put(count)
            try output.end()
        }
    }

    /// What to add to all weights.
    /// - Parameter input: the answers of ``evidence(_:to:)``, of all workers.
    func shift(_ input: Data) throws -> Double {
        guard min(plan.leftRows, plan.rightRows) > 0 else { return 0 }
        var counts: [Int: Int] = [:]
        try ClusterLines.each(in: input) { bytes, fields in
            guard fields.count == 2 else { throw ClusterFault("no step of evidence") }
            counts[try ClusterLines.number(bytes, fields[0]), default: 0] += try ClusterLines.number(bytes, fields[1])
        }
        return min(evidence.shift(counts), Linker.mostShift)
    }

    /// With the shift that was not known when the pairs were weighed (``ClusterPlan/shiftToAdd``).
    func share(_ input: Data, to output: inout ClusterOutput) throws {
        try ClusterLines.each(in: input) { bytes, fields in
            guard fields.count == WeighedLine.width else { throw ClusterFault("no weighed pair") }
            var weight = try ClusterLines.decimal(bytes, fields[WeighedLine.weight])
            if let shift = plan.shiftToAdd { weight += shift }
            guard weight >= plan.leastShared else { return }
            for (place, field) in fields.enumerated() {
                if place == WeighedLine.weight { output.put(weight) } else { output.put(bytes, field) }
            }
            output.put(OneToOne.odds(weight))
            try output.end()
        }
    }

    func write(_ input: Data, to output: inout ClusterOutput) throws {
        let lines = PairLines(model)
        var (left, right): ([UInt8], [UInt8]) = ([], [])
        var text: [UInt8] = []
        try ClusterLines.each(in: input) { bytes, fields in
            switch fields.count {
            case 1:
                // Stands before all others.
                let isOfPairs = bytes[fields[0]].elementsEqual("pairs".utf8)
                text = isOfPairs ? lines.header(showsLists: false) : Array(PairFile.clusterHeader.utf8)
            case 2:
                text.removeAll(keepingCapacity: true)
                ClusterLines.value(bytes, fields[0], into: &left)
                left.withUnsafeBytes { PairFile.append(id: $0, to: &text) }
                text.append(44)
                text.append(contentsOf: bytes[fields[1]])
                text.append(10)
            default:
                guard fields.count == 5 else { throw ClusterFault("no chosen pair") }
                ClusterLines.value(bytes, fields[0], into: &left)
                ClusterLines.value(bytes, fields[1], into: &right)
                let weight = try ClusterLines.decimal(bytes, fields[2])
                let probability =
                    fields[3].isEmpty ? 1 / (1 + exp2(-weight)) : try ClusterLines.decimal(bytes, fields[3])
                let pattern = UInt64(bitPattern: Int64(try ClusterLines.number(bytes, fields[4])))
                text.removeAll(keepingCapacity: true)
                left.withUnsafeBytes { PairFile.append(id: $0, to: &text) }
                text.append(44)
                right.withUnsafeBytes { PairFile.append(id: $0, to: &text) }
                lines.append(weight, probability, pattern, to: &text)
            }
            // The line's end is the output's own.
            text.withUnsafeBytes { output.put($0, 0..<$0.count - 1) }
            try output.end()
        }
    }
}
