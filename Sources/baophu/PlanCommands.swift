import ArgumentParser
import Assembly
import Kernel
import Overview
import PlanText
import Targets
import Work
import Province

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "The plan's data files: check them, list tasks and dated work. Needs no database.",
        subcommands: [PlanCheckCommand.self, PlanTasksCommand.self, PlanInstancesCommand.self])
}

struct PlanOptions: ParsableArguments {
    @Option(help: "Folder of the plan's data files.")
    var plan: String?

    func load() async throws -> PlanDefinition {
        var flags: [String: String] = [:]
        flags["plan"] = plan
        return try PlanFolder.load(try await Settings.read(flags: flags).planFolder)
    }
}

struct PlanCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a plan folder; names file, line and reason of each fault.")

    @OptionGroup var options: PlanOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        struct Fault: Encodable {
            let file: String
            let line: Int
            let reason: String
        }

        let ok: Bool
        let plan: String?
        let tasks: Int
        let agencies: Int
        let communes: Int
        let units: Int
        let faults: [Fault]
    }

    func run() async throws {
        try await reporting {
            do {
                let plan = try await options.load()
                if output.json {
                    return try sayJSON(
                        Answer(
                            ok: true, plan: plan.id, tasks: plan.tasks.count, agencies: plan.agencies.count,
                            communes: plan.communes.communes.count, units: plan.units.count, faults: []))
                }
                say(
                    "\(plan.id): \(plan.tasks.count) tasks, \(plan.agencies.count) agencies, \(plan.communes.communes.count) communes, \(plan.units.count) units of agencies, no fault."
                )
            } catch let error as DataFaults where output.json {
                try sayJSON(
                    Answer(
                        ok: false, plan: nil, tasks: 0, agencies: 0, communes: 0, units: 0,
                        faults: error.faults.map { .init(file: $0.file, line: $0.line, reason: $0.reason) }))
                throw ExitCode(65)
            }
        }
    }
}

struct PlanTasksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks", abstract: "Lists the plan's tasks, word for word.")

    @OptionGroup var options: PlanOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let task: String
        let group: String
        let text: String
        let leads: [String]
        let leadsPhrase: String
        let coordinators: [String]
        let coordinatorsPhrase: String
        let products: [String]
        let productsPhrase: String
        let phrase: String
        let rule: String
        let sharesWorkWith: String?
        let origin: String
        let originNote: String?
    }

    func run() async throws {
        try await reporting {
            let plan = try await options.load()
            if output.json {
                return try sayJSON(
                    plan.tasks.map { task in
                        let note: String? = if case .added(let note) = task.origin { note } else { nil }
                        return Line(
                            task: task.code, group: task.group, text: task.text, leads: task.leads.map(\.text),
                            leadsPhrase: task.leadsPhrase, coordinators: task.coordinators.map(\.text),
                            coordinatorsPhrase: task.coordinatorsPhrase, products: task.slots.map(\.text),
                            productsPhrase: task.productsPhrase, phrase: task.deadlinePhrase,
                            rule: task.defaultRule.explanation,
                            sharesWorkWith: task.sharesWorkWith, origin: note == nil ? "annex" : "added",
                            originNote: note)
                    })
            }
            for task in plan.tasks {
                say(
                    "\(task.code.padding(to: 7)) \(task.text)\n        \(task.leadsPhrase) | \(task.productsPhrase) | \(task.deadlinePhrase)"
                )
            }
        }
    }
}

struct PlanInstancesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instances", abstract: "Lists the dated work of a year, by due day.",
        discussion: """
            Work counts in the year of its due day; work whose day the lead has yet to set counts in the year of its period \
            and has no due day. Work over several years is listed in its last one; --with-checkpoints adds it to the earlier \
            years, in which its progress is looked at.
            """)

    @Option(help: "The year; all years when left out.")
    var year: Int?

    @Flag(help: "Also list work due in a later year that has a checkpoint in this one.")
    var withCheckpoints = false

    @OptionGroup var options: PlanOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let task: String
        let lead: String
        let leadName: String
        let coordinators: [String]
        let products: [String]
        let phrase: String
        let period: String
        let opensOn: String
        let due: String?
        let checkpoints: [String]
        let origin: String

        // `due` is written also when it is null.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(task, forKey: .task)
            try container.encode(lead, forKey: .lead)
            try container.encode(leadName, forKey: .leadName)
            try container.encode(coordinators, forKey: .coordinators)
            try container.encode(products, forKey: .products)
            try container.encode(phrase, forKey: .phrase)
            try container.encode(period, forKey: .period)
            try container.encode(opensOn, forKey: .opensOn)
            try container.encode(due, forKey: .due)
            try container.encode(checkpoints, forKey: .checkpoints)
            try container.encode(origin, forKey: .origin)
        }

        enum Keys: String, CodingKey {
            case task, lead, leadName, coordinators, products, phrase, period, opensOn, due, checkpoints, origin
        }
    }

    func run() async throws {
        try await reporting {
            let plan = try await options.load()
            let instances = Schedule.instances(of: plan).filter { instance in
                guard let year else { return true }
                return instance.year == year || (withCheckpoints && instance.checkpoints.contains { $0.year == year })
            }
            let tasks = Dictionary(plan.tasks.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
            let lines = instances.compactMap { instance -> Line? in
                guard let task = tasks[instance.task] else { return nil }
                return Line(
                    task: task.code, lead: instance.lead.text, leadName: plan.name(of: instance.lead),
                    coordinators: task.coordinators.map { plan.name(of: .agency($0)) },
                    products: task.slots.map(\.text),
                    phrase: task.deadlinePhrase, period: instance.period.text, opensOn: "\(instance.opensOn)",
                    due: instance.due.map { "\($0)" }, checkpoints: instance.checkpoints.map { "\($0)" },
                    origin: task.origin == .annex ? "annex" : "added")
            }
            if output.json { return try sayJSON(lines) }
            for line in lines {
                say(
                    "\((line.due ?? "chưa ấn định").padding(to: 13)) \(line.task.padding(to: 7)) \(line.period.padding(to: 10)) \(line.leadName)"
                )
            }
        }
    }
}
