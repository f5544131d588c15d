import Access
import City
import Exchange
public import Files
import Foundation
import Jobs
import Kernel
import Legislation
import WebDesk

/// The lists of a fictitious city, received through the door that real ones come in by.
public struct SampleCity: Sendable {
    /// How large it is, and which.
    public struct Size: Sendable {
        /// 1 for as many people as the real city has.
        public let scale: Double
        public let seed: UInt64

        public init(scale: Double, seed: UInt64) {
            (self.scale, self.seed) = (scale, seed)
        }
    }

    /// One of the city's files.
    struct List: Sendable {
        let path: String
        let sender: UnitCode
        let format: String
        /// Of a list of a year its last month.
        let period: Month

        /// - Parameter name: `so-y-te/d09-ts-2026-09.csv`, as `CityFolder` names them.
        /// - Returns: nil for what is no list of a known format: the truth.
        init?(_ name: String, in folder: String, formats: Set<String>) {
            let parts = name.split(separator: "/")
            guard parts.count == 2, let sender = UnitCode(String(parts[0])),
                let stem = parts[1].split(separator: ".").first.map(String.init),
                let format = formats.filter({ stem.hasPrefix($0 + "-") }).max(by: { $0.utf8.count < $1.utf8.count })
            else { return nil }
            let said = String(stem.dropFirst(format.utf8.count + 1))
            guard let period = Month(said) ?? Month(said + "-12") else { return nil }
            path = "\(folder)/\(name)"
            (self.sender, self.format, self.period) = (sender, format, period)
        }
    }

    let system: BaoPhuSystem

    /// Makes the city, receives its lists one after the other, the oldest first, and removes its files.
    /// - Parameter tell: hears what is done.
    /// - Returns: how many rows were accepted; nil where the system has no formats or no law to make a city by.
    public func fill(_ size: Size, tell: @Sendable (String) -> Void) async throws -> Int? {
        let formats = Set(system.deliveries.formats.keys)
        guard !formats.isEmpty, let legislation = system.settings.legislationFolder else { return nil }
        let last = Month(of: system.clock.today).adding(months: -1)
        let plan = try CityPlan(
            scale: size.scale, seed: size.seed, lastMonth: last, planFolder: system.settings.planFolder,
            law: try ParameterTable(folder: URL(fileURLWithPath: legislation)))
        let folder = try system.settings.site.scratch.path(of: "city-\(UInt64.random(in: .min ... .max))")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        tell("Writing the lists of a fictitious city (scale \(size.scale), seed \(size.seed)) …")
        let city = try await CityFolder(plan).write(
            to: folder, workers: ProcessInfo.processInfo.activeProcessorCount
        ) { _, _, _ in }
        let lists = city.files.compactMap { List($0.name, in: folder, formats: formats) }.sorted {
            ($0.period, $0.sender.text, $0.format) < ($1.period, $1.sender.text, $1.format)
        }
        tell("\(city.residents) residents, \(city.employers) employers; receiving \(lists.count) lists …")
        var (accepted, told) = (0, ContinuousClock.now)
        for (place, list) in lists.enumerated() {
            accepted += try await receive(list)
            guard ContinuousClock.now - told > .seconds(5) else { continue }
            told = .now
            tell("  \(place + 1) of \(lists.count) lists, \(accepted) rows accepted")
        }
        tell("\(lists.count) lists received, \(accepted) rows accepted")
        return accepted
    }

    /// - Returns: rows that were accepted.
    private func receive(_ list: List) async throws -> Int {
        let (delivery, _) = try await system.deliveries.arrive(
            try IncomingFile(of: list.path),
            DeliveryDraft(format: list.format, sender: list.sender, period: list.period), by: .system)
        let jobs = JobService(
            store: system.store, clock: system.clock, kinds: system.deliveries.jobKinds, grants: .ofRoles,
            logger: system.logger)
        _ = try await jobs.runDue(as: "demonstration")
        return try await system.deliveries.delivery("\(delivery.number)").counts.accepted
    }
}

extension IncomingFile {
    /// A file of the disk, read piece by piece.
    /// - Throws: a refusal where it cannot be read.
    public init(of path: String) throws {
        guard let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int,
            FileHandle(forReadingAtPath: path) != nil
        else { throw Refusal(.notFound, "Không đọc được tệp \(path).") }
        self.init(
            name: URL(fileURLWithPath: path).lastPathComponent, mediaType: "application/octet-stream", size: size
        ) {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            return { try handle.read(upToCount: 1 << 20).flatMap { $0.isEmpty ? nil : Array($0) } }
        }
    }
}
