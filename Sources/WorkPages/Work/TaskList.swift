import Access
import Components
import Kernel
import PlanText
import WebDesk
import Work

/// A task of the plan with its work of a year, as a line of the list of tasks.
struct TaskLine: Sendable {
    let task: PlanTask
    /// Its place in the plan, and its group with the group's.
    let rank: Int
    let group: String
    let groupRank: Int
    let counts: WorkCounts
    let year: Int
}

extension WorkPages {
    static let taskList = ListTable<TaskLine>(
        "nhiem-vu", "Nhiệm vụ của Kế hoạch", standing: TableOrder("ma"), usualRows: 60,
        columns: [
            .init(
                "ma", "Mã", width: 8,
                cell: { TableCell($0.task.code, link: Addresses.task($0.task.code).with(.year, $0.year)) },
                value: { .ranked($0.rank, $0.task.code) }),
            .init(
                "noi-dung", "Nội dung", sorted: false, width: 60,
                cell: {
                    TableCell(
                        $0.task.text, badge: $0.task.origin == .annex ? nil : Badge("bổ sung", look: "plain"))
                }, value: { .text($0.task.text) }),
            .init("nhom", "Nhóm", choice: true, width: 40, value: { .ranked($0.groupRank, $0.group) }),
            .init("chu-tri", "Chủ trì", width: 36, value: { TableValue($0.task.leadsPhrase) }),
            .init("san-pham", "Sản phẩm", sorted: false, width: 36, value: { TableValue($0.task.productsPhrase) }),
            .init("thoi-gian", "Thời gian", width: 24, value: { TableValue($0.task.deadlinePhrase) }),
            .init("qua-han", "Quá hạn", number: true, value: { .number($0.counts.late) }),
            .init("xong", "Xong", number: true, value: { .number($0.counts.accepted) }),
            .init("viec", "Việc", number: true, value: { .number($0.counts.all) }),
        ])

    /// The plan's tasks with the work of a year that somebody may see.
    func taskLines(year: Int, for viewer: Viewer) async throws -> [TaskLine] {
        let counts = try await work.countsByTask(WorkFilter(year: year), for: viewer)
        return definition.tasks.enumerated().map { index, task in
            let place = definition.groups.firstIndex { $0.code == task.group }
            return TaskLine(
                task: task, rank: index,
                group: place.map { "\(definition.groups[$0].code). \(definition.groups[$0].title)" } ?? task.group,
                groupRank: place ?? definition.groups.count, counts: counts[task.code] ?? WorkCounts(), year: year)
        }
    }

    var tasksWorkbook: ListWorkbook {
        ListWorkbook(Self.taskList.outline, of: Subject(.plan), .right(.viewWork)) { reader in
            let year = year(reader.query)
            return reader.sheet(
                Self.taskList, of: try await taskLines(year: year, for: reader.viewer), narrowed: ["năm \(year)"])
        }
    }
}
