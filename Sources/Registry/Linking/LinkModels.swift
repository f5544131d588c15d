public import Database
import Formats
import Foundation
import Kernel
public import Linkage
import Synchronization

/// Two kinds of record whose pairs one model weighs; in the order of their names.
public struct KindPair: Hashable, Sendable, CustomStringConvertible {
    public let first: String
    public let second: String

    public init(_ one: String, _ other: String) { (first, second) = one <= other ? (one, other) : (other, one) }

    /// `participant,resident`.
    public init?(_ text: String) {
        let parts = text.split(separator: ",").map(String.init)
        guard parts.count == 2 else { return nil }
        self.init(parts[0], parts[1])
    }

    public var description: String { "\(first),\(second)" }
}

/// The models in force: of each pair of kinds the last that was trained, else the one that comes with the program.
struct LinkModels: Sendable {
    /// The number of the last trained one; 0 where there is none.
    let number: Int
    let usual: PairScorer
    private let trained: [KindPair: PairScorer]

    /// The model that comes with the program, read once.
    private static let read: Result<PairScorer, MissingLinkModel> = {
        guard let url = Bundle.module.url(forResource: "link-model", withExtension: "json", subdirectory: "Data"),
            let data = try? Data(contentsOf: url), let model = try? JSONDecoder().decode(LinkModel.self, from: data),
            let scorer = try? PairScorer(model)
        else { return .failure(MissingLinkModel()) }
        return .success(scorer)
    }()

    /// The model that comes with the program.
    static var file: PairScorer { get throws(MissingLinkModel) { try read.get() } }

    init(on connection: any SQLConnection) throws {
        let rows = try connection.rows(
            """
            SELECT m.* FROM link_model m WHERE m.number IN (SELECT MAX(number) FROM link_model GROUP BY kinds)
            """)
        usual = try Self.file
        var trained: [KindPair: PairScorer] = [:]
        var last = 0
        for row in rows {
            last = max(last, try row.integer("number"))
            guard let kinds = KindPair(try row.text("kinds")) else { continue }
            trained[kinds] = try Self.scorer(row)
        }
        (number, self.trained) = (last, trained)
    }

    static func scorer(_ row: SQLRow) throws -> PairScorer {
        try PairScorer(
            JSONDecoder().decode(LinkModel.self, from: Data(try row.text("model").utf8)),
            shares: JSONDecoder().decode(ValueShares.self, from: Data(try row.text("shares").utf8)))
    }

    /// The model trained on just these kinds.
    func own(_ kinds: KindPair) -> PairScorer? { trained[kinds] }

    subscript(_ kinds: KindPair) -> PairScorer { trained[kinds] ?? usual }
}

/// The installation lacks a file of the program: nothing is linked by likeness until it is installed anew.
struct MissingLinkModel: Error, CustomStringConvertible {
    var description: String {
        "Bản cài đặt thiếu tệp Data/link-model.json của sổ đăng ký; hãy cài đặt lại chương trình."
    }
}

/// Rules and models at hand: read again only when another model is in force.
public final class Linking: Sendable {
    public let rules: LinkRules
    private let held = Mutex<LinkModels?>(nil)

    public init(_ rules: LinkRules = .usual) { self.rules = rules }

    func models(on connection: any SQLConnection) throws -> LinkModels {
        let number = try connection.integer("SELECT MAX(number) FROM link_model") ?? 0
        if let models = held.withLock({ $0 }), models.number == number { return models }
        let models = try LinkModels(on: connection)
        held.withLock { $0 = models }
        return models
    }
}
