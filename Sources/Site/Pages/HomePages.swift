import Access
import Components
import Hummingbird
import Kernel
import Plan

struct MyDayPage: Sendable {
    struct Section: Sendable {
        let title: String
        let hint: String
        let rows: [WorkRow]
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

    /// - Parameter address: the list a status leads to.
    init(_ title: String, _ counts: WorkCounts, address: (WorkStatus?) -> String) {
        self.title = title
        func figure(_ label: String, _ number: Int, _ status: WorkStatus?) -> Figure {
            Figure(
                label: label, number: VietnameseText.grouped(number), address: address(status),
                alarm: status == .late && number > 0)
        }
        figures =
            [figure("Tất cả", counts.all, nil)]
            + [WorkStatus.late, .returned, .submitted, .open, .notDue, .accepted].map { status in
                figure(status.title, counts[status] + (status == .open ? counts.extended : 0), status)
            }
    }
}

extension Site {
    var homeRoutes: [Route] {
        [
            .open("/") { request in
                .redirect(to: try await member(request) == nil ? "/dang-nhap" : "/hom-nay", type: .normal)
            },
            .page("/hom-nay", .member) { request in try await myDayPage(request) },
        ]
    }

    private func myDayPage(_ request: MemberRequest) async throws -> Response {
        let viewer = request.viewer
        let day = try await plan.myDay(of: viewer)
        let today = today
        func rows(_ items: [WorkItem]) -> [WorkRow] { items.map { WorkRow($0, plan: definition, today: today) } }
        let checkpoints = day.checkpoints.map(\.item)
        let sections = [
            MyDayPage.Section(title: "Quá hạn", hint: "Nộp sản phẩm hoặc xin gia hạn.", rows: rows(day.late)),
            MyDayPage.Section(title: "Bị trả lại", hint: "Sửa theo ý kiến rồi nộp lại.", rows: rows(day.returned)),
            MyDayPage.Section(title: "Chờ bạn duyệt", hint: "Xem sản phẩm, chấp nhận hoặc trả lại.", rows: rows(day.toReview)),
            MyDayPage.Section(title: "Xin gia hạn, chờ bạn quyết định", hint: "", rows: rows(day.toExtend)),
            MyDayPage.Section(title: "Đến hạn trong 30 ngày", hint: "", rows: rows(day.soon)),
            MyDayPage.Section(
                title: "Cần ấn định thời hạn", hint: "Kế hoạch để đơn vị chủ trì tự định ngày (hỏi vào tháng 1 hằng năm).",
                rows: rows(day.undated)),
            MyDayPage.Section(title: "Sắp đến mốc kiểm tra cuối năm", hint: "Việc kéo dài nhiều năm.", rows: rows(checkpoints)),
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
            let all = try await plan.counts(WorkFilter(year: today.year), for: viewer)
            counts = CountFigures("Toàn kế hoạch năm \(today.year)", all) { status in
                "/viec?nam=\(today.year)" + (status.map { "&trang-thai=\($0.slug)" } ?? "")
            }
        }
        let model = MyDayPage(
            today: today.vietnamese, greeting: viewer.name, sections: sections, obstacles: obstacles,
            hasObstacles: !obstacles.isEmpty, nothing: day.isEmpty, counts: counts)
        return try page("Việc của tôi", model, with: "my-day", for: request)
    }
}
