import Database
import Kernel
import PlanText

extension WorkService {
    /// The advice of the work's task. A sentence that names another task is left out where nobody has that task's work in
    /// the same year: it would send the officer to nothing.
    func guide(for item: WorkItem, on connection: any SQLConnection) throws -> String {
        guard let task = plan.task(item.task) else { return "" }
        let kept = try task.guideSentences.filter { sentence in
            try plan.tasks.filter { $0.code != task.code && sentence.names($0.code) }.allSatisfy { other in
                let own = Schedule.leads(of: other, in: plan).contains(item.lead) ? item.lead.text : nil
                return try connection.integer(
                    """
                    SELECT COUNT(*) FROM task_instance i
                    WHERE i.task = ? AND i.year = ? AND i.withdrawn_at IS NULL AND i.lead = COALESCE(?, i.lead)
                    """, other.code, item.year, own) ?? 0 > 0
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
