import Access
import Components
import Hummingbird
import Kernel
import Notices
import Overview
import PlanText
import Targets
import Work
import WebDesk

struct MyDayPage: Page {
    static let template: PageTemplate = "my-day"

    struct Row: Sendable {
        let address: String
        let title: String
        let detail: String?
        /// The day, and how far it is.
        let due: String?
        let distance: String
        let note: String?
    }

    struct Section: Sendable {
        let id: String
        let title: String
        /// How many there are; with a plus where there may be more.
        let count: String
        let hint: String?
        let rows: [Row]
        /// The list with all of them, when only the first are shown here.
        let more: String?
    }

    struct NoticeLink: Sendable {
        let address: String
        let title: String
        let detail: String
        let day: String
    }

    let today: String
    let notices: [NoticeLink]
    let hasNotices: Bool
    /// All of them.
    let allNotices: String
    let sections: [Section]
    /// Links to the sections, where there are several.
    let hasSections: Bool
    let nothing: Bool
    /// What a new installation still needs, for the administrator.
    let firstSteps: Frame.Link?
    /// What comes next, when nothing waits now.
    let next: Row?
    /// The same list as plain text, to be copied into Zalo; nil when nothing waits.
    let text: String?
    let counts: CountFigures?
}

/// The figures above a list.
struct CountFigures: Sendable {
    struct Figure: Sendable {
        let label: String
        let number: String
        let address: String
        let alarm: Bool
    }

    let title: String
    let figures: [Figure]
    /// Why the figures may add up to more than all.
    let note: String?
}

extension CountFigures {
    /// - Parameter address: the list a status leads to.
    init(_ title: String, _ counts: WorkCounts, address: (WorkStatus?) -> Address) {
        self.title = title
        func figure(_ label: String, _ number: Int, _ status: WorkStatus?) -> Figure {
            Figure(
                label: label, number: VietnameseText.grouped(number), address: address(status).text,
                alarm: status == .late && number > 0)
        }
        note = counts.returned > 0 && counts.late > 0 ? "Việc bị trả lại đã quá hạn được tính ở cả hai ô." : nil
        figures =
            [figure("Tất cả", counts.all, nil)]
            + [WorkStatus.late, .returned, .submitted, .open, .extended, .notDue, .accepted, .beforeUse].filter {
                // Each leads to a list of just so many.
                $0 != .beforeUse && $0 != .extended || counts[$0] > 0
            }.map { status in figure(status.title, counts[status], status) }
    }
}

extension WorkPages {
    var homeRoutes: [Route] {
        [
            .open(Addresses.home) { request in
                guard let member = try await member(request) else {
                    return .redirect(to: Addresses.signIn().text, type: .normal)
                }
                return .redirect(to: desk.firstPage(of: member.viewer).text, type: .normal)
            },
            .page(Addresses.myDay, .member) { request in try await myDayPage(request) },
        ]
    }

    /// The most unread notices that stand on the day's page.
    private static var noticesShown: Int { 5 }

    private func myDayPage(_ request: MemberRequest) async throws -> Response {
        let viewer = request.viewer
        let list = try await desk.days.list(of: viewer)
        let today = today
        let notices = try await desk.notices.notices(unreadOnly: true, for: viewer, limit: Self.noticesShown).map {
            MyDayPage.NoticeLink(
                address: Addresses.notice($0.id).text, title: $0.title, detail: $0.detail, day: $0.day.vietnamese)
        }
        let sections = list.sections.map { section($0.kind, $0.items, for: viewer) }
        var counts: CountFigures?
        if let unit = viewer.ownUnits.first, viewer.may(.handIn) {
            let own = try await work.ownCounts(of: viewer)
            counts = CountFigures("Năm \(today.year) của \(definition.name(of: unit))", own) { status in
                Addresses.workList().with(.year, today.year).with(.unit, unit).with(.status, status?.slug)
            }
        } else if viewer.may(.viewWholePlan) {
            let all = try await work.counts(WorkFilter(year: today.year), for: viewer)
            counts = CountFigures("Toàn kế hoạch năm \(today.year)", all) { status in
                Addresses.workList().with(.year, today.year).with(.status, status?.slug)
            }
        }
        let openSteps =
            FirstStep.rights.contains(where: viewer.may)
            ? try await overview.firstSteps(for: viewer, grants: desk.access.grants).count {
                !$0.isDone && viewer.may($0.kind.right)
            } : 0
        let text = ["Việc chờ \(viewer.name), \(today.vietnamese):"] + DayList.lines(list.sections)
        let model = MyDayPage(
            today: today.vietnamese, notices: notices, hasNotices: !notices.isEmpty,
            allNotices: Addresses.notices().text, sections: sections, hasSections: sections.count > 1,
            nothing: list.isEmpty && openSteps == 0,
            firstSteps: openSteps > 0
                ? Frame.Link("Bước đầu: còn \(openSteps) mục bạn làm được", Addresses.firstSteps()) : nil,
            next: list.isEmpty ? list.next.flatMap(row) : nil,
            text: list.isEmpty ? nil : text.joined(separator: "\n"), counts: counts)
        return try page("Việc của tôi", model, for: request)
    }

    /// The most things of a sort that the page shows; the rest is in the list.
    private static var rowsShown: Int { 12 }

    private func section(_ kind: DayKind, _ items: [DayItem], for viewer: Viewer) -> MyDayPage.Section {
        let rows = items.compactMap(row)
        return MyDayPage.Section(
            id: "muc-\(kind.rawValue.lowercased())", title: kind.title,
            count: "\(items.count)\(items.count >= DayService.most ? "+" : "")",
            hint: kind.hint.isEmpty ? nil : kind.hint,
            rows: Array(rows.prefix(Self.rowsShown)),
            more: rows.count > Self.rowsShown ? more(kind, for: viewer)?.text : nil)
    }

    private func row(_ item: DayItem) -> MyDayPage.Row? {
        desk.page(of: item.subject).map { address in
            MyDayPage.Row(
                address: address.text, title: item.title, detail: item.detail.isEmpty ? nil : item.detail,
                due: item.due?.vietnamese, distance: item.distance(from: today), note: item.note)
        }
    }

    /// Where all things of a sort stand.
    private func more(_ kind: DayKind, for viewer: Viewer) -> Address? {
        let own = Addresses.workList().with(.year, WorkAddress.everyYear).with(.unit, viewer.ownUnits.first)
        let reviewed = Addresses.workList().with(.year, WorkAddress.everyYear).with(.superior, viewer.agency)
        switch kind {
        case .late: return own.with(.status, WorkStatus.late.slug)
        case .returned: return own.with(.status, WorkStatus.returned.slug)
        case .toReview: return Addresses.reviewQueue()
        case .toExtend: return reviewed
        case .due: return own.with(.status, WorkStatus.open.slug)
        case .undated: return own.with(.status, WorkAddress.undated)
        case .checkpoint: return own
        case .contest: return Addresses.contests()
        case .obstacle: return Addresses.obstacles()
        case .exchange, .missingData: return Addresses.agreements()
        case .unnumbered: return Addresses.documents()
        case .failedJob: return Addresses.jobs()
        case .instruction, .instructionAnswered, .instructionLate: return Addresses.instructions()
        case .proposal, .figures, .groupCount, .coming: return nil
        }
    }
}
