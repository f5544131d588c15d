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

    struct Section: Sendable {
        let title: String
        let hint: String
        let rows: [WorkRow]
        /// The list with all of them, when only the first are shown here.
        let more: String?
    }

    struct ObstacleLink: Sendable {
        let address: String
        let title: String
        let from: String
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
    let obstacles: [ObstacleLink]
    let hasObstacles: Bool
    let nothing: Bool
    /// What a new installation still needs, for the administrator.
    let firstSteps: Frame.Link?
    /// The next work to fall due, when nothing is due now.
    let next: WorkRow?
    let counts: CountFigures?
}

extension MyDayPage.Section {
    init(_ title: String, hint: String = "", rows: [WorkRow], more: Address) {
        self.title = title
        self.hint = hint
        self.rows = rows
        self.more = rows.count >= WorkService.myDayLength ? more.text : nil
    }
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
                // Leaders look for a minute at the whole; everybody else comes for the day's work.
                return .redirect(
                    to: (member.viewer.role == .leader ? Addresses.dashboard() : Addresses.myDay()).text, type: .normal)
            },
            .page(Addresses.myDay, .member) { request in try await myDayPage(request) },
        ]
    }

    /// The most unread notices that stand on the day's page.
    private static var noticesShown: Int { 5 }

    private func myDayPage(_ request: MemberRequest) async throws -> Response {
        let viewer = request.viewer
        let day = try await work.myDay(of: viewer)
        let today = today
        func rows(_ items: [WorkItem]) -> [WorkRow] { items.map { WorkRow($0, plan: definition, today: today) } }
        let checkpoints = day.checkpoints.map(\.item)
        let own = Addresses.workList().with(.year, WorkAddress.everyYear).with(.unit, viewer.ownUnits.first)
        let reviewed = Addresses.workList().with(.year, WorkAddress.everyYear).with(.superior, viewer.agency)
        let sections = [
            MyDayPage.Section(
                "Quá hạn", hint: "Nộp sản phẩm, sửa theo ý kiến trả lại, hoặc xin gia hạn.", rows: rows(day.late),
                more: own.with(.status, WorkStatus.late.slug)),
            MyDayPage.Section(
                "Bị trả lại", hint: "Sửa theo ý kiến rồi nộp lại.", rows: rows(day.returned),
                more: own.with(.status, WorkStatus.returned.slug)),
            MyDayPage.Section(
                "Chờ bạn duyệt", hint: "Xem sản phẩm, chấp nhận hoặc trả lại.", rows: rows(day.toReview),
                more: reviewed.with(.status, WorkStatus.submitted.slug)),
            MyDayPage.Section("Xin gia hạn, chờ bạn quyết định", rows: rows(day.toExtend), more: reviewed),
            MyDayPage.Section(
                "Đến hạn trong 30 ngày", rows: rows(day.soon), more: own.with(.status, WorkStatus.open.slug)),
            MyDayPage.Section(
                "Cần ấn định thời hạn", hint: "Kế hoạch để đơn vị chủ trì tự định ngày (hỏi vào tháng 1 hằng năm).",
                rows: rows(day.undated), more: own.with(.status, WorkAddress.undated)),
            MyDayPage.Section(
                "Sắp đến mốc kiểm tra cuối năm", hint: "Việc kéo dài nhiều năm.", rows: rows(checkpoints), more: own),
        ].filter { !$0.rows.isEmpty }
        let notices = try await desk.notices.notices(unreadOnly: true, for: viewer, limit: Self.noticesShown).map {
            MyDayPage.NoticeLink(
                address: Addresses.notice($0.id).text, title: $0.title, detail: $0.detail, day: $0.day.vietnamese)
        }
        let obstacles = day.obstacles.map { obstacle in
            MyDayPage.ObstacleLink(
                address: Addresses.obstacle(obstacle.id).text, title: obstacle.title,
                from: "\(obstacle.sender), \(obstacle.at.day.vietnamese)"
                    + (obstacle.answer == nil
                        ? Self.due(of: obstacle, on: today).map { "; hạn trả lời \($0)" } ?? "" : ""))
        }
        var counts: CountFigures?
        if let unit = viewer.ownUnits.first, viewer.may(.handIn) {
            counts = CountFigures("Năm \(today.year) của \(definition.name(of: unit))", day.counts) { status in
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
        let model = MyDayPage(
            today: today.vietnamese, notices: notices, hasNotices: !notices.isEmpty,
            allNotices: Addresses.notices().text, sections: sections, obstacles: obstacles,
            hasObstacles: !obstacles.isEmpty, nothing: day.isEmpty && openSteps == 0,
            firstSteps: openSteps > 0
                ? Frame.Link("Bước đầu: còn \(openSteps) mục bạn làm được", Addresses.firstSteps()) : nil,
            next: day.isEmpty ? day.next.map { WorkRow($0, plan: definition, today: today) } : nil, counts: counts)
        return try page("Việc của tôi", model, for: request)
    }
}
