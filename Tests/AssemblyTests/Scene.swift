import Access
import Assembly
import Database
import Foundation
import Kernel
import Overview
import PlanText
import Targets
import Work

/// What several tests of the put-together system share.
enum Scene {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let haiPhong = repository.appendingPathComponent("plans/hai-phong-2030").path
    /// Five tasks, three communes: an invented province.
    static let anBien = repository.appendingPathComponent("Tests/TestPlans/Fixtures/an-bien-2028").path
    static let broken = repository.appendingPathComponent("Tests/TestPlans/Fixtures/broken")
    static let password = "một câu dài dễ nhớ 26"

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static func moment(_ day: String, hour: Int = 9) throws -> Timestamp {
        guard let day = Day(day) else { throw Failure(description: "\(day) is no day") }
        return Timestamp(day: day, hour: hour)
    }

    /// A folder of a test's own, removed after it.
    static func withFolder<T>(_ body: (String) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assembly-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    static func settings(_ flags: [String: String] = [:]) async throws -> Settings {
        let quick = ["access.password-cost": "10", "access.second-factor": "false", "plan": anBien]
        return try await Settings.read(flags: quick.merging(flags) { _, given in given }, environment: [:])
    }

    /// A system of the small plan over a store that is there already.
    static func system(on store: any DataStore, at day: String = "2027-11-10") async throws -> BaoPhuSystem {
        try await BaoPhuSystem.start(
            try await settings(), store: store, definition: try PlanFolder.load(anBien),
            clock: .fixed(try moment(day)))
    }

    static func officer(in system: BaoPhuSystem, login: String = "can-bo", commune: String = "90001") async throws
        -> Viewer
    {
        let draft = AccountDraft(
            login: login, name: "Cán Bộ", role: .communeOfficer, communes: [CommuneCode(commune)].compactMap(\.self))
        return try await system.access.createActive(draft, password: password, by: .system).viewer(.ofRoles)
    }
}
