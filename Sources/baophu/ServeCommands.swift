import Access
public import ArgumentParser
import Assembly
import Components
import Database
public import Kernel
import PlanText
import Targets
import WebDesk
import Work

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Starts the system: schema, plan, reminders, web pages.")

    @OptionGroup var settings: SettingsOptions

    @Option(help: "Address to listen on.")
    var host: String?

    @Option(help: "Port to listen on.")
    var port: Int?

    func run() async throws {
        try await reporting {
            var flags: [String: String] = [:]
            flags["http.host"] = host
            flags["http.port"] = port.map(String.init)
            let settings = try await settings.read(flags)
            let doubt = try await ClockRepair.doubt(settings.database, at: BaoPhuSystem.now)
            let system = try await BaoPhuSystem.start(settings, serving: true)
            try await system.work.beginCounting()
            let invitation = try await system.access.inviteFirstAdministrator()
            try await system.serve { port in
                if let doubt {
                    complain("\(doubt)")
                    complain(
                        """
                        Pages can be read; nothing is saved and nobody is reminded until then. An administrator signs in and confirms the day on
                          \(settings.site.publicURL)\(Addresses.serverClock())
                        If the clock is put right instead, work goes on by itself within \(ClockRepair.noticedWithinMinutes) minutes.
                        """)
                }
                say("Bao Phủ is running on http://\(settings.host):\(port) with the plan \(system.definition.id).")
                if let invitation {
                    say(
                        """
                        No administrator yet. Open this one-time link to become it (valid until \(invitation.expiresAt.vietnamese)):
                          \(settings.site.publicURL)\(Addresses.invitation(invitation.token))
                        """)
                }
            }
        }
    }
}

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Starts the system with invented data, marked as such on every screen.",
        discussion:
            """
            The demonstration database is made anew at each start. Sample accounts and their password are printed. The register \
            is filled with the lists of a fictitious city, received as real ones are; docs/city.md tells of it.
            """)

    @Option(help: "Folder of the plan's data files.")
    var plan: String?

    @Option(help: "File of the demonstration database; it is overwritten.")
    var database = "data/demo.sqlite"

    @Option(help: "Address to listen on.")
    var host: String?

    @Option(help: "Port to listen on.")
    var port: Int?

    @Option(
        help: "How large the fictitious city is: 1 has as many people as the real one; 0 leaves the register empty.")
    var scale = 0.01

    @Option(help: "A whole number: the same number makes the same city.")
    var seed: UInt64 = 1

    @Option(help: "Day that the demonstration pretends it is (2027-03-15), within the plan. (default: today)")
    var day: Day?

    func validate() throws {
        guard scale >= 0, scale <= 4 else { throw ValidationError("--scale: give a number from 0 to 4") }
    }

    func run() async throws {
        try await reporting {
            var flags = ["database": database]
            flags["plan"] = plan
            flags["http.host"] = host
            flags["http.port"] = port.map(String.init)
            let demonstration = try await Demonstration.prepare(
                try await Settings.read(flags: flags), clock: day.map { Demonstration.begun(on: $0) } ?? .machine,
                city: scale > 0 ? SampleCity.Size(scale: scale, seed: seed) : nil
            ) { say($0) }
            try await demonstration.system.serve { port in
                say("Bao Phủ runs with ILLUSTRATIVE data on http://\(demonstration.system.settings.host):\(port)")
                say("Password of every sample account: \(demonstration.password)")
                for account in demonstration.accounts {
                    say("  \(account.login.padding(to: 16)) \(account.role.title) – \(account.name)")
                }
            }
        }
    }
}

extension Day: ExpressibleByArgument {
    /// `2027-03-15`
    public init?(argument: String) { self.init(argument) }
}

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings the database's schema up to date.")

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        let applied: [String]
    }

    func run() async throws {
        try await reporting {
            let store = try Storage.open(try await settings.read().database)
            let applied = try await Storage.migrator.migrate(store, at: BaoPhuSystem.now)
            try await store.close()
            let names = applied.map { "\($0.module) \($0.number): \($0.name)" }
            if output.json { return try sayJSON(Answer(applied: names)) }
            say(names.isEmpty ? "The schema is up to date." : names.map { "applied \($0)" }.joined(separator: "\n"))
        }
    }
}

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks database, files, audit trail, plan, legislation files, disk and clock.",
        discussion: "Prints each finding with its remedy, then the settings in force and where each comes from.")

    @Flag(
        help:
            "Confirm that the machine's clock is right now: a long pause is believed, and what a wrong clock left in the future is put right."
    )
    var trustClock = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            if trustClock {
                let changed = try await ClockRepair.trust(
                    try await settings.read().database, at: BaoPhuSystem.now)
                complain(
                    "The clock is believed from now on; \(changed) rows of a future that never was were put right.")
            }
            let report = await Doctor(settings: try await settings.read()).examine()
            if output.json {
                try sayJSON(report)
            } else {
                for finding in report.findings {
                    say("[\(finding.severity.rawValue)] \(finding.check): \(finding.message)")
                    if !finding.remedy.isEmpty { say("    remedy: \(finding.remedy)") }
                }
                say("\nSettings in force:")
                for line in report.settings {
                    say(
                        "  \(line.key.padding(to: 24)) \(line.value.isEmpty ? "(empty)" : line.value)  [\(line.source)]"
                    )
                }
            }
            if !report.isHealthy { throw ExitCode(65) }
        }
    }
}

extension String {
    func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
