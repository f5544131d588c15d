import Foundation
import Kernel
import Testing

@testable import Legislation

/// Values put over those of the files.
@Suite
struct AmendingTests {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let table = Result { try ParameterTable(folder: repository.appendingPathComponent("legislation")) }

    static func day(_ text: String) throws -> Day { try #require(Day(text)) }

    static func value(_ amount: Int, _ from: String, _ to: String? = nil) throws -> DatedValue {
        DatedValue(
            value: .dong(Dong(amount)), from: try day(from), to: try to.map { try day($0) }, source: "Văn bản thử",
            confidence: .verified)
    }

    static func parameter(_ values: DatedValue...) -> Parameter {
        Parameter(key: "k", name: "Tên", unit: .dong, of: nil, subject: "s", values: values)
    }

    static func words(_ parameter: Parameter) -> [String] {
        parameter.values.map { "\($0.value.plain(.dong)) \($0.from)…\($0.to?.description ?? "")" }
    }

    @Test
    func `a value behind the last one ends it on the day before`() throws {
        let old = Self.parameter(try Self.value(10, "2025-01-01"))
        let new = try Self.value(20, "2027-01-01")
        #expect(
            Self.words(old.amended(by: new)) == [
                "10 2025-01-01…2026-12-31", "20 2027-01-01…",
            ])
    }

    @Test
    func `a correction takes the place of the value that begins on its day, until the next one`() throws {
        let old = Self.parameter(try Self.value(10, "2025-01-01", "2025-12-31"), try Self.value(11, "2026-01-01"))
        let new = try Self.value(20, "2025-01-01")
        #expect(
            Self.words(old.amended(by: new)) == [
                "20 2025-01-01…2025-12-31", "11 2026-01-01…",
            ])
    }

    @Test
    func `a value for some days in the middle leaves what stands around it`() throws {
        let old = Self.parameter(try Self.value(10, "2025-01-01"))
        let new = try Self.value(20, "2025-03-01", "2025-03-31")
        #expect(
            Self.words(old.amended(by: new)) == [
                "10 2025-01-01…2025-02-28", "20 2025-03-01…2025-03-31", "10 2025-04-01…",
            ])
    }

    @Test
    func `whatever is put in, no two values hold on one day and the last one put in holds on its own days`() throws {
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let origin = try Self.day("2025-01-01")
        for _ in 0..<300 {
            var parameter = Self.parameter()
            for amount in 1...6 {
                let from = origin.adding(days: next(60))
                let to = next(3) == 0 ? nil : from.adding(days: next(30))
                let new = DatedValue(
                    value: .dong(Dong(amount)), from: from, to: to, source: "Văn bản thử", confidence: .verified)
                let before = parameter
                parameter = parameter.amended(by: new)
                for offset in 0..<100 {
                    let day = origin.adding(days: offset)
                    let held = parameter.values.filter { $0.holds(on: day) }
                    #expect(held.count <= 1)
                    let later = before.values.map(\.from).filter { $0 > from }.min()
                    let isOwn = day >= from && (to.map { day <= $0 } ?? later.map { day < $0 } ?? true)
                    #expect(held.first?.value == (isOwn ? new.value : before.value(on: day)?.value))
                }
            }
        }
    }

    @Test
    func `every value of the files reads back as it is written, for programs and for people`() throws {
        let parameters = try Self.table.get().parameters
        #expect(parameters.count > 180)
        for parameter in parameters {
            for dated in parameter.values {
                let plain = dated.value.plain(parameter.unit)
                #expect(
                    ParameterValue(typed: plain, unit: parameter.unit) == dated.value,
                    "\(parameter.key) \(parameter.unit): \(plain)")
            }
        }
    }

    @Test(arguments: [
        (ParameterUnit.dong, "1.500.000", "1500000"), (.dongPerMonth, "1500000 đồng", "1500000"),
        (.percent, "22,5", "22.5"), (.percent, "22 %", "22"), (.factor, "1,36", "1.36"), (.days, "60", "60"),
        (.dayOfYear, "31/01", "01-31"), (.date, "15/03/2027", "2027-03-15"),
        (.dongRange, "500.000 – 1.000.000", "500000-1000000"),
        (.reference, "2 x reference_level", "2 x reference_level"),
    ])
    func `people write values their own way`(unit: ParameterUnit, typed: String, plain: String) throws {
        #expect(try #require(ParameterValue(typed: typed, unit: unit)).plain(unit) == plain)
    }

    @Test(arguments: [
        (ParameterUnit.dong, "1.50.000"), (.dong, "-5"), (.dong, "nhiều"), (.percent, "-1"), (.percent, "1/2"),
        (.days, "-3"), (.dayOfYear, "31/02"), (.date, "30/02/2027"), (.dongRange, "5 - 3"), (.percentList, "1;x"),
        (.percent, ""),
    ])
    func `what a unit cannot be is refused`(unit: ParameterUnit, typed: String) {
        #expect(ParameterValue(typed: typed, unit: unit) == nil)
    }

    @Test
    func `every example of the effect can be calculated today`() throws {
        let table = try Self.table.get()
        let day = try Self.day("2026-11-26")
        let examples = Example.all(on: day, table)
        #expect(Set(examples.map(\.calculation.name)) == Set(Calculation.all.map(\.name)))
        for example in examples where !example.words.contains("1.000.000 đồng") {
            #expect(example.answer(table) != nil, "\(example.calculation.name): \(example.words)")
        }
    }

    @Test
    func `another voluntary rate changes the voluntary scheme alone, by its amount`() throws {
        let table = try Self.table.get()
        let rate = DatedValue(
            value: .share(try #require(Share(percent: "23"))), from: try Self.day("2026-12-01"), to: nil,
            source: "Văn bản thử", confidence: .verified)
        let new = try table.amended(by: [Amendment(key: "voluntary.rate", value: rate)])
        let effect = Effect(of: "voluntary.rate", from: table, to: new, on: rate.from)
        #expect(effect.changed.map(\.name) == ["voluntary-contribution", "voluntary-refund"])
        // 22 % and 23 % of 5,000,000.
        #expect(effect.changed.first?.first?.before == "1.100.000" && effect.changed.first?.first?.after == "1.150.000")
    }
}
