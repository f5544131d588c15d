import ArgumentParser
import Assembly
import Database
import Kernel
import PlanText
import Province

struct PaperHeadsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heads",
        abstract: "Lists who each agency is in documents on a day: name above, own name, symbol, titles, place.",
        discussion: "What was stated on screen goes before the plan's folder; what neither says is left open on papers."
    )

    @Option(help: "The day, as 2027-01-04; today when left out.")
    var day: String?

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let agency: String
        let name: String?
        /// Null where the source does not say, `none` where nobody stands above.
        let above: String?
        let symbol: String?
        let head: String?
        let deputy: String?
        let collective: String?
        let place: String?
        /// `screen` or `folder`.
        let source: String
    }

    func validate() throws {
        if let day, Day(day) == nil { throw ValidationError("--day \(day): give a day as 2027-01-04") }
    }

    func run() async throws {
        try await reporting {
            let system = try await BaoPhuSystem.start(try await settings.read(), syncs: false)
            let plan = system.definition
            let day = day.flatMap { Day($0) } ?? system.clock.today
            let lines = plan.agencies.filter { $0.kind != .communes && $0.kind != .unspecified }.map { agency in
                let identity = plan.identity(of: .agency(agency.code), on: day)
                return Line(
                    agency: agency.code.text, name: identity.name,
                    above: identity.bodyAbove == .nobody ? "none" : identity.nameAbove, symbol: identity.symbol,
                    head: identity.head, deputy: identity.deputy, collective: identity.collective,
                    place: identity.place,
                    source: plan.unitsInForce.identities.identity(of: agency.code, on: day) == nil ? "folder" : "screen"
                )
            }
            try await system.store.close()
            if output.json { return try sayJSON(lines) }
            for line in lines {
                say(
                    "\(line.agency.padding(to: 28)) \((line.symbol ?? "?").padding(to: 10)) \(line.name ?? "?"); "
                        + "above: \(line.above ?? "?"); \(line.head ?? "?"); \(line.source)")
            }
        }
    }
}
