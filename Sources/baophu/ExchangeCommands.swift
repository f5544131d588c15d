import ArgumentParser
import Assembly
import Exchange
import Foundation
import Kernel

struct ExchangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange",
        abstract: "Agreements, what is due by them, programs that call, and the journal of exchanges.",
        subcommands: [
            VerifyExchangeCommand.self, DueCommand.self, AgreementsCommand.self, WatchCommand.self,
            ProgramsCommand.self,
            ExchangeDescriptionCommand.self,
        ])
}

struct VerifyExchangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks the chain and the signatures of the journal of exchanges.",
        discussion: "One altered byte is found. Exit code 65 where anything is wrong.")

    @Option(help: ArgumentHelp("A head noted earlier (number:hash); may be repeated.", valueName: "head"))
    var expecting: [String] = []

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        struct Problem: Encodable {
            let number: Int
            let words: String
        }

        let entries: Int
        let unsigned: Int
        let head: String
        let sound: Bool
        let problems: [Problem]
        let keys: [String: String]
    }

    func run() async throws {
        try await reporting {
            let answer = try await withExistingRegister(try await settings.read()) { system in
                let verdict = try await system.exchange.verifyJournal(expecting: expecting)
                let keys = Dictionary(
                    try await system.exchange.publicKeys().map { ($0.id, $0.key) },
                    uniquingKeysWith: { first, _ in first })
                return Answer(
                    entries: verdict.entries, unsigned: verdict.unsigned, head: verdict.head, sound: verdict.isSound,
                    problems: verdict.problems.map { .init(number: $0.number, words: $0.words) }, keys: keys)
            }
            if output.json {
                try sayJSON(answer)
            } else {
                say(
                    "\(answer.entries) dòng, \(answer.unsigned) chưa ký, đầu nhật ký \(answer.head): \(answer.sound ? "nguyên vẹn" : "CÓ SAI KHÁC")"
                )
                for problem in answer.problems { say("dòng \(problem.number): \(problem.words)") }
            }
            guard answer.sound else { throw ExitCode(65) }
        }
    }
}

struct DueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due", abstract: "Prints what is due and missing by the agreements in force.")

    @Flag(help: "Only what is missing.")
    var missing = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let agreement: String
        let agency: String
        let receiver: String
        let format: String
        let first: String
        let last: String
        let due: String
        /// `missing`, `awaited`, `received`
        let state: String
        let delivery: Int?
        let words: String

        init(_ due: DueDelivery) {
            agreement = due.name
            agency = due.giver.text
            receiver = due.receiver.text
            format = due.format
            first = due.turn.months.lowerBound.description
            last = due.turn.months.upperBound.description
            self.due = due.due.description
            words = due.words
            switch due.state {
            case .missing: (state, delivery) = ("missing", nil)
            case .awaited: (state, delivery) = ("awaited", nil)
            case .received(_, let number, _): (state, delivery) = ("received", number)
            }
        }
    }

    func run() async throws {
        try await reporting {
            let lines = try await withExistingRegister(try await settings.read()) { system in
                try await system.exchange.allDueDeliveries().filter { !missing || $0.isMissing }.map(Line.init)
            }
            if output.json { return try sayJSON(lines) }
            for line in lines {
                say("\(line.due)  \(line.agreement)  \(line.agency)  \(line.format)  \(line.last)  \(line.words)")
            }
        }
    }
}

struct AgreementsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreements", abstract: "Prints who gives what to whom, and where each agreement stands.")

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let agreement: String
        let giver: String
        let receiver: String
        let format: String
        let rhythm: String
        let fields: [String]
        let state: String

        init(_ agreement: Agreement, on day: Day) {
            let version = agreement.inForce(on: day) ?? agreement.versions.last
            self.agreement = agreement.name
            giver = agreement.giver.text
            receiver = agreement.receiver.text
            format = agreement.format
            rhythm = version?.terms.rhythm.text ?? ""
            fields = version?.terms.fields.map(\.rawValue) ?? []
            state = agreement.words(on: day)
        }
    }

    func run() async throws {
        try await reporting {
            let lines = try await withExistingRegister(try await settings.read()) { system in
                try await system.exchange.allAgreements().map { Line($0, on: system.clock.now.day) }
            }
            if output.json { return try sayJSON(lines) }
            for line in lines {
                say(
                    "\(line.agreement)  \(line.giver) → \(line.receiver)  \(line.format)  \(line.rhythm)  \(line.state)"
                )
            }
        }
    }
}
