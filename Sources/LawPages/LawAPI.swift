import Foundation
import Hummingbird
import Kernel
import Legislation
import WebDesk

/// The law for programs: what stands in the bodies of `/api/v1/law`.
enum LawAPI {
    struct Description: Encodable {
        let name: String
        let summary: String
        let inputs: [Calculation.Field]
        let outputs: [Calculation.Field]
    }

    static var calculations: [Description] {
        Calculation.all.map { Description(name: $0.name, summary: $0.summary, inputs: $0.inputs, outputs: $0.outputs) }
    }

    static func parameters(_ table: ParameterTable, on day: Day) -> [ParameterReport] {
        table.parameters.compactMap { parameter in parameter.value(on: day).map { ParameterReport(parameter, $0) } }
    }

    /// A day of the address; the present one when it is not there.
    static func day(_ name: String, of request: OpenRequest, or today: Day) throws -> Day {
        guard let text = request.request.uri.queryParameters[name[...]] else { return today }
        guard let day = Day(text) else {
            throw LegislationError.malformed(field: name, reason: "“\(text.prefix(40))” không phải ngày yyyy-MM-dd")
        }
        return day
    }

    /// `explain=true`, or `1`; without it, `false` or `0`, nothing is explained.
    static func explains(_ request: Request) throws -> Bool {
        switch request.uri.queryParameters["explain"] {
        case nil, "false", "0": return false
        case "true", "1": return true
        case let text?:
            throw LegislationError.malformed(
                field: "explain", reason: "“\(text.prefix(40))” không phải true hoặc false")
        }
    }
}
