import Allocation
import ArgumentParser
import Foundation
import Kernel
import Tabular
import Yams

struct AllocateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allocate",
        abstract: "Splits a target, and the voluntary part of it, over units within bounds.",
        discussion: """
            The table has the columns code,name,last_total,last_voluntary,labour_force,pool,proposal_total,\
            proposal_voluntary,floor_total,cap_total,floor_voluntary,cap_voluntary; cells stay empty where a number is not \
            known. docs/allocation.md tells the method and the settings.
            """)

    @Option(help: "The table of units: CSV or XLSX; - for CSV on standard input.")
    var input: String

    @Option(help: "The total to split; several years with commas between them.")
    var total: String

    @Option(help: "The voluntary part of it; as many as there are totals.")
    var voluntary: String

    @Option(help: "A YAML file of settings.")
    var settings: String?

    @OptionGroup var answer: JSONOption

    private struct Answer: Encodable {
        struct Unit: Encodable {
            let code: String
            let name: String
            let total: Int
            let voluntary: Int
            let fair_total: Double
            let fair_voluntary: Double
            let reason: String
        }

        struct Column: Encodable {
            let total: Double
            let voluntary: Double
        }

        let units: [Unit]
        /// Of whole people; `relaxed` is the least without the demand for whole people.
        let objective: Column
        let relaxed: Column
        let remarks: [String]

        init(_ allocation: Allocation) {
            func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
            units = allocation.rows.map {
                Unit(
                    code: $0.code, name: $0.name, total: $0.total, voluntary: $0.voluntary,
                    fair_total: rounded($0.fairTotal), fair_voluntary: rounded($0.fairVoluntary), reason: $0.reason)
            }
            objective = Column(
                total: allocation.objective[.total] ?? 0, voluntary: allocation.objective[.voluntary] ?? 0)
            relaxed = Column(
                total: allocation.leastObjective[.total] ?? 0, voluntary: allocation.leastObjective[.voluntary] ?? 0)
            remarks = allocation.remarks
        }
    }

    func run() async throws {
        do {
            let totals = try Self.numbers(total, "--total")
            let voluntaries = try Self.numbers(voluntary, "--voluntary")
            guard totals.count == voluntaries.count else {
                throw AllocationError.input("--total có \(totals.count) năm, --voluntary có \(voluntaries.count) năm.")
            }
            let years = try Allocation.years(
                try units(), zip(totals, voluntaries).map { (total: $0, voluntary: $1) }, settings: try read())
            if answer.json {
                if let only = years.first, years.count == 1 { return try sayJSON(Answer(only)) }
                return try sayJSON(years.map(Answer.init))
            }
            for (number, year) in years.enumerated() {
                if years.count > 1 { say("# \(totals[number]) / \(voluntaries[number])") }
                for row in year.rows { say("\(row.code)\t\(row.name)\t\(row.total)\t\(row.voluntary)\t\(row.reason)") }
                for remark in year.remarks { complain(remark) }
            }
        } catch let error as AllocationError {
            complain("\(error)")
            throw ExitCode(65)
        } catch let fault as AllocationFault {
            complain("\(input): \(fault)")
            throw ExitCode(65)
        }
    }

    private static func numbers(_ text: String, _ option: String) throws -> [Int] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let number = WrittenNumber.count(part, most: 9_999_999_999) else {
                throw AllocationError.input(
                    "\(option): “\(part)” không phải số người; ghi liền các chữ số, ví dụ 1250000; nhiều năm cách nhau bằng dấu phẩy."
                )
            }
            return number
        }
    }

    private func units() throws -> [AllocationUnit] {
        let data =
            input == "-"
            ? try FileHandle.standardInput.readToEnd() ?? Data() : FileManager.default.contents(atPath: input)
        guard let data else { throw AllocationError.input("Không đọc được tệp \(input).") }
        let file: TableFile
        do {
            file = try TableFile(Array(data))
        } catch {
            throw AllocationError.input("\(input): \(error)")
        }
        let (units, faults) = try AllocationUnit.read(file)
        // A unit left out would shift everybody else's number: nothing is split until every row can be read.
        guard faults.isEmpty else {
            for fault in faults { complain("\(input): \(fault)") }
            throw ExitCode(65)
        }
        return units
    }

    private func read() throws -> AllocationSettings {
        guard let settings else { return AllocationSettings() }
        guard let data = FileManager.default.contents(atPath: settings) else {
            throw AllocationError.settings("không đọc được tệp \(settings)")
        }
        let text = String(decoding: data, as: UTF8.self)
        do {
            for key in try Yams.compose(yaml: text)?.mapping?.keys.compactMap(\.string) ?? []
            where !AllocationSettings.names.contains(key) {
                throw AllocationError.settings(
                    "“\(key)” không có; dùng \(AllocationSettings.names.joined(separator: ", "))")
            }
            return try YAMLDecoder().decode(AllocationSettings.self, from: text)
        } catch let error as AllocationError {
            throw error
        } catch let error as DecodingError {
            throw AllocationError.settings(
                "\(settings), \(Self.place(of: error)): giá trị không đúng kiểu (cần số, true/false hoặc danh sách như trong docs/allocation.md)"
            )
        } catch {
            throw AllocationError.settings("\(settings) không phải YAML đọc được: \(error)")
        }
    }

    private static func place(of error: DecodingError) -> String {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath.map(\.stringValue).joined(separator: ".")
        @unknown default: ""
        }
    }
}
