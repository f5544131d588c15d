import Documents
import Kernel
import PlanText
import Work

// The part of a commune's report on its tasks: what was due, what is late from before, what was done and what comes next.
extension DocumentService {
    func fillWork(_ data: inout DocumentData, _ work: PeriodWork, _ readings: CommuneReadings) {
        let day = readings.day
        let origin = FigureOrigin(day, "theo dõi nhiệm vụ của Kế hoạch")
        // The work that this report itself is handed in for is told apart: it cannot be done before the report is.
        let due = work.due.filter { !isOwn($0, readings) }
        let own = work.due.first { isOwn($0, readings) }?.item
        func count(_ status: WorkStatus) -> Int { due.count { $0.status == status } }
        let (done, waiting, late) = (count(.accepted), count(.submitted), count(.late))
        let given = due.count { line in line.item.due.map { $0 > day } ?? false && line.status == .extended }
        let counts = [
            ("dueCount", due.count), ("doneCount", done), ("waitingCount", waiting), ("lateCount", late),
            ("extendedCount", given), ("openCount", due.count - done - waiting - late - given),
            ("overdueCount", work.overdue.count), ("allLateCount", late + work.overdue.count),
        ]
        for (name, number) in counts { data.put(name, "\(number)", from: origin) }
        let standing = [
            ("hoàn thành", done), ("chờ duyệt", waiting),
            ("đang thực hiện", due.count - done - waiting - late - given), ("được gia hạn", given), ("quá hạn", late),
        ].filter { $0.1 > 0 }.map { "\($0.0) \($0.1)" }
        data.put("standing", standing.joined(separator: ", "), from: origin)
        data.fields["workDay"] = day.vietnamese
        data.fields["hasDue"] = due.isEmpty ? "" : "1"
        data.fields["ownTask"] = own.map { "\($0.task) \($0.period.title.lowercasedFirst)" } ?? ""
        data.fields["hasTasks"] = due.isEmpty && work.overdue.isEmpty ? "" : "1"
        data.fields["hasOverdue"] = work.overdue.isEmpty ? "" : "1"
        data.fields["hasLate"] = late + work.overdue.count > 0 ? "1" : ""
        data.tables["tasks"] = .init(
            columns: ["code", "name", "period", "due", "state", "product"],
            rows: (work.overdue + due).map { line in
                let task = definition.task(line.item.task)
                return [
                    .text(line.item.task), .text(HeadWords.bare(task?.text ?? "")),
                    .text(line.item.period.title.lowercasedFirst),
                    line.item.due.map { .day($0) } ?? .text("chưa ấn định"), .text(Self.state(line, on: day)),
                    .text(task?.productsPhrase ?? ""),
                ]
            })
        data.state(origin, of: "tasks")
        fillDone(&data, work.done.filter { !isOwn($0, readings) }, origin)
        data.fields["hasNext"] = work.next.isEmpty ? "" : "1"
        data.fields["nextPeriod"] = readings.span.following.words
        data.putNext(work.next, definition)
    }

    /// Whether a piece of work is the one that this report is handed in for.
    private func isOwn(_ line: PeriodWork.Line, _ readings: CommuneReadings) -> Bool {
        line.item.period == readings.span.workPeriod
            && PaperKind.communeReport.products(in: definition).contains { $0.task.code == line.item.task }
    }

    /// What was handed in and accepted, product by product.
    private func fillDone(_ data: inout DocumentData, _ done: [PeriodWork.Line], _ origin: FigureOrigin) {
        let rows = done.flatMap { line -> [[DocumentData.Value]] in
            let slots = definition.task(line.item.task)?.slots ?? []
            return line.products.map { product in
                [
                    .text(line.item.task), .text(ProductWords.asked(product, slots)),
                    .text(ProductWords.result(product, slots)),
                ]
            }
        }
        data.fields["hasDone"] = rows.isEmpty ? "" : "1"
        data.put("doneProducts", "\(rows.count)", from: origin)
        data.tables["done"] = .init(columns: ["code", "slot", "result"], rows: rows)
        data.state(origin, of: "done")
    }

    private static func state(_ line: PeriodWork.Line, on day: Day) -> String {
        if let late = line.daysLate(on: day) { return "Quá hạn \(late) ngày" }
        if line.status == .extended, let due = line.item.due { return "Được gia hạn đến \(due.vietnamese)" }
        return line.status.official
    }

    func fillObstacles(_ data: inout DocumentData, _ obstacles: [ReportedObstacle], _ day: Day) {
        let origin = FigureOrigin(day, "vướng mắc đã gửi")
        data.fields["hasObstacles"] = obstacles.isEmpty ? "" : "1"
        data.put("obstacleCount", "\(obstacles.count)", from: origin)
        data.put("answeredCount", "\(obstacles.count { $0.answer != nil })", from: origin)
        data.tables["obstacles"] = .init(
            columns: ["title", "since", "answer"],
            rows: obstacles.map { one in
                let answer = one.answer.map { answer in
                    "Đã trả lời ngày \(answer.day.vietnamese): \(answer.text)"
                        + (answer.legalBasis.isEmpty ? "" : " (\(answer.legalBasis))")
                }
                return [.text(one.obstacle.title), .day(one.obstacle.at.day), .text(answer ?? "Chưa có trả lời")]
            })
    }
}

extension DocumentData {
    /// The table `next`: what falls due in the stretch that follows.
    mutating func putNext(_ items: [WorkItem], _ plan: PlanDefinition) {
        tables["next"] = .init(
            columns: ["code", "name", "due"],
            rows: items.map { item in
                [
                    .text(item.task), .text(HeadWords.bare(plan.task(item.task)?.text ?? "")),
                    item.due.map { .day($0) } ?? .empty,
                ]
            })
    }
}

extension WorkStatus {
    /// As an official paper says it, where the screen is shorter.
    var official: String {
        switch self {
        case .open: "Đang thực hiện"
        case .notDue: "Chưa đến kỳ thực hiện"
        default: title
        }
    }
}

extension String {
    /// For a title in the middle of a line: `quý II/2026`.
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
