import Access
import Database
import Documents
import Kernel
import PlanText
import Province
import Work

extension PaperKind {
    static let obstacleReport = PaperKind(
        "bao-cao-vuong-mac", about: .today, issuers: PaperIssuers.coordinatorOrLead(of: "bao-cao-vuong-mac")
    ) { service, request, viewer in try await service.obstacleReport(request, for: viewer) }
}

extension DocumentService {
    /// The report on difficulties and answers (task V.2): by the groups that the coordinator put them into, each answer with its
    /// legal basis. Whoever does not manage them all reports those that it sent or has to answer.
    func obstacleReport(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let today = clock.today
        let keepsAll = viewer.may(.manageObstacles)
        let (obstacles, units) = try await store.read { connection in
            let found = try Obstacles.reported(for: viewer, on: connection).filter { obstacle in
                keepsAll || obstacle.unit == request.unit
                    || (obstacle.assignedTo.map { .agency($0) == request.unit } ?? false)
            }
            return (found, try Obstacles.units(of: found, on: connection))
        }
        var data = DocumentData(fields: commonFields(year: today.year, of: request.unit))
        let answered = obstacles.filter { $0.answer != nil }
        let open = obstacles.filter { $0.answer == nil }
        data.fields["answeredCount"] = "\(answered.count)"
        data.fields["openCount"] = "\(open.count)"
        data.fields["cutoff"] = today.vietnamese
        data.fields["scope"] =
            keepsAll ? "của các cơ quan, đơn vị, địa phương" : "do \(ownName(request.unit)) gửi hoặc được giao trả lời"
        data.fields["hasAnswered"] = answered.isEmpty ? "" : "1"
        data.fields["hasOpen"] = open.isEmpty ? "" : "1"
        data.fields["hasObstacles"] = obstacles.isEmpty ? "" : "1"
        data.tables["lines"] = lines(answered, units)
        data.tables["open"] = .init(
            columns: ["title", "unit", "with", "due"],
            rows: open.map { obstacle in
                [
                    .text(obstacle.title), .text(senders(obstacle, units)),
                    .text(obstacle.assignedTo.map { ownName(.agency($0)) } ?? "chưa giao"),
                    obstacle.answerDue.map { .day($0) } ?? .empty,
                ]
            })
        data.tables["obstacles"] = .init(
            columns: ["number", "group", "title", "task", "unit", "since", "state", "answer", "basis"],
            rows: obstacles.enumerated().map { index, obstacle in
                [
                    .number(index + 1), .text(Self.group(obstacle)), .text(obstacle.title), .text(obstacle.task ?? ""),
                    .text(senders(obstacle, units)), .day(obstacle.at.day),
                    .text(obstacle.answer == nil ? "đang xử lý" : "đã trả lời"), .text(obstacle.answer ?? ""),
                    .text(obstacle.legalBasis ?? ""),
                ]
            })
        return Draft(request, data, about: Subject(.obstacles), cutoff: today)
    }

    /// What was answered, group after group, the largest first: a heading or a difficulty with its answer in each row.
    private func lines(_ answered: [Obstacle], _ units: [RecordID: Set<UnitCode>]) -> DocumentData.Table {
        let groups = Dictionary(grouping: answered, by: Self.group).sorted { left, right in
            // What nobody put into a group stands last.
            let (first, second) = (left.value[0].group.isEmpty, right.value[0].group.isEmpty)
            if first != second { return second }
            return left.value.count == right.value.count ? left.key < right.key : left.value.count > right.value.count
        }
        var rows: [[DocumentData.Value]] = []
        for (index, group) in groups.enumerated() {
            let met = group.value.reduce(into: Set<UnitCode>()) { $0.formUnion(units[$1.id] ?? []) }
            let words = met.isEmpty ? "" : ", \(met.count) đơn vị gặp"
            // Where nobody made groups there is nothing to head.
            if groups.count > 1 || !group.value[0].group.isEmpty {
                let heading = "\(index + 1). \(group.key) (\(group.value.count) vướng mắc\(words))"
                rows.append([.text(heading)] + Array(repeating: .empty, count: 6))
            }
            rows += group.value.map { obstacle in
                let (answer, basis) = (obstacle.answer ?? "", obstacle.legalBasis ?? "")
                return [
                    .empty, .text(HeadWords.bare(obstacle.title)), .text(HeadWords.bare(answer)),
                    .text(HeadWords.bare(basis)),
                    .text(HeadWords.stopped(obstacle.title)), .text(HeadWords.stopped(answer)),
                    .text(HeadWords.stopped(basis)),
                ]
            }
        }
        // Copies of the template that were adapted before ask for the words without their stops.
        return .init(
            columns: ["heading", "title", "answer", "basis", "question", "reply", "ground"], rows: rows)
    }

    private static func group(_ obstacle: Obstacle) -> String {
        obstacle.group.isEmpty ? "Vướng mắc khác" : obstacle.group
    }

    /// `UBND phường An Biên và 3 đơn vị khác`
    private func senders(_ obstacle: Obstacle, _ units: [RecordID: Set<UnitCode>]) -> String {
        let first = obstacle.unit.map { definition.name(of: $0) } ?? ""
        let more = (units[obstacle.id] ?? []).subtracting([obstacle.unit].compactMap(\.self)).count
        return more == 0 ? first : "\(first) và \(more) đơn vị khác"
    }
}
