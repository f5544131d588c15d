import Database
import Kernel
public import PlanText

extension WorkService {
    /// The advice of the work's task. A sentence that names another task is left out where nobody has that task's work in
    /// the same year: it would send the officer to nothing.
    func guide(for item: WorkItem, on connection: any SQLConnection) throws -> String {
        guard let task = plan.task(item.task) else { return "" }
        return try guide(of: task, year: item.year, lead: item.lead, on: connection)
    }

    /// The advice of a task for a year, whoever leads it.
    public func guide(of task: PlanTask, year: Int) async throws -> String {
        try await store.read { try self.guide(of: task, year: year, lead: nil, on: $0) }
    }

    private func guide(
        of task: PlanTask, year: Int, lead: UnitCode?, on connection: any SQLConnection
    ) throws -> String {
        let kept = try task.guideSentences.filter { sentence in
            try plan.tasks.filter { $0.code != task.code && sentence.names($0.code) }.allSatisfy { other in
                let own = lead.flatMap { Schedule.leads(of: other, in: plan).contains($0) ? $0.text : nil }
                return try connection.integer(
                    """
                    SELECT COUNT(*) FROM task_instance i
                    WHERE i.task = ? AND i.year = ? AND i.withdrawn_at IS NULL AND i.lead = COALESCE(?, i.lead)
                    """, other.code, year, own) ?? 0 > 0
            }
        }
        return kept.joined(separator: " ")
    }
}

extension PlanTask {
    /// Its advice, sentence by sentence.
    fileprivate var guideSentences: [String] {
        var sentences: [[Substring]] = [[]]
        for word in guide.split(separator: " ") {
            sentences[sentences.count - 1].append(word)
            if let last = word.last, ".!?".contains(last) { sentences.append([]) }
        }
        return sentences.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
    }
}

extension String {
    /// Whether a task's code stands in it as a word: `I.3` in “việc I.3.”, not in `II.3`.
    fileprivate func names(_ code: String) -> Bool {
        split { !($0.isLetter || $0.isNumber || $0 == ".") }.contains { word in
            word == code || word.dropLast() == code && word.last == "."
        }
    }
}
