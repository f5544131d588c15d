import Access
import Database
import Exchange
import Formats
import Kernel
import PlanText
import Province

/// Who gives which list to whom, and what is asked of whom: invented, so that every state of an agreement and of a request can be
/// seen. What the lists of the fictitious city hold beyond these agreements is not kept.
struct SampleAgreements {
    let system: BaoPhuSystem
    /// Who gets the lists.
    private let insurer: Viewer
    private let accounts: [Account]

    /// - Returns: nil where the plan has no insuring agency, or no account of it.
    init?(system: BaoPhuSystem) async throws {
        let accounts = try await system.store.read { try Accounts.all(within: .ofSystem, on: $0) }
        guard let insurer = accounts.first(where: { $0.role == .insuranceProvince })?.viewer(.ofRoles),
            insurer.agency != nil
        else { return nil }
        (self.system, self.insurer, self.accounts) = (system, insurer, accounts)
    }

    private enum End { case proposed, agreed, signed }

    /// One agreement of an agency with the insurer.
    private struct Wish {
        let giver: Agency.Kind
        /// Of several of a kind the one with this word in its name.
        var named = ""
        let format: String
        let purpose: String
        let rhythm: Rhythm
        /// Columns that are not needed for the purpose.
        let without: Set<String>
        let monthsBefore: Int
        let end: End
    }

    private static let wishes: [Wish] = [
        Wish(
            giver: .tax, format: "05-1-bk", purpose: "Rà soát người lao động có hợp đồng từ 03 tháng chưa tham gia",
            rhythm: .yearly(month: 4, day: 30),
            without: [
                "Số lượng NPT tính giảm trừ", "Tổng số tiền giảm trừ gia cảnh", "Từ thiện, nhân đạo, khuyến học",
            ],
            monthsBefore: 2, end: .signed),
        Wish(
            giver: .tax, format: "household-businesses", purpose: "Rà soát chủ hộ kinh doanh thuộc diện tham gia",
            rhythm: .quarterly(day: 15), without: ["Vốn kinh doanh"], monthsBefore: 4, end: .signed),
        Wish(
            giver: .police, format: "population", purpose: "Đối chiếu người trong danh sách rà soát với dữ liệu dân cư",
            rhythm: .quarterly(day: 20), without: ["Dân tộc", "Quốc tịch", "Ghi chú"], monthsBefore: 6, end: .signed),
        Wish(
            giver: .department, named: "xây dựng", format: "projects",
            purpose: "Rà soát nhà thầu, lao động trên công trường",
            rhythm: .monthly(day: 10), without: ["Giá trị hợp đồng"], monthsBefore: 3, end: .signed),
        Wish(
            giver: .department, named: "giáo dục", format: "pupils",
            purpose: "Rà soát học sinh, sinh viên chưa tham gia",
            rhythm: .yearly(month: 10, day: 31), without: [], monthsBefore: 0, end: .agreed),
        Wish(
            giver: .tax, format: "05-2-bk",
            purpose: "Rà soát người có thu nhập chưa tham gia, vận động tham gia tự nguyện",
            rhythm: .yearly(month: 4, day: 30), without: [], monthsBefore: 0, end: .proposed),
    ]

    func fill() async throws {
        for (place, wish) in Self.wishes.enumerated() { try await make(wish, place) }
        try await ask()
        try await subject()
    }

