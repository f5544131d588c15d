import Foundation
import Kernel
import Testing

@testable import Coverage

@Suite
struct ReviewTableTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("reviews")

    static func table(_ key: String) throws -> ReviewTable {
        let bytes = try [UInt8](Data(contentsOf: folder.appendingPathComponent("\(key).yaml")))
        let outcome = ReviewTableFile.read(bytes, name: "\(key).yaml", key: key, clocks: ["registration"])
        #expect(outcome.faults.map(\.reason) == [])
        return try #require(outcome.table)
    }

    static func read(_ text: String) -> ReviewTableFile.Outcome {
        ReviewTableFile.read(Array(text.utf8), name: "thu.yaml", key: "thu", clocks: ["registration"])
    }

    static func small(_ rows: String, facts: String = "[life, insured]", impossible: String = "[]") -> String {
        """
        key: thu
        title: Thử
        facts: \(facts)
        impossible: \(impossible)
        classes:
          - {key: dead, title: Đã chết, deed: không, by: nobody}
          - {key: in, title: Đã tham gia, deed: không, by: nobody}
          - {key: out, title: Chưa tham gia, deed: mời, by: bhxh-base, lead: true}
        rows:
        \(rows)
        """
    }

    /// Every combination of answers, one after another.
    static func forEachCombination(_ facts: [ReviewFact], _ body: (ReviewFacts) -> Void) {
        func go(_ index: Int, _ found: ReviewFacts) {
            guard index < facts.count else { return body(found) }
            for answer in facts[index].answers.indices {
                var next = found
                next.set(facts[index], answer: answer)
                go(index + 1, next)
            }
        }
        go(0, ReviewFacts())
    }

    @Test
    func `a table that answers everything once is sound, and its verdict tells class and reason`() throws {
        let outcome = Self.read(
            Self.small(
                """
                  - {class: dead, when: {life: dead}, reason: đã chết}
                  - {class: in, when: {life: alive, insured: [here, elsewhere]}, reason: đã tham gia}
                  - {class: out, when: {life: alive, insured: "no"}, reason: chưa tham gia}
                """))
        #expect(outcome.faults.isEmpty)
        #expect(outcome.check?.combinations == 6)
        var facts = ReviewFacts()
        facts.set(.life, answer: try #require(ReviewFact.life.answer("alive")))
        #expect(throws: ReviewFactFault.missing(.insured)) { try outcome.table?.verdict(facts) }
        facts.set(.insured, answer: try #require(ReviewFact.insured.answer("no")))
        let verdict = try #require(try outcome.table?.verdict(facts))
        #expect(verdict.result.key == "out")
        #expect(verdict.result.isLead)
        #expect(verdict.row.reason == "chưa tham gia")
    }

    @Test
    func `a gap is shown by a combination and by how many are like it`() throws {
        let outcome = Self.read(
            Self.small(
                """
                  - {class: dead, when: {life: dead}, reason: đã chết}
                  - {class: in, when: {life: alive, insured: here}, reason: đã tham gia}
                  - {class: out, when: {life: alive, insured: "no"}, reason: chưa tham gia}
                """))
        #expect(outcome.table == nil)
        let gap = try #require(outcome.check?.gaps.first)
        #expect(outcome.check?.gaps.count == 1)
        #expect(gap.facts[.life] == ReviewFact.life.answer("alive"))
        #expect(gap.facts[.insured] == ReviewFact.insured.answer("elsewhere"))
        #expect(gap.combinations == 1)
        #expect(outcome.faults[0].reason.contains("tham gia bắt buộc: tại đơn vị khác"))
    }

    @Test
    func `an overlap is named with its rows unless one gives way`() throws {
        let rows = """
              - {class: dead, when: {life: dead}, reason: đã chết}
              - {class: in, when: {insured: [here, elsewhere]}, reason: đã tham gia}
              - {class: out, when: {insured: "no"}, EXCEPT reason: chưa tham gia}
            """
        let overlapping = Self.read(Self.small(rows.replacing("EXCEPT", with: "")))
        #expect(overlapping.table == nil)
        #expect(overlapping.check?.overlaps.count == 3)
        #expect(overlapping.faults.contains { $0.reason.contains("“dead”") && $0.reason.contains("“in”") })
        let half = Self.read(Self.small(rows.replacing("EXCEPT", with: "except: above,")))
        #expect(half.check?.overlaps.count == 2)
        let sound = Self.read(
            Self.small(
                rows.replacing("EXCEPT", with: "except: above,")
                    .replacing("elsewhere]},", with: "elsewhere]}, except: [dead],")))
        #expect(sound.faults.isEmpty)
    }

    @Test
    func `a row that never decides and a combination that cannot occur are told apart from gaps`() throws {
        let outcome = Self.read(
            Self.small(
                """
                  - {class: dead, when: {life: dead}, reason: đã chết}
                  - {class: in, when: {life: alive, insured: here}, reason: đã tham gia}
                  - {class: out, when: {life: alive, insured: "no"}, reason: chưa tham gia}
                  - {class: out, when: {life: dead, insured: "no"}, except: [dead], reason: chưa tham gia}
                """, impossible: "[{when: {life: alive, insured: elsewhere}, reason: thử}]"))
        #expect(outcome.check?.gaps.isEmpty == true)
        #expect(outcome.check?.idle.map(\.line) == [13])
        #expect(outcome.faults.count == 1)
        #expect(outcome.faults[0].line == 13)
    }

    @Test
    func `words that are no fact, answer, class, office, clock or key are refused with their line and the nearest`() {
        let outcome = Self.read(
            """
            key: khac
            title: Thử
            facts: [life, inssured]
            mau: 1
            classes:
              - {key: dead, title: Đã chết, deed: không, by: bhxh-bse, clock: registraton, lead: có}
            rows:
              - {class: daed, when: {life: ded, benefit: none}, except: [dead], reason: đã chết}
              - {class: dead, when: [life], except: [dead], reason: đã chết}
            """)
        #expect(outcome.table == nil)
        let reasons = outcome.faults.map(\.reason).joined(separator: "\n")
        for part in [
            "“khac” khác tên tệp", "“inssured”; có phải “insured”", "“mau”", "“bhxh-bse”; có phải “bhxh-base”",
            "“registraton”; có phải “registration”", "“lead” phải là true", "lớp “daed”; có phải “dead”",
            "“ded”; có phải “dead”", "“benefit” không có trong", "“when” là nhóm", "nhường chính nó",
        ] { #expect(reasons.contains(part), "\(part)") }
        #expect(outcome.faults.allSatisfy { $0.line > 0 })
    }

    @Test(arguments: ["lao-dong", "don-vi", "chu-ho-quan-ly"])
    func `a table of ours answers each of its combinations exactly once`(key: String) throws {
        let table = try Self.table(key)
        var counts: [String: Int] = [:]
        var (impossible, all) = (0, 0)
        // A plain count beside the check: not by parting rooms, but one combination after another.
        let asked: Set<ReviewFact> = Set(table.rows.flatMap { $0.when.allowed.keys })
            .union(table.impossible.flatMap { $0.when.allowed.keys })
        #expect(asked == Set(table.facts), "a fact that no row asks for")
        Self.forEachCombination(table.facts) { facts in
            all += 1
            if table.impossible.contains(where: { $0.when.holds(facts) }) {
                impossible += 1
                return
            }
            let holding = table.rows.filter { $0.when.holds(facts) }
            let classes = Set(holding.map(\.classKey))
            let winners = holding.filter { $0.except.isDisjoint(with: classes) }
            if winners.count != 1 { counts["none or several", default: 0] += 1 }
            counts[winners.first?.classKey ?? "", default: 0] += 1
        }
        #expect(counts["none or several"] == nil)
        #expect(Set(counts.keys) == Set(table.classes.map(\.key)))
        #expect(TableCheck(table).combinations == all)
        #expect((impossible > 0) == !table.impossible.isEmpty && impossible < all)
    }

    @Test
    func `parting rooms finds the same gaps as walking all combinations, for any table`() {
        var generator = SystemRandomNumberGenerator()
        let facts: [ReviewFact] = [.life, .insured, .age, .deduction]
        for _ in 0..<300 {
            let rows = (0..<Int.random(in: 1...6, using: &generator)).map { index in
                var allowed: [ReviewFact: UInt16] = [:]
                for fact in facts where Bool.random(using: &generator) {
                    allowed[fact] = UInt16.random(in: 1..<UInt16(1 << fact.answers.count), using: &generator)
                }
                return ReviewTable.Row(
                    line: index, classKey: "c\(index)", reason: "", when: ReviewTable.Condition(allowed: allowed),
                    except: Set((0..<index).filter { _ in Bool.random(using: &generator) }.map { "c\($0)" }))
            }
            let table = ReviewTable(key: "t", title: "", facts: facts, classes: [], rows: rows, impossible: [])
            var (gaps, overlaps) = (0, 0)
            Self.forEachCombination(facts) { facts in
                let holding = rows.filter { $0.when.holds(facts) }
                let classes = Set(holding.map(\.classKey))
                let winners = holding.filter { $0.except.isDisjoint(with: classes) }
                gaps += winners.isEmpty ? 1 : 0
                overlaps += winners.count > 1 ? 1 : 0
            }
            let check = TableCheck(table)
            #expect(check.gaps.map(\.combinations).reduce(0, +) == gaps)
            #expect(check.overlaps.map(\.witness.combinations).reduce(0, +) == overlaps)
        }
    }
}
