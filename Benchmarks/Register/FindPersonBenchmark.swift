import Access
import Database
import Kernel
import Registry

/// How fast persons of a filled register are found by their names, beside the reading of one by its key.
struct FindPersonBenchmark {
    /// - Parameters:
    ///   - store: with a register whose persons are worked out.
    ///   - count: persons that are looked for, each in every way.
    func run(_ engine: String, _ store: any DataStore, count: Int = 500) async throws {
        let people = try await store.read { try SearchSample.draw(count, on: $0) }
        guard !people.isEmpty else { return print("find, \(engine): the register is empty") }
        var reads: [Double] = []
        var looks: [String: [Double]] = [:]
        for (index, person) in people.enumerated() {
            let ways = Self.ways(of: person)
            let took = try await store.read { connection in
                // The first time warms up, as whoever types a name has opened the page before.
                _ = try SearchSample.read(person.entity, on: connection)
                let read = try Self.seconds { _ = try SearchSample.read(person.entity, on: connection) }
                let looks = try ways.map { way, question in
                    (
                        way,
                        try Self.seconds {
                            _ = try FindByName.find(question, within: .ofSystem, limit: 20, on: connection)
                        }
                    )
                }
                return (read, looks)
            }
            guard index > 0 else { continue }
            reads.append(took.0)
            for (way, seconds) in took.1 { looks[way, default: []].append(seconds) }
        }
        let one = Spread(reads).median
        print("find, \(engine): one of the register's persons read by its key in \(Spread.text(one * 1_000_000)) µs")
        for (way, seconds) in looks.sorted(by: { $0.key < $1.key }) {
            let sorted = seconds.sorted()
            let most = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
            print(
                "find, \(engine), \(way): middle \(Spread.text(Spread(seconds).median / one)), 99 of 100 within \(Spread.text(most / one)) of one read (wanted: within 10)"
            )
        }
    }

    /// A name as people type it.
    private static func ways(of person: SearchSample.Person) -> [(String, SearchQuestion)] {
        let words = person.name.split(separator: " ").map(String.init)
        let short = [words.first, words.last].compactMap(\.self).joined(separator: " ")
        let begun = person.name.dropLast(max((words.last?.count ?? 0) - 2, 0))
        return [
            ("whole name", SearchQuestion(person.name)),
            ("whole name without accents", SearchQuestion(VietnameseText.fold(person.name))),
            ("given name first", SearchQuestion(words.reversed().joined(separator: " "))),
            ("whole name, year", SearchQuestion(person.name, birthYear: person.birthYear)),
            ("whole name, commune", SearchQuestion(person.name, commune: person.commune)),
            ("surname and given name", SearchQuestion(short)),
            (
                "surname and given name, year, commune",
                SearchQuestion(short, birthYear: person.birthYear, commune: person.commune)
            ),
            ("last word begun", SearchQuestion(String(begun))),
            ("last word begun, year", SearchQuestion(String(begun), birthYear: person.birthYear)),
        ]
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let begin = ContinuousClock.now
        try body()
        return (ContinuousClock.now - begin) / .seconds(1)
    }
}
