import Access
import Components
import Hummingbird
import Kernel
import PlanText
import WebDesk
import Work

/// Obstacles by the groups that the report on them has, for whoever writes it.
struct ObstacleGroupsPage: Page {
    static let template: PageTemplate = "obstacle-groups"

    struct Row: Sendable {
        /// Of its box, unique on the page.
        let id: String
        /// What the box sends.
        let box: FormModel.Hidden
        /// The boxes stand outside the form and belong to it.
        let formID: String
        let title: String
        let address: String
        let from: String
        let status: Badge
    }

    struct Group: Sendable {
        let title: String
        let rows: [Row]
    }

    let back: Frame.Link
    let lead: String
    let form: FormModel
    let groups: [Group]
    let empty: Bool
    let pager: Pager
    let report: Frame.Link?
}

extension WorkPages {
    /// Obstacles on one page.
    private static let grouped = 100

    var obstacleGroupRoutes: [Route] {
        [
            .page(Addresses.obstacleGroups, .right(.manageObstacles)) { request in
                try await obstacleGroupsPage(request)
            },
            .form(Addresses.obstacleGroups.asForm, .right(.manageObstacles)) { request in
                let form = request.form
                let other = VietnameseText.tidy(form[WorkField.title])
                try await obstacles.groupObstacles(
                    form.all(WorkField.obstacle).compactMap { RecordID($0) },
                    as: other.isEmpty ? form[WorkField.group] : other, by: request.submission)
                return Addresses.obstacleGroups().telling(.obstaclesGrouped)
            } again: { request, failure in
                try await obstacleGroupsPage(request, failure: failure)
            },
        ]
    }

    private func obstacleGroupsPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws
        -> Response
    {
        let all = try await obstacles.reported(for: request.viewer)
        let names = Set(all.map(\.group)).subtracting([""])
        let known = ObstacleService.usualGroups + names.subtracting(ObstacleService.usualGroups).sorted()
        // What is still to be grouped stands first.
        let sorted = [""] + known
        let ordered = sorted.flatMap { name in all.filter { $0.group == name } }
        let pages = max(1, (ordered.count + Self.grouped - 1) / Self.grouped)
        let number = min(max(Int(request.query[.page]) ?? 1, 1), pages)
        let shown = ordered.dropFirst((number - 1) * Self.grouped).prefix(Self.grouped)
        let id = "nhom"
        let groups = sorted.compactMap { name -> ObstacleGroupsPage.Group? in
            let own = shown.filter { $0.group == name }
            guard !own.isEmpty else { return nil }
            let count = all.count { $0.group == name }
            return .init(
                title: "\(name.isEmpty ? "Chưa xếp nhóm" : name) (\(count))", rows: own.map { row($0, of: id) })
        }
        let waiting = all.count { $0.group.isEmpty }
        let model = ObstacleGroupsPage(
            back: Frame.Link("Vướng mắc và hướng dẫn", Addresses.obstacles()),
            lead: all.isEmpty
                ? "Chưa có vướng mắc nào."
                : "\(all.count) vướng mắc, \(waiting) chưa xếp nhóm. Báo cáo tổng hợp in theo các nhóm này.",
            form: form(
                id, Addresses.obstacleGroups.asForm(), "Xếp các vướng mắc đã chọn vào nhóm",
                fields: [
                    Field(
                        WorkField.group, "Nhóm",
                        kind: .select(known.map { Field.Option($0, $0) } + [Field.Option("", "Bỏ khỏi nhóm")])),
                    Field(
                        WorkField.title, "Hoặc tên nhóm mới", hint: "Có ghi ở đây thì dùng tên này", required: false),
                ], for: request, failure: failure),
            groups: groups, empty: all.isEmpty,
            pager: Pager(page: number, pages: pages) { Addresses.obstacleGroups().with(.page, $0).text },
            report: hasDocuments
                ? Frame.Link("Soạn báo cáo tổng hợp ở mục Văn bản", Addresses.documents()) : nil)
        return try page("Nhóm vướng mắc", model, for: request)
    }

    private func row(_ obstacle: Obstacle, of form: String) -> ObstacleGroupsPage.Row {
        .init(
            id: "vm-\(obstacle.id)", box: .init(WorkField.obstacle, obstacle.id), formID: form, title: obstacle.title,
            address: Addresses.obstacle(obstacle.id).text,
            from: [
                obstacle.task, obstacle.unit.map { definition.name(of: $0) }, obstacle.at.day.vietnamese,
            ].compactMap(\.self).joined(separator: ", "),
            status: Badge(obstacle.status.title, look: obstacle.status.rawValue))
    }
}
