import Database
public import Formats
import Foundation
public import Kernel

extension Subject.Kind {
    /// An agreement to hand over a list; the key is its number.
    public static let agreement = Self("agreement")
}

/// What two sides agree on about one list.
public struct AgreementTerms: Codable, Sendable, Equatable {
    public var purpose: String
    /// Acts and articles, as a paper cites them.
    public var legalBasis: String
    /// What of the list is handed over.
    public var fields: [RecordField]
    public var rhythm: Rhythm
    /// From when it holds, and until when; without an end, until it is ended or replaced.
    public var from: Day
    public var until: Day?
    /// For how many months after its receipt the rows of a delivery are kept as they came; nil where no end was agreed: then
    /// nothing is destroyed by itself.
    public var retentionMonths: Int?
    /// What of a row may stay when the others are destroyed; nothing by itself.
    public var keeps: [RecordField]
    /// Who answers for it, on each side: names, offices, telephones.
    public var giverPeople: String
    public var receiverPeople: String

    public init(
        purpose: String, legalBasis: String, fields: [RecordField], rhythm: Rhythm, from: Day, until: Day? = nil,
        retentionMonths: Int? = nil, keeps: [RecordField] = [], giverPeople: String = "", receiverPeople: String = ""
    ) {
        (self.purpose, self.legalBasis, self.fields, self.rhythm) = (purpose, legalBasis, fields, rhythm)
        (self.from, self.until, self.retentionMonths, self.keeps) = (from, until, retentionMonths, keeps)
        (self.giverPeople, self.receiverPeople) = (giverPeople, receiverPeople)
    }

    init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

/// The paper that both sides signed.
public struct SignedPaper: Codable, Sendable, Equatable {
    /// `123/BHXH-QLT`
    public let number: String
    public let day: Day

    public init(number: String, day: Day) { (self.number, self.day) = (number, day) }

    public var words: String { "số \(number) ngày \(day.vietnamese)" }
}

/// One wording of an agreement, from its proposal on.
public struct AgreementVersion: Sendable, Equatable {
    /// Where it stands; repeats its last event.
    public enum State: String, Sendable, CaseIterable {
        /// One side put it forward.
        case proposed
        /// The other side agrees; the paper is to be signed.
        case agreed
        /// Signed: it holds from its first day on.
        case signed
        /// The other side does not agree.
        case refused
        /// Taken back by whoever put it forward.
        case withdrawn
        /// Ended before its last day.
        case ended

        /// In Vietnamese.
        public var words: String {
            switch self {
            case .proposed: "chờ bên kia đồng ý"
            case .agreed: "hai bên đã đồng ý, chờ ký"
            case .signed: "đã ký"
            case .refused: "bên kia không đồng ý"
            case .withdrawn: "đã rút"
            case .ended: "đã chấm dứt"
            }
        }

        /// Whether somebody still has to do something for it to hold.
        public var isOpen: Bool { self == .proposed || self == .agreed }
    }

    /// From 1 within the agreement.
    public let version: Int
    public let terms: AgreementTerms
    public let state: State
    public let proposedBy: UnitCode
    /// Known once it is signed.
    public let paper: SignedPaper?
    /// The last day on which it held, where it was ended.
    public let endedOn: Day?
}

/// Who gives which list to whom, in all its versions.
public struct Agreement: Sendable, Equatable {
    /// One version while it holds.
    public struct InForce: Sendable, Equatable {
        public let version: AgreementVersion
        public let first: Day
        /// Nil while no end is known.
        public let last: Day?

        public func holds(on day: Day) -> Bool { first <= day && last.map { day <= $0 } ?? true }
    }

    /// From 1, in the order of proposal.
    public let number: Int
    public let giver: UnitCode
    public let receiver: UnitCode
    public let format: String
    /// The earliest first.
    public let versions: [AgreementVersion]
    public let madeAt: Timestamp

    /// As papers and people name it: `TT 3/2026`.
    public var name: String { "TT \(number)/\(madeAt.day.year)" }

    /// When each signed version held or holds, the earliest first. A later one takes the place of the one before on its first day.
    public var spans: [InForce] {
        let signed = versions.filter { $0.state == .signed || $0.state == .ended && $0.paper != nil }
        return signed.enumerated().compactMap { index, version in
            let next = signed.dropFirst(index + 1).map { $0.terms.from.adding(days: -1) }.min()
            let last = [version.terms.until, version.endedOn, next].compactMap(\.self).min()
            guard last.map({ version.terms.from <= $0 }) ?? true else { return nil }
            return InForce(version: version, first: version.terms.from, last: last)
        }
    }

    public func inForce(on day: Day) -> AgreementVersion? { spans.last { $0.holds(on: day) }?.version }

    /// The version that waits for one of the sides.
    public var open: AgreementVersion? { versions.last.flatMap { $0.state.isOpen ? $0 : nil } }

    /// Whether a delivery of this sender is one that the agreement speaks of: the giver itself, or one of the many units of an
    /// agency.
    public func covers(_ sender: UnitCode) -> Bool {
        if sender == giver { return true }
        guard case .agency(let agency) = giver, case .agencyUnit(let unit) = sender else { return false }
        return unit.agency == agency
    }

    /// In Vietnamese, on a day.
    public func words(on day: Day) -> String {
        if inForce(on: day) != nil { return open == nil ? "đang có hiệu lực" : "đang có hiệu lực, có bản mới chờ" }
        if let open { return open.state.words }
        if let next = spans.first(where: { day < $0.first }) { return "có hiệu lực từ \(next.first.vietnamese)" }
        if let last = spans.last?.last, last < day { return "hết hiệu lực từ \(last.adding(days: 1).vietnamese)" }
        return versions.last?.state.words ?? ""
    }
}

/// What happened to an agreement.
public struct AgreementEvent: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case proposed, agreed, refused, withdrawn, signed, ended

        var state: AgreementVersion.State {
            switch self {
            case .proposed: .proposed
            case .agreed: .agreed
            case .refused: .refused
            case .withdrawn: .withdrawn
            case .signed: .signed
            case .ended: .ended
            }
        }

        /// In Vietnamese, of somebody who did it.
        public var words: String {
            switch self {
            case .proposed: "đề nghị"
            case .agreed: "đồng ý"
            case .refused: "không đồng ý"
            case .withdrawn: "rút đề nghị"
            case .signed: "ghi văn bản đã ký"
            case .ended: "chấm dứt"
            }
        }
    }

    public let version: Int
    public let kind: Kind
    public let words: String
    public let unit: UnitCode?
    public let at: Timestamp
    public let byName: String
}
