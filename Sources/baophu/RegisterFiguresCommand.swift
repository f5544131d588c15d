import Access
public import ArgumentParser
import Assembly
import Database
import Exchange
import Figures
import Kernel
public import Registry

struct RegisterBasisCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "basis", abstract: "Prints by which commune targets count, or sets it with its document.")

    @Argument(help: "residence or employer; left out, what holds is printed.")
    var place: String?

    @Option(help: "Number and day of the document that says so.")
    var document = ""

    @OptionGroup var settings: SettingsOptions

    func validate() throws {
        guard place.map({ FlowPlace(rawValue: $0) != nil }) ?? true else {
            throw ValidationError("the place is residence or employer")
        }
    }

    func run() async throws {
        try await reporting {
            let place = place.flatMap { FlowPlace(rawValue: $0) }
            let words = try await withExistingRegister(try await settings.read()) { system in
                try await system.store.write { connection in
                    if let place {
                        try FlowBasis.set(
                            place, document: document, by: .commandLine, at: system.clock.now,
                            on: connection)
                    }
                    return try FlowBasis.inForce(on: connection).words
                }
            }
            say(words)
        }
    }
}

struct RegisterFiguresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures",
        abstract:
            "Compares a month's stock with the figures officially imported, and puts the register in charge of the month.",
        discussion: """
            Without an option it prints where the two differ: what was so the month before, what is of the month, and what counting by \
            the other commune would come to. In charge, the register's counts hold as that month's figures; imports stay in the history.
            """)

    @Option(help: "The month: 2026-09.")
    var month: Month

    @Option(help: ArgumentHelp("Put the register in charge: number and day of the document.", valueName: "document"))
    var inCharge: String?

    @Option(help: ArgumentHelp("Let what was imported hold again: why.", valueName: "reason"))
    var release: String?

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let commune: String
        let scheme: String
        let imported: Int
        let counted: Int
        let difference: Int
        let causes: [String: Int]
        let byOtherPlace: Int

        enum CodingKeys: String, CodingKey {
            case commune, scheme, imported, counted, difference, causes
            case byOtherPlace = "by_other_place"
        }
    }

    private struct Answer: Encodable {
        let month: String
        let inCharge: Bool
        let compared: Int
        let unplaced: Int
        let lines: [Line]

        enum CodingKeys: String, CodingKey {
            case month, compared, unplaced, lines
            case inCharge = "in_charge"
        }
    }

    func run() async throws {
        try await reporting {
            let month = month
            let answer = try await withExistingRegister(try await settings.read()) { system in
                if let inCharge {
                    _ = try await system.figures.putRegisterInCharge(
                        of: month, document: inCharge, by: .commandLine)
                } else if let release {
                    try await system.figures.releaseRegister(of: month, reason: release, by: .commandLine)
                }
                return try await system.store.read { connection in
                    let difference = try RegisterDifference(of: month, on: connection)
                    return Answer(
                        month: month.description,
                        inCharge: try RegisterCharge.find(month, on: connection)?.isInCharge ?? false,
                        compared: difference.compared, unplaced: difference.unplaced,
                        lines: difference.lines.map { line in
                            Line(
                                commune: line.commune.text, scheme: line.scheme.rawValue, imported: line.imported,
                                counted: line.counted, difference: line.difference,
                                causes: Dictionary(
                                    uniqueKeysWithValues: line.causes.map { ($0.key.rawValue, $0.value) }),
                                byOtherPlace: line.byOtherPlace)
                        })
                }
            }
            if output.json { return try sayJSON(answer) }
            say(
                answer.inCharge
                    ? "Tháng \(month.vietnamese) lấy số liệu từ sổ đăng ký."
                    : "Tháng \(month.vietnamese) lấy số liệu nhập.")
            for line in answer.lines {
                let causes = line.causes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                say(
                    "\(line.commune)  \(line.scheme)  \(line.imported) → \(line.counted) (\(line.difference)): \(causes.joined(separator: ", "))"
                )
            }
        }
    }
}
