import Charts
import Foundation
import Testing

@testable import Linkage
@testable import LinkageReport

@Suite
struct JudgingTests {
    static let people = People(1_500, shared: 500, seed: 4)

    private static func lists() -> [LinkList] {
        [
            LinkList(name: "l", content: People.csv(people.left)),
            LinkList(name: "r", content: People.csv(people.right)),
        ]
    }

    @Test
    func `the steps of an explanation add up to the weight of the run`() async throws {
        let result = try await Self.people.link()
        let session = try await Linker(People.settings).session(Self.lists(), model: result.model)
        for pair in result.pairs.prefix(60) {
            let explanation = session.explain(left: pair.left, right: pair.right)
            #expect(abs(explanation.weight - pair.weight) < 1e-9)
            let sum = explanation.steps.reduce(explanation.prior) { $0 + $1.sum }
            #expect(abs(sum - pair.weight) < 1e-9)
            #expect(!explanation.rules.isEmpty)
        }
        let pair = try #require(result.pairs.first)
        let explanation = try session.explain(result.leftIDs[pair.left], result.rightIDs[pair.right])
        #expect(explanation.text.contains("trọng số ghép"))
        #expect(explanation.chart.svg.hasPrefix("<svg") && explanation.chart.alternative.contains("Trọng số ghép"))
        #expect(throws: SettingsError.self) { _ = try session.explain("nobody", "T1") }
    }

