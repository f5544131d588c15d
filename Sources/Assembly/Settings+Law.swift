import Database
import Foundation
public import Kernel
import LawInForce
public import Legislation
import Database

extension Settings {
    /// The law as the server reckons with it: the files, with what administrators entered over them where the database is
    /// there. Changes nothing.
    public func lawTable(clock: Clock = .machine) async throws -> ParameterTable {
        let files = try ParameterTable(folder: URL(fileURLWithPath: legislationFolder ?? "legislation"))
        guard try await Storage.isReady(database) else { return files }
        let store = try Storage.open(database)
        let table = try await LawService(store: store, clock: clock, files: files).table()
        try await store.close()
        return table
    }
}
