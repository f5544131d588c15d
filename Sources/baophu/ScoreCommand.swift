import ArgumentParser
import Assembly
import Database
import Kernel
import Overview
import PlanText
import Province
import Targets
import Work

struct FiguresScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "The scores of communes and agencies in a month, part by part with reasons.")

    @Option(help: "The month (2026-10).")
    var month: Month

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        struct Part: Encodable {
            let part: String
            let points: Double?
            let weight: Double
            let words: String

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Keys.self)
                try container.encode(part, forKey: .part)
                try container.encode(points, forKey: .points)
                try container.encode(weight, forKey: .weight)
                try container.encode(words, forKey: .words)
            }

            enum Keys: String, CodingKey { case part, points, weight, words }
        }

        let code: String
        let name: String
        let kind: String
        let score: Double?
        let knownPercent: Double
        let rank: Int?
        let ranked: Int
        let similar: String?
        let similarRank: Int?
        let similarRanked: Int
        let contested: Bool
        let parts: [Part]

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(code, forKey: .code)
            try container.encode(name, forKey: .name)
            try container.encode(kind, forKey: .kind)
            try container.encode(score, forKey: .score)
            try container.encode(knownPercent, forKey: .knownPercent)
            try container.encode(rank, forKey: .rank)
            try container.encode(ranked, forKey: .ranked)
            try container.encode(similar, forKey: .similar)
            try container.encode(similarRank, forKey: .similarRank)
            try container.encode(similarRanked, forKey: .similarRanked)
            try container.encode(contested, forKey: .contested)
            try container.encode(parts, forKey: .parts)
        }

        enum Keys: String, CodingKey {
            case code, name, kind, score, knownPercent, rank, ranked, similar, similarRank, similarRanked, contested,
                parts
        }
    }

    func run() async throws {
        try await reporting {
            let settings = try await settings.read()
            let definition = try PlanFolder.load(settings.planFolder)
            guard let rules = definition.scoring else {
                throw Refusal(.notFound, "Kế hoạch không có tệp scores.yaml nên không tính điểm.")
            }
            let store = try Storage.openExisting(settings.database)
            try await definition.unitsInForce.refresh(from: store)
            let overview = OverviewService(store: store, clock: .machine, plan: definition)
            guard let table = try await overview.scores(of: month) else { return }
            try await store.close()
            func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
            let lines = (table.communes + table.agencies).map { ranked in
                let unit = ranked.score.unit
                let isCommune = if case .commune = unit { true } else { false }
                return Line(
                    code: unit.text, name: definition.name(of: unit), kind: isCommune ? "commune" : "agency",
                    score: ranked.score.points.map(rounded),
                    knownPercent: rounded(ranked.score.knownPercent), rank: ranked.rank, ranked: ranked.ranked,
                    similar: ranked.group?.title(rules),
                    similarRank: ranked.groupRank, similarRanked: ranked.groupRanked,
                    contested: ranked.score.isContested,
                    parts: ranked.score.parts.map {
                        .init(
                            part: $0.part.rawValue, points: $0.points.map(rounded), weight: $0.weight, words: $0.words)
                    })
            }
            if output.json { return try sayJSON(lines) }
            for line in lines {
                let score = line.score.map { VietnameseText.oneDecimal($0) } ?? "chưa đủ số liệu"
                say("\((line.rank.map(String.init) ?? "–").padding(to: 5)) \(score.padding(to: 8)) \(line.name)")
            }
        }
    }
}
