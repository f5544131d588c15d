import PlanText
import Access
import Components
import Figures
import Hummingbird
import Kernel
import Overview
import Targets
import Work
import Province
import WebDesk

/// One figure: what holds, what held, what is contested.
struct FigurePage: Page {
    static let template: PageTemplate = "figure"

    struct Version: Sendable {
        let people: String
        let source: String
        let batchTitle: String
        let batchAddress: String
        let when: String
        let status: String
    }

    let tabs: [Frame.Link]
    let heading: String
    let unitLink: Frame.Link
    let figureNow: String
    let figureSource: String
    let contests: [ContestView]
    let hasContests: Bool
    let versions: [Version]
    let hasVersions: Bool
    let actions: [FormPanel]
}

/// An objection as pages show it: both values side by side.
struct ContestView: Sendable {
    let subject: String
    let address: String
    let stated: String
    let proposed: String
    let difference: String
    let reason: String
    let document: String
    let proofName: String?
    let proofAddress: String?
    /// Where somebody may ask that it be erased.
    let eraseAddress: String?
    let sender: String
    let outcome: String
    let forms: [FormModel]
}

struct ContestsPage: Page {
    static let template: PageTemplate = "contests"

    let tabs: [Frame.Link]
    let contests: [ContestView]
    let nothing: Bool
}

extension FigurePages {
    var contestRoutes: [Route] {
        [
            .page(Addresses.contests, .right(.viewFigures)) { request in try await contestsPage(request) },
            .form(Addresses.decideContest, .right(.decideContests)) { request in
                guard let id = RecordID(request.parameter("id")) else {
                    throw Refusal(.notFound, "Không có đề nghị này.")
                }
                guard ["yes", "no"].contains(request.form[FigureField.granted]) else {
                    throw Refusal(fields: [.init(FigureField.note, "Hãy chọn chấp nhận hoặc không chấp nhận.")])
                }
                try await figures.decide(
                    id, granted: request.form[FigureField.granted] == "yes", note: request.form[FigureField.note],
                    by: request.submission)
                return Addresses.contests().telling(.contestDecided)
            } again: { request, failure in
                try await contestsPage(request, failure: failure)
            },
            .page(Addresses.figure, .right(.viewFigures)) { request in try await figurePage(request) },
            .form(Addresses.contestFigure, .right(.contestFigures)) { request in
                let (commune, month, scheme) = try Self.figureKey(request)
                try await figures.contest(
                    ContestDraft(
                        commune: commune, month: month, scheme: scheme, proposed: request.form[FigureField.proposed],
                        reason: request.form[FigureField.reason],
                        document: request.form[FigureField.document],
                        file: try request.form.file(FigureField.proof, of: .proof)),
                    by: request.submission)
                return Addresses.figure(commune, month, FigureWords.slug(scheme)).telling(.contested)
            } again: { request, failure in
                try await figurePage(request, failure: failure)
            },
        ]
    }

    private static func figureKey(_ request: MemberRequest) throws -> (CommuneCode, Month, Scheme) {
        guard let commune = CommuneCode(request.parameter("unit")), let month = Month(request.parameter("month")),
            let scheme = FigureWords.scheme(request.parameter("scheme"))
        else { throw Refusal(.notFound, "Không có số liệu này.") }
        return (commune, month, scheme)
    }

