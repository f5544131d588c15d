import Coverage
public import Database
import Foundation
public import Kernel
import LawInForce
import Legislation
public import Vault

extension ReviewService {
    /// By the law that is in force and the tables of the settings' folder, read when a review needs them.
    static func ofSystem(
        _ settings: Settings, store: any DataStore, clock: Clock, keys: NumberKeys?, law: LawService?
    ) -> ReviewService {
        let folder = settings.reviewFolder
        var now: (@Sendable () async throws -> ParameterTable)?
        if let law { now = { try await law.table() } }
        return ReviewService(store: store, clock: clock, keys: keys, law: now) { clocks in
            try ReviewTables(clocks: clocks) { name in
                folder.flatMap { FileManager.default.contents(atPath: "\($0)/\(name)") }.map { Array($0) }
            }
        }
    }
}