    private func make(_ wish: Wish, _ place: Int) async throws {
        guard let giver = giver(of: wish), let receiver = insurer.agency,
            let format = system.exchange.formats[wish.format]
        else { return }
        let names = (format.heads.map(\.column) + format.columns).map(\.name).filter { !wish.without.contains($0) }
        let today = system.clock.today
        let first = Month(of: today).adding(months: -wish.monthsBefore).firstDay
        let from = wish.monthsBefore == 0 ? today.adding(days: 21) : first
        var draft = AgreementDraft(
            giver: UnitCode.agency(giver.code).text, receiver: UnitCode.agency(receiver).text, format: wish.format,
            purpose: "\(wish.purpose) (minh họa)",
            legalBasis: "Điều 30 Luật Bảo hiểm xã hội; Nghị định số 278/2025/NĐ-CP (minh họa)", fields: names,
            from: from.vietnamese, retentionMonths: "24",
            giverPeople: "\(name(of: giver)), người phụ trách dữ liệu (minh họa)",
            receiverPeople: "\(insurer.name), phòng Quản lý thu")
        switch wish.rhythm {
        case .once(let day): (draft.rhythm, draft.dueOn) = ("once", day.vietnamese)
        case .monthly(let day): (draft.rhythm, draft.dueDay) = ("monthly", "\(day)")
        case .quarterly(let day): (draft.rhythm, draft.dueDay) = ("quarterly", "\(day)")
        case .yearly(let month, let day):
            (draft.rhythm, draft.dueDay, draft.dueMonth) = ("yearly", "\(day)", "\(month)")
        }
        let (exchange, theirs) = (system.exchange, Submission(viewer: viewer(of: giver)))
        let subject = try await exchange.propose(draft, by: theirs)
        guard let number = Int(subject.key), wish.end != .proposed else { return }
        try await exchange.agree(to: number, seen: 1, by: Submission(viewer: insurer))
        guard wish.end == .signed else { return }
        try await exchange.sign(
            number, seen: 1, paper: "\(1_201 + place)/QC-PH", on: first.vietnamese, by: Submission(viewer: insurer))
    }

    private func giver(of wish: Wish) -> Agency? {
        system.definition.agencies.first {
            $0.kind == wish.giver && VietnameseText.fold($0.name).contains(VietnameseText.fold(wish.named))
        }
    }

    /// Somebody of an agency: its own account, else one who is nobody's.
    private func viewer(of agency: Agency) -> Viewer {
        accounts.first { $0.role == .agencyOfficer && $0.agency == agency.code }?.viewer(.ofRoles)
            ?? Viewer(
                account: RecordID(at: system.clock.now), login: "minh-hoa", name: name(of: agency),
                role: .agencyOfficer, rights: Grants.ofRoles.rights(of: .agencyOfficer), agency: agency.code)
    }

    private func name(of agency: Agency) -> String { "Cán bộ \(system.definition.name(of: .agency(agency.code)))" }

    /// A commune asks tax for a list of its own area; its leader agreed, tax has to decide.
    private func ask() async throws {
        guard let officer = accounts.first(where: { $0.role == .communeOfficer })?.viewer(.ofRoles),
            let leader = accounts.first(where: { $0.role == .communeLeader })?.viewer(.ofRoles),
            let commune = officer.communes.first, leader.communes == officer.communes,
            let tax = system.definition.agencies.first(where: { $0.kind == .tax })
        else { return }
        let fields = [
            "Mã số hộ kinh doanh", "Tên hộ kinh doanh", "Chủ hộ", "Số CCCD chủ hộ", "Địa chỉ", "Xã", "Trạng thái",
        ]
        let today = system.clock.today
        let subject = try await system.exchange.ask(
            RequestDraft(
                asker: UnitCode.commune(commune).text, holder: UnitCode.agency(tax.code).text,
                format: "household-businesses", purpose: "Vận động chủ hộ kinh doanh mới đăng ký tham gia (minh họa)",
                legalBasis: "Điều 30 Luật Bảo hiểm xã hội (minh họa)", fields: fields,
                persons: "Chủ hộ kinh doanh đăng ký trong quý trên địa bàn (minh họa)",
                period: Month(of: today).adding(months: -1).vietnamese, keepUntil: today.adding(days: 60).vietnamese),
            by: Submission(viewer: officer))
        if let number = Int(subject.key) { try await system.exchange.send(number, by: Submission(viewer: leader)) }
    }

    /// A person asks what is kept of them.
    private func subject() async throws {
        guard insurer.may(.keepSubjectRequests) else { return }
        _ = try await system.exchange.receive(
            SubjectRequestDraft(
                kind: SubjectRequest.Kind.view.rawValue,
                person: .init(name: "Nguyễn Thị Minh Họa", number: "", contact: "Tổ dân phố số 3 (minh họa)"),
                about: "Đề nghị cho biết những dữ liệu nào đang được lưu (minh họa)",
                receivedOn: system.clock.today.adding(days: -1).vietnamese), by: Submission(viewer: insurer))
    }
}
