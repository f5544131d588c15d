public import Access
public import Kernel
import PlanText
import Province

/// Where the compulsory part of a target comes from: the plan asks for compulsory and voluntary participants (tasks I.2, I.4) and
/// gives a total and the least voluntary number.
public enum CompulsoryBasis: String, Sendable, Codable, CaseIterable {
    /// A decision gives it beside the voluntary part.
    case assigned
    /// Nobody gave it: what the total leaves beside the voluntary part.
    case derived

    /// Behind a figure or under a column's heading.
    public var words: String {
        switch self {
        case .assigned: "chỉ tiêu được giao"
        case .derived: "suy ra từ tổng số"
        }
    }

    /// As those who split choose it.
    public var choice: String {
        switch self {
        case .assigned: "Giao chỉ tiêu bắt buộc cùng với tự nguyện"
        case .derived: "Không giao riêng: bảng ghi “suy ra từ tổng số”"
        }
    }
}

/// The compulsory part of a target: always the total less the voluntary part, and a target only where a decision says so.
public struct CompulsoryTarget: Sendable, Equatable {
    public let people: Int
    public let basis: CompulsoryBasis

    public init(total: Int, voluntary: Int, _ basis: CompulsoryBasis) {
        people = total - voluntary
        self.basis = basis
    }

    /// Heads a column or a line of it: `BHXH bắt buộc`, `BHXH bắt buộc (suy ra từ tổng số)`.
    public static func title(_ basis: CompulsoryBasis) -> String {
        basis == .assigned ? "BHXH bắt buộc" : "BHXH bắt buộc (\(basis.words))"
    }

    /// `1.162.000 người`, `1.162.000 người (suy ra từ tổng số)`
    public var phrase: String {
        "\(VietnameseText.grouped(people)) người" + (basis == .assigned ? "" : " (\(basis.words))")
    }
}

extension CommuneTarget {
    public var compulsory: CompulsoryTarget { CompulsoryTarget(total: total, voluntary: voluntary, compulsoryBasis) }
}

extension TargetTable {
    /// Of the province: given only where every commune's is, and they add up to what the plan leaves.
    public var compulsory: CompulsoryTarget {
        let isGiven =
            targets.count == communes && targets.values.allSatisfy { $0.compulsoryBasis == .assigned }
            && difference(.total) == 0 && difference(.voluntary) == 0
        return CompulsoryTarget(
            total: province.total, voluntary: province.voluntary, isGiven ? .assigned : .derived)
    }
}

extension TargetService {
    /// The compulsory part of a year's target, with where it comes from: what every page and paper prints of it.
    /// - Parameter commune: nil for the whole province.
    /// - Returns: nil without a target.
    public func compulsoryTarget(
        of commune: CommuneCode? = nil, year: Int, for viewer: Viewer
    ) async throws -> CompulsoryTarget? {
        let table = try await targets(year: year, for: viewer)
        guard let commune else { return table?.compulsory }
        return table?.targets[commune]?.compulsory
    }
}
