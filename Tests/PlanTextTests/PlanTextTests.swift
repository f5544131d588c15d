import Foundation
import Kernel
import PlanText
import TestPlans
import Testing

/// The issued document's text, where it is at hand (outside this repository), its white space as single spaces.
enum IssuedPlan {
    static let text: String? = PlanFolder.bytes(
        PlanFolder.package.deletingLastPathComponent().appending(path: "shared/reference/plan-source.txt")
    ).map { words(String(decoding: $0, as: UTF8.self)).joined(separator: " ") }

    static func words(_ text: String) -> [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }
}

/// The plan's words against the text of the issued document.
@Suite(.enabled(if: IssuedPlan.text != nil))
struct PlanTextTests {
    /// The annex from its first group on.
    static func annex() throws -> String {
        let source = try #require(IssuedPlan.text)
        let title = try #require(source.range(of: "DANH MỤC NHIỆM VỤ CỤ THỂ"))
        let start = try #require(
            source.range(of: "I Công tác chỉ đạo, điều hành", range: title.upperBound..<source.endIndex))
        return String(source[start.lowerBound...])
    }

    static func columns(_ task: PlanTask) -> [String] {
        [task.text, task.leadsPhrase, task.coordinatorsPhrase, task.productsPhrase, task.deadlinePhrase]
    }

    static func counts(_ words: [String]) -> [String: Int] {
        words.reduce(into: [:]) { counts, word in counts[word, default: 0] += 1 }
    }

    @Test
    func `every column of every task is in the annex word for word`() throws {
        let annex = try Self.annex()
        let tasks = try PlanFolder.plan.get().tasks.filter { $0.origin == .annex }
        #expect(tasks.count == 42)
        // A page break runs through II.8: the next test reads it.
        for task in tasks where task.code != "II.8" {
            for column in Self.columns(task) {
                #expect(annex.range(of: column, options: .literal) != nil, "\(task.code): \(column)")
            }
        }
    }

    @Test
    func `the task that a page break divides is in the annex word by word in order`() throws {
        let annex = try Self.annex()
        let plan = try PlanFolder.plan.get()
        let task = try #require(plan.task("II.8"))
        let next = try #require(plan.task("II.9"))
        let first = try #require(annex.range(of: "Cung cấp danh sách doanh nghiệp"))
        let after = try #require(annex.range(of: next.text))
        let part = IssuedPlan.words(String(annex[first.lowerBound..<after.lowerBound]))
        for column in Self.columns(task) {
            var rest = part[...]
            for word in IssuedPlan.words(column) {
                let index = try #require(rest.firstIndex(of: word), "\(word) of \(column)")
                rest = rest[(index + 1)...]
            }
        }
        #expect(Self.counts(part) == Self.counts(Self.columns(task).flatMap(IssuedPlan.words) + ["9"]))
    }

    @Test
    func `the tasks stand in the order of the annex`() throws {
        var rest = try Self.annex()[...]
        for task in try PlanFolder.plan.get().tasks where task.origin == .annex && task.code != "II.8" {
            let place = try #require(rest.range(of: task.text), "\(task.code)")
            rest = rest[place.upperBound...]
        }
    }

    @Test
    func `the annex has no word that the plan lacks and the plan none that the annex lacks`() throws {
        let plan = try PlanFolder.plan.get()
        var words = plan.groups.flatMap { IssuedPlan.words("\($0.code) \($0.title)") }
        for task in plan.tasks where task.origin == .annex {
            words += [String(task.code.split(separator: ".")[1])] + Self.columns(task).flatMap(IssuedPlan.words)
        }
        let issued = Self.counts(IssuedPlan.words(try Self.annex()))
        let kept = Self.counts(words)
        let differing = Set(issued.keys).union(kept.keys).filter { issued[$0] != kept[$0] }
        #expect(differing.isEmpty, "\(differing)")
    }

    @Test
    func `the body of the plan is word for word`() throws {
        let source = try #require(IssuedPlan.text)
        let plan = try PlanFolder.plan.get()
        let texts =
            [plan.title] + plan.legalBases + plan.objectives + plan.organisation + plan.recipients
            + plan.measures.flatMap { ["\($0.code). \($0.title)"] + $0.points }
        #expect(texts.count == 45)
        for text in texts { #expect(source.range(of: text, options: .literal) != nil, "\(text)") }
    }

    @Test
    func `each yearly target is in the plan's own sentence`() throws {
        let source = try #require(IssuedPlan.text)
        for target in try PlanFolder.plan.get().targets {
            let total = VietnameseText.grouped(target.total)
            let voluntary = VietnameseText.grouped(target.voluntary)
            let sentences = [";", ","].map { sign in
                "- Năm \(target.year): Tổng số người tham gia bảo hiểm xã hội đạt \(total) người\(sign) trong đó "
                    + "số người tham gia bảo hiểm xã hội tự nguyện đạt tối thiểu \(voluntary) người."
            }
            #expect(sentences.contains { source.range(of: $0, options: .literal) != nil }, "\(target.year)")
        }
    }
}
