public import Access
import Database
public import Kernel
import PlanText
public import Province

extension Right {
    public static let keepIdentities = Right(
        "identities.keep", "Ghi tên, ký hiệu, chức danh của cơ quan trên văn bản")
}

/// Who agencies are in documents, stated on screen over what the province's folder says: each statement whole, from a day on.
public struct IdentityService: Sendable {
    private let work: WorkService

    public init(work: WorkService) { self.work = work }

    /// An identity as somebody types it: an empty field is “not known”, and a paper leaves a gap for it.
    public struct Draft: Sendable, Equatable {
        public var name: String
        /// ``nobody`` where it signs under its own name alone.
        public var bodyAbove: String
        public var symbol: String
        public var head: String
        public var deputy: String
        public var collective: String
        public var place: String
        public var since: String
        public var reason: String

        public static let nobody = "không có"

        public init(
            name: String = "", bodyAbove: String = "", symbol: String = "", head: String = "", deputy: String = "",
            collective: String = "", place: String = "", since: String = "", reason: String = ""
        ) {
            self.name = name
            self.bodyAbove = bodyAbove
            self.symbol = symbol
            self.head = head
            self.deputy = deputy
            self.collective = collective
            self.place = place
            self.since = since
            self.reason = reason
        }

        /// What holds, to be changed.
        public init(_ identity: LegalIdentity, since: Day) {
            self.init(
                name: identity.name ?? "",
                bodyAbove: identity.bodyAbove == .nobody ? Self.nobody : identity.nameAbove ?? "",
                symbol: identity.symbol ?? "", head: identity.head ?? "", deputy: identity.deputy ?? "",
                collective: identity.collective ?? "", place: identity.place ?? "", since: since.vietnamese)
        }
    }

    /// A draft that may be kept.
    public struct Checked: Sendable, Equatable {
        public let identity: LegalIdentity
        public let since: Day
        let reason: String
    }

    /// Agencies that papers are headed by: communes have one rule for all, and “the agencies concerned” is nobody.
    public var agencies: [Agency] { work.plan.agencies.filter { $0.kind != .communes && $0.kind != .unspecified } }

    /// - Throws: not found, for an agency that has no identity of its own.
    public func agency(_ code: String) throws(Refusal) -> Agency {
        guard let agency = agencies.first(where: { $0.code.text == code }) else {
            throw Refusal(.notFound, "Không có cơ quan này trong kế hoạch.")
        }
        return agency
    }

    /// What was stated of an agency, as it was read last, the earliest first; with the mark of what a person looks at.
    public func statements(of agency: AgencyCode) async throws -> (all: [StatedIdentities.Statement], version: Int) {
        let all = try await work.store.read { try StoredIdentities.read(on: $0).statements(of: agency) }
        return (all, all.count)
    }

    /// Reads a draft, all its problems at once.
    public func check(_ draft: Draft, of agency: Agency) throws(Refusal) -> Checked {
        var problems: [Refusal.FieldProblem] = []
        func text(_ typed: String, _ field: WorkField, _ label: String, most: Int = 200, required: Bool = false)
            -> String?
        {
            let text = VietnameseText.tidy(typed)
            if text.isEmpty, required { problems.append(.init(field, "Hãy ghi: \(label).")) }
            if text.count > most { problems.append(.init(field, "\(label): không quá \(most) chữ.")) }
            return text.isEmpty ? nil : text
        }
        var identity = LegalIdentity()
        // Of a name that gathers many units each has its own.
        identity.name = text(draft.name, .name, "Tên đầy đủ", required: !agency.standsForUnits)
        let above = text(draft.bodyAbove, .bodyAbove, "Cơ quan chủ quản")
        identity.bodyAbove = above.map {
            VietnameseText.fold($0) == VietnameseText.fold(Draft.nobody) ? .nobody : .body($0)
        }
        identity.symbol = text(draft.symbol, .symbol, "Ký hiệu", most: 20)
        if let symbol = identity.symbol, !symbol.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) {
            problems.append(
                .init(WorkField.symbol, "Ký hiệu chỉ gồm chữ, số và dấu gạch nối, ví dụ SXD (không ghi /BC-)."))
        }
        identity.head = text(draft.head, .head, "Chức danh người đứng đầu", most: 100)
        identity.deputy = text(draft.deputy, .deputy, "Chức danh cấp phó", most: 100)
        identity.collective = text(draft.collective, .collective, "Ký thay mặt (TM.)")
        identity.place = text(draft.place, .place, "Nơi ký", most: 100)
        let reason = text(draft.reason, .reason, "Căn cứ, lý do", most: 500, required: true)
        let since = Day(typed: VietnameseText.tidy(draft.since))
        if since == nil { problems.append(.init(WorkField.since, "Hãy ghi ngày/tháng/năm bắt đầu dùng.")) }
        guard problems.isEmpty, let since, let reason else { throw Refusal(fields: problems) }
        return Checked(identity: identity, since: since, reason: reason)
    }

    /// States who an agency is from a day on. Papers made before stay as they are.
    /// - Parameter version: of what the person looked at (``statements(of:)``).
    public func keep(_ draft: Draft, of agency: Agency, version: Int?, by submission: Submission) async throws {
        try submission.viewer.require(.keepIdentities)
        let checked = try check(draft, of: agency)
        try await work.store.once(
            submission, about: Subject(.plan, "identities/\(agency.code)"), at: work.clock.now
        ) { connection, now in
            let present = try StoredIdentities.read(on: connection)
            guard version == present.statements(of: agency.code).count else {
                throw Refusal(
                    .stale, "Tên, ký hiệu của cơ quan này vừa được người khác sửa. Hãy xem lại rồi làm lại.")
            }
            guard (present.identity(of: agency.code, on: checked.since) ?? agency.identity) != checked.identity else {
                throw Refusal(.invalid, "Không có gì thay đổi so với thông tin đang dùng từ ngày đó.")
            }
            try StoredIdentities.keep(
                checked.identity, of: agency.code, since: checked.since, reason: checked.reason, at: now,
                account: submission.viewer.account, by: submission.viewer.name, on: connection)
            // Identities are a part of the plan: pages and papers made of it are made anew.
            try AuditTrail.append(
                AuditEvent(
                    "identity.stated", subject: Subject(.plan, "identities"),
                    detail: "\(agency.name), từ \(checked.since.vietnamese): \(checked.reason)"),
                by: submission.actor, at: now, on: connection)
        }
        try await work.plan.unitsInForce.refresh(from: work.store)
    }
}
