import Access
import Components
import Hummingbird
import Kernel
import Overview
import PlanText
import Targets
import Work
import WebDesk

struct MyDayPage: Sendable {
    struct Section: Sendable {
        let title: String
        let hint: String
        let rows: [WorkRow]
        /// The list with all of them, when only the first are shown here.
        let more: String?

        init(_ title: String, hint: String = "", rows: [WorkRow], more: String) {
            self.title = title
            self.hint = hint
            self.rows = rows
            self.more = rows.count >= WorkService.myDayLength ? more : nil
        }
    }

    struct ObstacleLink: Sendable {
        let address: String
        let title: String
        let from: String
    }

    let today: String
    let greeting: String
    let sections: [Section]
    let obstacles: [ObstacleLink]
    let hasObstacles: Bool
    let nothing: Bool
    /// The next work to fall due, when nothing is due now.
    let next: WorkRow?
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

    /// - Parameter address: the list a status leads to.
    init(_ title: String, _ counts: WorkCounts, address: (WorkStatus?) -> String) {
        self.title = title
        func figure(_ label: String, _ number: Int, _ status: WorkStatus?) -> Figure {
            Figure(
                label: label, number: VietnameseText.grouped(number), address: address(status),
                alarm: status == .late && number > 0)
        }
        note = counts.returned > 0 && counts.late > 0 ? "Việc bị trả lại đã quá hạn được tính ở cả hai ô." : nil
        figures =
            [figure("Tất cả", counts.all, nil)]
            + [WorkStatus.late, .returned, .submitted, .open, .notDue, .accepted].map { status in
                figure(status.title, counts[status] + (status == .open ? counts.extended : 0), status)
            }
    }
}

extension WorkPages {
    var homeRoutes: [Route] {
        [
            .open("/") { request in
                guard let member = try await member(request) else { return .redirect(to: "/dang-nhap", type: .normal) }
                // Leaders look for a minute at the whole; everybody else comes for the day's work.
                return .redirect(to: member.viewer.role == .leader ? "/tong-quan" : "/hom-nay", type: .normal)
            },
            .page("/hom-nay", .member) { request in try await myDayPage(request) },
        ]
    }

    private func myDayPage(_ request: MemberRequest) async throws -> Response {
        let viewer = request.viewer
        let day = try await work.myDay(of: viewer)
        let today = today
        func rows(_ items: [WorkItem]) -> [WorkRow] { items.map { WorkRow($0, plan: definition, today: today) } }
        let checkpoints = day.checkpoints.map(\.item)
        let own = "/viec?nam=tat-ca" + (viewer.ownUnits.first.map { "&don-vi=\($0)" } ?? "")
        let reviewed = "/viec?nam=tat-ca" + (viewer.agency.map { "&duyet=\($0)" } ?? "")
        let sections = [
            MyDayPage.Section(
                "Quá hạn", hint: "Nộp sản phẩm, sửa theo ý kiến trả lại, hoặc xin gia hạn.", rows: rows(day.late),
                more: "\(own)&trang-thai=qua-han"),
            MyDayPage.Section(
                "Bị trả lại", hint: "Sửa theo ý kiến rồi nộp lại.", rows: rows(day.returned),
                more: "\(own)&trang-thai=tra-lai"),
            MyDayPage.Section(
                "Chờ bạn duyệt", hint: "Xem sản phẩm, chấp nhận hoặc trả lại.", rows: rows(day.toReview),
                more: "\(reviewed)&trang-thai=cho-duyet"),
            MyDayPage.Section("Xin gia hạn, chờ bạn quyết định", rows: rows(day.toExtend), more: reviewed),
            MyDayPage.Section("Đến hạn trong 30 ngày", rows: rows(day.soon), more: "\(own)&trang-thai=dang-lam"),
            MyDayPage.Section(
                "Cần ấn định thời hạn", hint: "Kế hoạch để đơn vị chủ trì tự định ngày (hỏi vào tháng 1 hằng năm).",
                rows: rows(day.undated), more: "\(own)&trang-thai=chua-an-dinh"),
            MyDayPage.Section(
                "Sắp đến mốc kiểm tra cuối năm", hint: "Việc kéo dài nhiều năm.", rows: rows(checkpoints), more: own),
        ].filter { !$0.rows.isEmpty }
        let obstacles = day.obstacles.map { obstacle in
            MyDayPage.ObstacleLink(
                address: "/vuong-mac/\(obstacle.id)", title: obstacle.title,
                from: "\(obstacle.sender), \(obstacle.at.day.vietnamese)")
        }
        var counts: CountFigures?
        if let unit = viewer.ownUnits.first, viewer.may(.work) {
            counts = CountFigures("Năm \(today.year) của \(definition.name(of: unit))", day.counts) { status in
                "/viec?nam=\(today.year)&don-vi=\(unit)" + (status.map { "&trang-thai=\($0.slug)" } ?? "")
            }
        } else if viewer.may(.viewWholePlan) {
            let all = try await work.counts(WorkFilter(year: today.year), for: viewer)
            counts = CountFigures("Toàn kế hoạch năm \(today.year)", all) { status in
                "/viec?nam=\(today.year)" + (status.map { "&trang-thai=\($0.slug)" } ?? "")
            }
        }
        let model = MyDayPage(
            today: today.vietnamese, greeting: viewer.name, sections: sections, obstacles: obstacles,
            hasObstacles: !obstacles.isEmpty, nothing: day.isEmpty,
            next: day.isEmpty ? day.next.map { WorkRow($0, plan: definition, today: today) } : nil, counts: counts)
        return try page("Việc của tôi", model, with: "my-day", for: request)
    }
}
