import Access
import Database
import Foundation
import Jobs
import Kernel
import Site

extension Health {
    /// Below this the disk counts as full: a write of many figures needs as much.
    static let leastFreeMegabytes: Int64 = 200

    /// What a running system needs: a database that can be written, room on the disk, a clock to be believed, and jobs that
    /// are looked for.
    static func ofSystem(
        store: any DataStore, clock: Clock, jobs: JobService, database location: DatabaseLocation
    ) -> Health {
        Health([
            HealthProbe("database") {
                do {
                    try await store.write { try HealthMark.write(on: $0) }
                    return nil
                } catch {
                    // The cause may name hosts and users: it goes to the log of whoever asks the database itself.
                    return "cannot be written"
                }
            },
            HealthProbe("disk") {
                guard let free = DiskSpace.freeMegabytes(beside: location) else { return nil }
                return free >= leastFreeMegabytes ? nil : "only \(free) MB free"
            },
            HealthProbe("clock") {
                let now = clock.now
                guard let verdict = try? await store.clockVerdict(at: now) else { return "cannot be compared" }
                switch verdict {
                case .sound: return nil
                case .ahead: return "far ahead of the last written moment"
                case .behind: return "behind what is written already"
                }
            },
            HealthProbe("jobs") {
                if let age = jobs.pulse.age, age > .seconds(120) {
                    return "not looked for in \(age.components.seconds) s"
                }
                guard let wait = try? await jobs.longestWait() else { return "cannot be looked for" }
                return wait < 3_600 ? nil : "one has been due for \(wait / 60) minutes"
            },
        ])
    }
}

/// Free room on the disk that holds the database.
enum DiskSpace {
    /// Nil where it cannot be told. Of PostgreSQL's own disk nothing is known from here: it is that of this server.
    static func freeMegabytes(beside location: DatabaseLocation) -> Int64? {
        var folder = "."
        if case .sqlite(let path) = location { folder = URL(fileURLWithPath: path).deletingLastPathComponent().path }
        let attributes = try? FileManager.default.attributesOfFileSystem(
            forPath: FileManager.default.fileExists(atPath: folder) ? folder : ".")
        return (attributes?[.systemFreeSize] as? NSNumber).map { $0.int64Value >> 20 }
    }
}
