import Documents
public import Kernel
import PlanText

/// Whom a paper asks for an answer, until when, and what came. Who was asked stands in the paper's frozen data.
public struct AskedReplies: Sendable, Equatable {
    /// One of those who were asked.
    public struct Addressee: Sendable, Equatable {
        /// From 1, in the order of the paper's list.
        public let position: Int
        public let name: String
        /// What is asked of this one alone; may be empty.
        public let matter: String
        public let reply: Reply?
    }

    public let until: Day
    public private(set) var addressees: [Addressee]

    public var answered: Int { addressees.count { $0.reply != nil } }
    public var inTime: Int { addressees.count { $0.reply.map { $0.day <= until } ?? false } }

    /// As it stood on a day: what came later had not come.
    func standing(on day: Day) -> AskedReplies {
        var then = self
        then.addressees = addressees.map { one in
            Addressee(
                position: one.position, name: one.name, matter: one.matter,
                reply: one.reply.flatMap { $0.day <= day ? $0 : nil })
        }
        return then
    }

    /// What concerns one of those asked, who is told nothing of the others' answers.
    func only(_ names: Set<String>) -> AskedReplies {
        var own = self
        own.addressees = addressees.filter { names.contains(VietnameseText.fold($0.name)) }
        return own
    }

    /// Those who have not answered though their day has passed.
    public func late(on today: Day) -> Int { today > until ? addressees.count - answered : 0 }

    /// The sum of what was told, of those who told it; nil where nobody did.
    public func sum(_ value: (Reply) -> Int?) -> Int? {
        let told = addressees.compactMap { $0.reply.flatMap(value) }
        return told.isEmpty ? nil : told.reduce(0, +)
    }

    // MARK: In a paper's data

    private static let table = "addressees"
    private static let day = "replyDay"

    /// Says in a paper's data who is asked, as its template prints it.
    static func write(_ addressees: DocumentData.Table, until day: Day, into data: inout DocumentData) {
        data.tables[table] = addressees
        data.fields[self.day] = day.description
        data.fields["replyBy"] = day.vietnamese
        address(&data, to: nil)
    }

    /// - Parameter row: for whom alone a copy is; nil for the one paper that all get.
    static func address(_ data: inout DocumentData, to row: Int?) {
        let rows = data.tables[table]?.rows ?? []
        let only = row ?? (rows.count == 1 ? 0 : nil)
        if let only, rows.indices.contains(only) {
            data.fields["addressee"] = rows[only].first?.words ?? ""
            data.fields["matter"] = HeadWords.bare(rows[only].dropFirst().first?.words ?? "")
            data.fields["joint"] = ""
            data.fields["asked"] = "đơn vị"
            data.fields["formLabel"] = "Phụ lục"
        } else {
            data.fields["addressee"] = "Các cơ quan, đơn vị có tên trong danh sách kèm theo"
            data.fields["matter"] = ""
            data.fields["asked"] = "các đơn vị"
            data.fields["joint"] = "\(rows.count)"
            data.fields["formLabel"] = "Phụ lục II"
        }
    }

    /// - Returns: nil for a paper that asks nobody.
    init?(_ data: DocumentData, replies: [Int: Reply]) {
        guard let until = data.fields[Self.day].flatMap({ Day($0) }), let table = data.tables[Self.table] else {
            return nil
        }
        self.until = until
        addressees = table.rows.enumerated().map { index, row in
            Addressee(
                position: index + 1, name: row.first?.words ?? "", matter: row.dropFirst().first?.words ?? "",
                reply: replies[index + 1])
        }
    }
}

/// An answer that came.
public struct Reply: Sendable, Equatable {
    /// Of the answer itself.
    public let day: Day
    /// Number and symbol of the answer, as typed; may be empty.
    public let number: String
    /// People who work there, and how many of them are insured, as the unit tells; nil where it does not.
    public let workers: Int?
    public let insured: Int?
    public let note: String
    public let enteredBy: String
    public let enteredAt: Timestamp
}