    @Test
    func `mistakes are told with where they come from`() async throws {
        let result = try await Self.people.link()
        let session = try await Linker(People.settings).session(Self.lists(), model: result.model)
        let taken = Set(result.pairs.map { [result.leftIDs[$0.left], result.rightIDs[$0.right]] })
        let missed = Self.people.truth.subtracting(taken).map { (left: $0[0], right: $0[1]) }
        let mistakes = try session.mistakes(missed: missed, wrong: [("P1400", "T1")], threshold: 0)
        #expect(mistakes.count == missed.count + 1)
        for mistake in mistakes where mistake.isMissed {
            #expect((mistake.reason == .blocking) == mistake.explanation.rules.isEmpty)
            if mistake.reason == .rival { #expect(mistake.explanation.weight >= 0) }
        }
        #expect(mistakes.last?.reason == .comparison && mistakes.last?.isMissed == false)
    }

    @Test
    func `bounds of shares are Wilson's`() {
        // Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 and 15 of 148.
        let first = Interval.wilson(81, of: 263)
        #expect(abs(first.lowerBound - 0.2553) < 5e-5 && abs(first.upperBound - 0.3662) < 5e-5)
        let second = Interval.wilson(15, of: 148)
        #expect(abs(second.lowerBound - 0.0624) < 5e-5 && abs(second.upperBound - 0.1605) < 5e-5)
        #expect(Interval.wilson(0, of: 0) == 0...1)
    }

    @Test
    func `reliability and Brier score are those of the definition`() {
        let evaluation = Evaluation(
            [(pair: 1, weight: 3, probability: 0.9), (2, 2, 0.8), (3, 1, 0.85), (4, -1, 0.2)], truth: [1, 2, 9])
        #expect(abs((evaluation.brier ?? 0) - (0.01 + 0.04 + 0.7225 + 0.04) / 4) < 1e-12)
        #expect(evaluation.reliability.map(\.pairs) == [1, 2, 1])
        #expect(evaluation.reliability[1].true_ == 0.5 && abs(evaluation.reliability[1].stated - 0.825) < 1e-12)
        #expect(evaluation.neverSeen == 1)
        #expect(evaluation.grid(step: 1).map(\.threshold) == [-1, 0, 1, 2, 3])
        #expect(evaluation.grid(step: 1).map(\.truePositives) == [2, 2, 2, 2, 1])
    }

    @Test
    func `agreement of clerks is Krippendorff's alpha`() throws {
        // Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), A: two observers, two values, ten units: 0.095.
        let first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
        let second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
        let labels = first.indices.flatMap { unit in
            [
                LabelledPair(left: "\(unit)", right: "x", isMatch: first[unit] == 1, clerk: "A"),
                LabelledPair(left: "\(unit)", right: "x", isMatch: second[unit] == 1, clerk: "B"),
            ]
        }
        let agreement = LabelAgreement(labels)
        #expect(abs(try #require(agreement.alpha) - 0.095) < 5e-4)
        #expect(agreement.pairs == 10 && agreement.disputed.count == 4 && abs(agreement.agreeing - 0.6) < 1e-12)
        #expect(agreement.settled.first { $0.left == "0" }?.isMatch == nil, "one against one settles nothing")
        #expect(agreement.settled.first { $0.left == "1" }?.isMatch == true)
    }

    @Test
    func `a judged sheet tells precision and recall of the run`() async throws {
        let settings = RunTests.changed {
            $0.threshold = -10
            $0.oneToOne = false
        }
        let result = try await Self.people.link(settings)
        let session = try await Linker(settings).session(Self.lists(), model: result.model)
        let sheet = session.sheet(of: result, count: 300)
        #expect(sheet.pairs.count == 300)
        #expect(sheet == session.sheet(of: result, count: 300), "the same seed draws the same pairs")
        let stands = sheet.draws.reduce(0) { $0 + $1.standsFor }
        #expect(abs(stands - Double(result.pairs.count)) < 1e-6)
        let labels = sheet.draws.map {
            LabelledPair(left: $0.left, right: $0.right, isMatch: Self.people.truth.contains([$0.left, $0.right]))
        }
        let judged = try #require(LabelEvaluation(draws: sheet.draws, labels: labels, thresholds: [0]).points.first)
        let all = Evaluation(
            result.pairs.map { ([result.leftIDs[$0.left], result.rightIDs[$0.right]], $0.weight) },
            truth: Self.people.truth)
        let truth = try #require(all.points.first { $0.threshold >= 0 })
        #expect(judged.precisionInterval.contains(truth.precision))
        #expect(abs(judged.precision - truth.precision) < 0.05)
        // Fields say what is alike, and nothing of the weight.
        let encoded = String(decoding: try JSONEncoder().encode(sheet.pairs), as: UTF8.self)
        #expect(!encoded.contains("weight") && !encoded.contains("probability"))
    }

    @Test
    func `labels teach m, and a line makes the chances honest`() async throws {
        var linker = Linker(People.settings)
        linker.labels =
            Self.people.truth.sorted { $0[0] < $1[0] }.prefix(200).map {
                LabelledPair(left: $0[0], right: $0[1], isMatch: true)
            } + (0..<60).map { LabelledPair(left: "P\(700 + $0)", right: "T\($0)", isMatch: false) }
        let model = try await linker.link(Self.lists()).model
        #expect(model.labels == 260 && model.calibration != nil)
        let plain = try await Self.people.link().model
        #expect(plain.labels == nil && plain.calibration == nil)
        // Weights spread twice too wide are drawn together by half.
        var generator = SplitMix(state: 8)
        let judged = (0..<20_000).map { _ -> (weight: Double, isMatch: Bool) in
            let honest = Double(generator.next() % 2_000) / 100 - 10
            return (honest * 2, Double(generator.next() >> 11) * 0x1p-53 < 1 / (1 + exp2(-honest)))
        }
        let line = try #require(Calibrating.line(through: judged))
        #expect(abs(line.slope - 0.5) < 0.03 && abs(line.intercept) < 0.1)
        #expect(Calibrating.line(through: [(weight: 1, isMatch: true)]) == nil)
    }

    @Test
    func `the report is one well-formed page that fetches nothing and names no person`() async throws {
        var linker = Linker(People.settings)
        linker.weighsRecordsAlone = true
        let result = try await linker.link(Self.lists())
        let html = ReportPage(result, clusters: nil, truth: Self.people.truth).html
        for words in [
            "Gom khối", "Mô hình", "Bản ghi không đủ thông tin", "Quá trình học", "So với sự thật", "Xác suất nêu ra",
        ] {
            #expect(html.contains(words), "\(words)")
        }
        #expect(
            !html.contains("http://")
                || html.components(separatedBy: "http://").dropFirst().allSatisfy {
                    $0.hasPrefix("www.w3.org/2000/svg")
                })
        #expect(!html.contains("<script") && !html.contains("Nguyễn Thị"))
        for tag in ["table", "tr", "td", "th", "figure", "svg", "div", "h2"] {
            let opened = html.components(separatedBy: "<\(tag)>").count + html.components(separatedBy: "<\(tag) ").count
            #expect(opened - 1 == html.components(separatedBy: "</\(tag)>").count, "\(tag)")
        }
        #expect(html.utf8.count < 300_000)
    }

    @Test
    func `two models are told apart level by level`() async throws {
        let before = try await Self.people.link().model
        let after = try await Self.people.link(
            RunTests.changed {
                $0.blocking = ["cccd", "birth & sex"]
                $0.comparisons = [
                    .init(name: "cccd", column: "cccd"),
                    .init(name: "birth", column: "birth", levels: [.init(.same(.exact))]),
                ]
            }
        ).model
        let difference = ModelDifference(before, after)
        #expect(difference.blocking.onlyBefore == ["fold(name) & year(birth)", "given(name) & birth"])
        #expect(difference.levels.contains { $0.comparison == "name" && $0.after == nil })
        #expect(
            difference.levels.contains {
                $0.comparison == "birth" && $0.condition == "exact" && $0.before != nil && $0.after != nil
            })
        #expect(ModelDifference(before, before).levels.allSatisfy { $0.change == 0 })
    }
}
