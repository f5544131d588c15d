import Access
import Database
import Kernel

extension EntityReading {
    /// So many are shown of those under one address.
    static let mostInHousehold = 12

    /// Others with a record within the scope under an address at which this person stands too; with their numbers masked.
    func household(of entity: EntityID, on connection: any SQLConnection) throws -> [EntitySummary] {
        let own = try LinkIndex.cores(of: [entity], on: connection)
        let keys = Set(own.flatMap { $0.faces.faces.compactMap(\.householdKey) })
        guard !keys.isEmpty else { return [] }
        let found = try LinkIndex.cores(withKeys: keys, on: connection).values.reduce(into: Set<RecordPlace>()) {
            $0.formUnion($1)
        }
        // A house with hundreds of people is no household.
        let cores = try LinkIndex.cores(found.sorted().prefix(200), on: connection)
        var others = Set(cores.map(\.entity))
        others.remove(entity)
        return Array(try summaries(of: others.sorted(), on: connection).prefix(Self.mostInHousehold))
    }
}
