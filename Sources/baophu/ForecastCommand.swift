import ArgumentParser
import Forecast
import Foundation
import Kernel
import Tabular

struct ForecastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecasts monthly counts, with 80 % intervals.",
        discussion:
            "The table has the columns series, month and people (or Đơn vị, Tháng, Số người), found by their headings, each series without gaps. docs/forecast.md tells the method."
    )

    @Option(help: "CSV or XLSX; - for CSV on standard input.")
    var input: String

    @Option(help: "Months ahead.")
    var horizon = 12

    @Option(parsing: .unconditional, help: "A target at the last month ahead: the chance of reaching it is told.")
    var target: Int?

    @OptionGroup var answer: JSONOption

    private struct Answer: Encodable {
        struct Point: Encodable {
            let month: String
            let people: Double
            let low: Double
            let high: Double
        }

        let series: String
        let basis: String
        let trials: Int
        let chance: Double?
        let points: [Point]
    }

    func run() async throws {
        try await reporting {
            guard (1...60).contains(horizon) else { throw ValidationError("--horizon is from 1 to 60") }
            if let target, target < 1 { throw ValidationError("--target is a number of people above 0") }
            var series: [(name: String, months: [Month], counts: [Double])] = []
            var places: [String: Int] = [:]
            for entry in try table().entries {
                let (name, month) = (entry.series, entry.month)
                let place = places[name] ?? series.count
                if place == series.count {
                    places[name] = place
                    series.append((name, [], []))
                }
                if let last = series[place].months.last, last.adding(months: 1) != month {
                    throw Refusal(.invalid, "\(input): chuỗi “\(name)”, tháng \(month) không nối tiếp tháng \(last).")
                }
                series[place].months.append(month)
                series[place].counts.append(entry.people)
            }
            var told = 0
            for one in series {
                guard let forecast = CountForecast(one.counts, horizon: horizon), let last = one.months.last else {
                    complain(
                        "\(input): chuỗi “\(one.name)” có \(one.counts.count) tháng, cần ít nhất \(CountForecast.fewest)"
                    )
                    continue
                }
                told += 1
                func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
                let result = Answer(
                    series: one.name, basis: forecast.basis.rawValue, trials: forecast.trials,
                    chance: target.map { rounded(forecast.chance(ofAtLeast: $0, step: horizon)) },
                    points: forecast.points.map {
                        .init(
                            month: last.adding(months: $0.step).description, people: rounded($0.people),
                            low: rounded($0.low), high: rounded($0.high))
                    })
                if answer.json {
                    let encoder = JSONEncoder()
                    encoder.outputFormatting = [.sortedKeys]
                    say(String(decoding: try encoder.encode(result), as: UTF8.self))
                } else {
                    if let target, let chance = result.chance {
                        say("# \(one.name): \(Int((chance * 100).rounded())) % to reach \(target) by the last month")
                    }
                    for point in result.points {
                        say("\(one.name)\t\(point.month)\t\(point.people)\t\(point.low)\t\(point.high)")
                    }
                }
            }
            if told == 0 { throw ExitCode(65) }
        }
    }

    private func table() throws -> SeriesTable {
        let data =
            input == "-"
            ? try FileHandle.standardInput.readToEnd() ?? Data() : FileManager.default.contents(atPath: input)
        guard let data else { throw Refusal(.notFound, "Không đọc được tệp \(input).") }
        do {
            return try SeriesTable(try TableFile(Array(data)), name: input)
        } catch let error as TableFileError {
            throw Refusal(.invalid, "\(input): \(error)")
        }
    }
}
