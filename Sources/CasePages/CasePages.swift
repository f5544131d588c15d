public import Access
public import Components
public import Coverage
public import Foundation
public import Kernel
import Registry
public import WebDesk

/// Who should be insured and is not: a review in numbers, and the leads of the own area.
public struct CasePages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] { [ReviewPage.self, LeadListPage.self, LeadPage.self] }

    public static func page(of subject: Subject) -> Address? {
        subject.kind == .review ? Addresses.review() : nil
    }

    public static func navigation(for viewer: Viewer) -> [(label: String, address: Address)] {
        viewer.may(.readReviewNumbers) ? [("Rà soát", Addresses.review())] : []
    }

    public let desk: Desk
    let reviews: ReviewService
    /// How many people the compulsory scheme lacks beside its target of the year; nil where nobody knows.
    let gap: @Sendable (Viewer) async throws -> (people: Int, year: Int)?

    public init(
        desk: Desk, reviews: ReviewService,
        gap: @escaping @Sendable (Viewer) async throws -> (people: Int, year: Int)?
    ) {
        (self.desk, self.reviews, self.gap) = (desk, reviews, gap)
    }

    public var routes: [Route] {
        [
            .page(Addresses.review, .right(.readReviewNumbers)) { request in try await reviewPage(request) },
            .page(Addresses.leads, .right(.readLeads)) { request in try await leadListPage(request) },
            .page(Addresses.leadEmployer, .right(.readLeads)) { request in try await leadPage(request) },
        ]
    }

    func nameOfCommune(_ key: String) -> String {
        CommuneCode(key).map(communeName) ?? "Không rõ xã, phường"
    }

    /// Of an employer whom no list names.
    static let unnamed = "Đơn vị chỉ có mã số thuế trong tờ khai"
}

extension EntityID {
    /// As addresses name it: the delivery and which of its records is the first.
    var word: String { "\(first.delivery)-\(first.ordinal)" }

    init?(word: String) {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false).map { UInt32($0) }
        guard parts.count == 2, let delivery = parts[0], let ordinal = parts[1], delivery < 1 << 31 else { return nil }
        self.init(first: RecordPlace(delivery: Int(delivery), ordinal: Int(ordinal)))
    }
}