    private func figurePage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let (commune, month, scheme) = try Self.figureKey(request)
        guard definition.communes[commune] != nil else {
            throw Refusal(.notFound, "Không có đơn vị này trong kế hoạch.")
        }
        let viewer = request.viewer
        let versions = try await figures.history(of: commune, scheme, month, for: viewer)
        let contests = try await figures.contests(of: commune, for: viewer).filter {
            $0.month == month && $0.scheme == scheme
        }
        let holding = versions.first(where: \.holds)
        var actions: [FormPanel] = []
        if viewer.contestsFigure(
            of: commune, stated: holding?.people, isContested: contests.contains(where: \.isOpen))
        {
            actions.append(
                .init(
                    title: "Số này chưa đúng? Đề nghị sửa",
                    form: form(
                        "de-nghi", Addresses.contestFigure(commune, month, FigureWords.slug(scheme)), "Gửi đề nghị",
                        fields: [
                            Field(FigureField.proposed, "Số người theo đơn vị", kind: .code),
                            Field(FigureField.reason, "Lý do", kind: .area),
                            Field(
                                FigureField.document, "Văn bản, tài liệu làm căn cứ",
                                hint: "Số, ngày, cơ quan ban hành",
                                required: false),
                            Field(
                                FigureField.proof, "Tệp chứng minh", kind: .file(.proof),
                                hint: "Không gửi danh sách có tên người", required: false),
                        ], for: request, failure: failure), open: failure != nil))
        }
        let cutoff = holding.map { version in
            version.batch.cutoff.map { Month(of: $0) == month ? $0 : month.lastDay } ?? month.lastDay
        }
        let model = FigurePage(
            tabs: figureTabs(Addresses.figures(), for: request),
            heading: "\(communeName(commune)) – \(scheme.title), tháng \(month.vietnamese)",
            unitLink: Frame.Link(communeName(commune), Addresses.unit(.commune(commune))),
            figureNow: FigureWords.people(holding?.people),
            figureSource: holding.flatMap { version in
                cutoff.map { "Nguồn: \(version.batch.source), chốt \($0.vietnamese)." }
            } ?? "",
            contests: contests.map { contestView($0, request, failure: nil) }, hasContests: !contests.isEmpty,
            versions: versions.map { version in
                .init(
                    people: VietnameseText.grouped(version.people), source: version.batch.source,
                    batchTitle: "lô số \(version.batch.number)",
                    batchAddress: Addresses.figureBatch(version.batch.number).text,
                    when: "\(version.batch.at.vietnamese), \(version.batch.actorName)",
                    status: version.holds
                        ? "đang dùng" : version.batch.withdrawnAt != nil ? "đã thu hồi" : "đã được thay")
            },
            hasVersions: !versions.isEmpty, actions: actions)
        let said = try await remarks.thread(
            Subject(.figure, "\(commune)/\(month)/\(scheme.rawValue)"), request)
        return try page("Số liệu \(communeName(commune))", rendered: try renderer.render(model) + said, for: request)
    }

    private func contestsPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let contests = try await figures.contests(for: request.viewer)
        let model = ContestsPage(
            tabs: figureTabs(Addresses.contests(), for: request),
            contests: contests.map { contestView($0, request, failure: failure) }, nothing: contests.isEmpty)
        return try page("Đề nghị sửa số liệu", model, for: request)
    }

    private func contestView(_ contest: FigureContest, _ request: MemberRequest, failure: FormModel.Failure?)
        -> ContestView
    {
        let seesProof = contest.isProven(to: request.viewer)
        let forms =
            contest.awaits(request.viewer)
            ? [
                (true, "Chấp nhận, dùng số của đơn vị", "primary"),
                (false, "Không chấp nhận, giữ số đang dùng", "secondary"),
            ].map { granted, label, look in
                form(
                    "quyet-dinh-\(granted ? "co" : "khong")-\(contest.id)", Addresses.decideContest(contest.id),
                    label,
                    fields: [Field(FigureField.note, granted ? "Căn cứ chấp nhận" : "Căn cứ không chấp nhận")],
                    look: look,
                    hidden: [.init(FigureField.granted, granted ? "yes" : "no")],
                    for: request, failure: failure)
            } : []
        return ContestView(
            subject: "\(communeName(contest.commune)), \(contest.scheme.word), tháng \(contest.month.vietnamese)",
            address: Addresses.figure(contest.commune, contest.month, FigureWords.slug(contest.scheme)).text,
            stated: VietnameseText.grouped(contest.stated),
            proposed: VietnameseText.grouped(contest.proposed),
            difference: FigureWords.signed(contest.proposed - contest.stated), reason: contest.reason,
            document: contest.document, proofName: contest.fileName,
            proofAddress: seesProof
                ? contest.file.map { (contest.isFileErased ? Addresses.erasure($0) : Addresses.figureFile($0)).text }
                : nil,
            eraseAddress: seesProof && !contest.isFileErased
                && (request.viewer.contestsFigures(of: contest.commune) || request.viewer.may(.decideContests))
                ? contest.file.map { Addresses.erasure($0).text } : nil,
            sender: "\(contest.actorName), \(contest.at.vietnamese)",
            outcome: contest.decidedAt.map {
                "\(contest.granted ? "Đã chấp nhận" : "Không chấp nhận") – \(contest.decidedBy ?? ""), \($0.day.vietnamese): \(contest.note)"
            } ?? "Chờ quyết định",
            forms: forms)
    }
}
