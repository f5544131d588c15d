import Access
import ArgumentParser
import Assembly
import Database
import Exchange
import Kernel
import Province
import Registry

struct RegisterFlowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flows",
        abstract: "Prints stock and flow of participants in a month, as the register counts them.",
        discussion: """
            Opening + new + returned + moved in + converted in + joined − stopped − one-off − pension − death − moved out − converted \
            out − left = closing, in each line. Moved is between communes, converted between schemes, joined and left between \
            employers. A line without a commune is of people of whom no record says where.
            """)

    @Option(help: "The month: 2026-09.")
    var month: String

    @Option(
        help: "The commune that lines are by: residence or employer. The commune that counts for targets when left out."
    )
    var by: String?

    @Flag(help: "A line for each pair of communes and each block of form B16a-TS.")
    var detail = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let commune: String?
        var employerCommune: String?
        let scheme: String
        var block: Int?
        let opening: Int
        let new: Int
        let returned: Int
        let movedIn: Int
        let convertedIn: Int
        let joined: Int
        let stopped: Int
        let oneOff: Int
        let pension: Int
        let death: Int
        let movedOut: Int
        let convertedOut: Int
        let left: Int
        let closing: Int

        enum CodingKeys: String, CodingKey {
            case commune, scheme, block, opening, new, returned, joined, stopped, pension, death, left, closing
            case employerCommune = "employer_commune"
            case movedIn = "moved_in"
            case convertedIn = "converted_in"
            case oneOff = "one_off"
            case movedOut = "moved_out"
            case convertedOut = "converted_out"
        }

        init(_ line: RegisterFlows.Line, by place: FlowPlace, detail: Bool) {
            commune = (place == .residence || detail ? line.key.residence : line.key.employer)?.text
            if detail { (employerCommune, block) = (line.key.employer?.text, line.key.block?.rawValue) }
            scheme = line.key.scheme.rawValue
            opening = line.opening
            (new, returned, movedIn) = (line[.new], line[.returned], line[.movedIn])
            (convertedIn, joined, stopped, oneOff) = (line[.convertedIn], line[.joined], line[.stopped], line[.oneOff])
            (pension, death, movedOut) = (line[.pension], line[.death], line[.movedOut])
            (convertedOut, left, closing) = (line[.convertedOut], line[.left], line.closing)
        }
    }

    private struct Answer: Encodable {
        let month: String
        let by: String
        /// Why lines are by that commune.
        let basis: String
        let lines: [Line]
        let total: [Line]
    }

    func validate() throws {
        guard Month(month) != nil else { throw ValidationError("the month is written 2026-09, not \(month)") }
        guard by.map({ FlowPlace(rawValue: $0) != nil }) ?? true else {
            throw ValidationError("--by is residence or employer")
        }
    }

    func run() async throws {
        try await reporting {
            guard let month = Month(month) else { return }
            let asked = by.flatMap { FlowPlace(rawValue: $0) }
            let answer = try await withExistingRegister(try await settings.read()) { system in
                try await system.deliveries.store.read { connection in
                    let basis = try FlowBasis.inForce(on: connection)
                    let place = asked ?? basis.place
                    let lines = try RegisterFlows.of(month: month, by: place, within: .ofSystem, on: connection)
                    let shown = detail ? lines : RegisterFlows.sums(lines, by: place)
                    let total = RegisterFlows.sums(lines) {
                        .init(residence: nil, employer: nil, scheme: $0.scheme, block: nil)
                    }
                    return Answer(
                        month: month.description, by: place.rawValue, basis: basis.words,
                        lines: shown.map { Line($0, by: place, detail: detail) },
                        total: total.map { Line($0, by: place, detail: false) })
                }
            }
            if output.json { return try sayJSON(answer) }
            for line in answer.lines + answer.total {
                let place = [line.commune ?? "-", line.employerCommune, line.block.map(String.init)].compactMap(\.self)
                say(
                    "\(place.joined(separator: "/"))  \(line.scheme)  \(line.opening) + \(line.new) + \(line.returned) + \(line.movedIn) + \(line.convertedIn) + \(line.joined) - \(line.stopped) - \(line.oneOff) - \(line.pension) - \(line.death) - \(line.movedOut) - \(line.convertedOut) - \(line.left) = \(line.closing)"
                )
            }
        }
    }
}
