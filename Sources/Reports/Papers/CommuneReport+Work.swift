import Documents
import Kernel
import PlanText
import Work

// The part of a commune's report on its tasks: what was due, what is late from before, what was done and what comes next.
extension DocumentService {
    func fillWork(_ data: inout DocumentData, _ work: PeriodWork, _ readings: CommuneReadings) {
        let day = readings.day
        let origin = FigureOrigin(day, "theo dõi nhiệm vụ của Kế hoạch")
        func count(_ status: WorkStatus) -> Int { work.due.count { $0.status == status } }
        let (done, waiting, late) = (count(.accepted), count(.submitted), count(.late))
        let given = work.due.count { line in line.item.due.map { $0 > day } ?? false && line.status == .extended }
        let counts = [
            ("dueCount", work.due.count), ("doneCount", done), ("waitingCount", waiting), ("lateCount", late),
            ("extendedCount", given), ("openCount", work.due.count - done - waiting - late - given),
            ("overdueCount", work.overdue.count), ("allLateCount", late + work.overdue.count),
        ]
        for (name, number) in counts { data.put(name, "\(number)", from: origin) }
        data.fields["workDay"] = day.vietnamese
        data.fields["hasTasks"] = work.due.isEmpty && work.overdue.isEmpty ? "" : "1"
        data.fields["hasOverdue"] = work.overdue.isEmpty ? "" : "1"
        data.tables["tasks"] = .init(
            columns: ["code", "name", "period", "due", "state", "product"],
            rows: (work.overdue + work.due).map { line in
                let task = definition.task(line.item.task)
                return [
                    .text(line.item.task), .text(task?.text ?? ""), .text(line.item.period.title.lowercasedFirst),
                    line.item.due.map { .day($0) } ?? .text("chưa ấn định"), .text(Self.state(line, on: day)),
                    .text(task?.productsPhrase ?? ""),
                ]
            })
        data.state(origin, of: "tasks")
        fillDone(&data, work.done, origin)
        data.fields["hasNext"] = work.next.isEmpty ? "" : "1"
        data.fields["nextPeriod"] = readings.span.following.words
        data.tables["next"] = .init(
            columns: ["code", "name", "due"],
            rows: work.next.map { item in
                [
                    .text(item.task), .text(definition.task(item.task)?.text ?? ""),
                    item.due.map { .day($0) } ?? .empty,
                ]
            })
    }

    /// What was handed in and accepted, product by product.
    private func fillDone(_ data: inout DocumentData, _ done: [PeriodWork.Line], _ origin: FigureOrigin) {
        let rows = done.flatMap { line -> [[DocumentData.Value]] in
            let slots = definition.task(line.item.task)?.slots ?? []
            return line.products.map { product in
                [
                    .text(line.item.task), .text(slots.indices.contains(product.slot) ? slots[product.slot].text : ""),
                    .text(Self.words(of: product)),
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
        return line.status.title
    }

    /// `Số 12/KH-UBND ngày 15/01/2026: Kế hoạch …`, `45 người (đến 30/9/2026)`
    private static func words(of product: Product) -> String {
        let day = product.issuedOn?.vietnamese
        switch product.kind {
        case .document:
            let number = product.numberSymbol.map { "Số \($0)" } ?? "Văn bản"
            return "\(number)\(day.map { " ngày \($0)" } ?? ""): \(product.summary)"
        case .figure:
            let figure = product.figure ?? ""
            return
                "\(figure)\(day.map { " (đến ngày \($0))" } ?? "")\(product.summary.isEmpty ? "" : ": \(product.summary)")"
        case .list:
            let rows = product.rowCount.map { " (\(VietnameseText.grouped($0)) dòng)" } ?? ""
            return
                "Danh sách\(rows)\(day.map { " đến ngày \($0)" } ?? "")\(product.summary.isEmpty ? "" : ": \(product.summary)")"
        }
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

extension String {
    /// For a title in the middle of a line: `quý II/2026`.
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
