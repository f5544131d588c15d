import Foundation

/// Writes a city's files: each agency's lists in its own folder, the truth in `truth`.
///
/// The folder appears whole or not at all: until the last file stands, everything lies in a folder beside it.
public struct CityFolder: Sendable {
    /// How a city came out.
    public struct Outcome: Sendable, Encodable {
        public struct File: Sendable, Encodable {
            /// From the folder.
            public let name: String
            public let rows: Int
            public let bytes: Int
        }

        public let residents: Int
        public let households: Int
        public let employers: Int
        public let compulsory: Int
        public let voluntary: Int
        public let files: [File]
    }

    private let plan: CityPlan
    private let dirt: [UInt8]?

    /// - Parameter dirt: the bytes of a table of dirt in place of the program's own.
    public init(_ plan: CityPlan, dirt: [UInt8]? = nil) {
        self.plan = plan
        self.dirt = dirt
    }

    /// Makes the city and writes it.
    /// - Parameters:
    ///   - path: of a folder that does not exist yet, or is empty.
    ///   - workers: how many files are written at once; the files do not depend on it.
    ///   - tell: a word on what is done, with the share of files that stand.
    public func write(
        to path: String, workers: Int, tell: @escaping @Sendable (String, _ done: Int, _ of: Int) -> Void
    ) async throws -> Outcome {
        let files = FileManager.default
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        if let there = try? files.contentsOfDirectory(atPath: path), !there.isEmpty {
            throw CityFault(file: path, line: 0, reason: "the folder holds files already: name another one")
        }
        let draft = path + ".unfinished"
        try? files.removeItem(atPath: draft)
        do {
            let outcome = try await fill(draft, workers: workers, tell: tell)
            // An empty folder gives way to the whole one.
            if files.fileExists(atPath: path) { try files.removeItem(atPath: path) }
            try files.moveItem(atPath: draft, toPath: path)
            return outcome
        } catch {
            try? files.removeItem(atPath: draft)
            throw error
        }
    }

    private struct Written: Sendable {
        let rows: Int
        let dirt: String
    }

    private func fill(
        _ draft: String, workers: Int, tell: @escaping @Sendable (String, Int, Int) -> Void
    ) async throws -> Outcome {
        let files = FileManager.default
        let lists = CityLists.all(plan)
        try files.createDirectory(atPath: draft + "/truth", withIntermediateDirectories: true)
        for sender in Set(lists.map(\.sender)) {
            try files.createDirectory(atPath: "\(draft)/\(sender)", withIntermediateDirectories: true)
        }
        let tasks = lists.count + TruthFiles.names.count
        tell("people, employers, spells", 0, tasks)
        let city = try await City(plan, dirt: dirt, workers: workers)
        let written = try await inOrder(tasks, workers: workers) { task in
            guard task < lists.count else {
                let name = TruthFiles.names[task - lists.count]
                try TruthFiles.write(name, of: city, to: "\(draft)/truth/\(name).csv")
                tell("truth/\(name).csv", task + 1, tasks)
                return Written(rows: 0, dirt: "")
            }
            let list = lists[task]
            let writer = try ListWriter(
                folder: draft, name: list.name, key: list.key, form: list.form, truth: Self.part(draft, task),
                rates: city.tables.dirt, plan: plan)
            try list.write(city, into: writer)
            try writer.close()
            tell(list.name, task + 1, tasks)
            return Written(rows: writer.rows, dirt: Self.dirt(writer))
        }
        try join(lists, written, draft)
        return try outcome(city, lists, written, draft)
    }

    private static func part(_ draft: String, _ task: Int) -> String { "\(draft)/truth/records-\(task).part" }

    private static func dirt(_ writer: ListWriter) -> String {
        Dirt.allCases.filter { writer.eligible[$0.place] > 0 }.map {
            "\(writer.name),\($0.rawValue),\(writer.eligible[$0.place]),\(writer.touched[$0.place])\n"
        }.joined()
    }

    /// Makes one table of the lists' parts.
    private func join(_ lists: [any CityList], _ written: [Written], _ draft: String) throws {
        let records = try LineFile(path: draft + "/truth/records.csv")
        try records.add("file,sheet,row,kind,entity\n")
        try records.close()
        guard let handle = FileHandle(forWritingAtPath: records.path) else {
            throw CityFault(file: records.path, line: 0, reason: "cannot be written")
        }
        try handle.seekToEnd()
        for task in lists.indices {
            let part = Self.part(draft, task)
            guard let reading = FileHandle(forReadingAtPath: part) else { continue }
            while let piece = try reading.read(upToCount: 1 << 20), !piece.isEmpty {
                try handle.write(contentsOf: piece)
            }
            try reading.close()
            try FileManager.default.removeItem(atPath: part)
        }
        try handle.close()
        let dirt = try LineFile(path: draft + "/truth/dirt.csv")
        try dirt.add("file,dirt,rows,touched\n" + written.map(\.dirt).joined())
        try dirt.close()
    }

    private func outcome(
        _ city: City, _ lists: [any CityList], _ written: [Written], _ draft: String
    ) throws -> Outcome {
        let names = lists.map(\.name) + (TruthFiles.names + ["records", "dirt"]).map { "truth/\($0).csv" }
        let files = try names.enumerated().map { place, name in
            let size = try FileManager.default.attributesOfItem(atPath: "\(draft)/\(name)")[.size] as? Int ?? 0
            return Outcome.File(name: name, rows: place < lists.count ? written[place].rows : 0, bytes: size)
        }
        let last = city.participation.spells.filter { $0.covers(City.lastTime) }
        return Outcome(
            residents: city.people.residents.indices.count { city.isAlive($0, at: City.lastTime) },
            households: city.people.households.count, employers: city.employers.all.count,
            compulsory: last.count { !$0.isVoluntary }, voluntary: last.count { $0.isVoluntary },
            files: files.sorted { $0.name < $1.name })
    }
}
