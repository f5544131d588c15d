import Foundation
import Kernel
import Tabular
import Testing

@testable import Allocation

/// A year's targets of units.
@Suite
struct AllocationTests {
    typealias Draw = ApportionmentTests.Draw

    static func units(_ draw: inout Draw, _ count: Int) -> [AllocationUnit] {
        (0..<count).map { number in
            var unit = AllocationUnit(code: "\(10_000 + number)", name: "Đơn vị \(number)")
            unit.lastTotal = 2_000 + draw.next(20_000)
            unit.lastVoluntary = draw.next(1_000)
            unit.labourForce = draw.next(5) == 0 ? nil : 5_000 + draw.next(40_000)
            unit.pool = draw.next(4) == 0 ? nil : draw.next(20_000)
            return unit
        }
    }

    static func sums(_ units: [AllocationUnit]) -> (total: Int, voluntary: Int) {
        (units.reduce(0) { $0 + ($1.lastTotal ?? 0) }, units.reduce(0) { $0 + ($1.lastVoluntary ?? 0) })
    }

    @Test
    func `both columns add up, voluntary is never above total, nobody falls below the last result`() throws {
        var draw = Draw(state: 1)
        for _ in 0..<40 {
            let units = Self.units(&draw, 2 + draw.next(120))
            let last = Self.sums(units)
            let (total, voluntary) = (last.total * 106 / 100, last.voluntary * 130 / 100)
            let result = try Allocation(units, total: total, voluntary: voluntary)
            #expect(result.rows.map(\.code) == units.map(\.code))
            #expect(result.rows.reduce(0) { $0 + $1.total } == total)
            #expect(result.rows.reduce(0) { $0 + $1.voluntary } == voluntary)
            for (row, unit) in zip(result.rows, units) {
                #expect(row.voluntary <= row.total)
                #expect(row.total >= unit.lastTotal ?? 0 && row.voluntary >= unit.lastVoluntary ?? 0)
                if let pool = unit.pool { #expect(row.total <= (unit.lastTotal ?? 0) + pool) }
                #expect(row.reason.contains("phần công bằng"))
            }
            for column in Measure.allCases {
                #expect((result.leastObjective[column] ?? 0) <= (result.objective[column] ?? 0) + 1e-12)
            }
        }
    }

    @Test
    func `the order of rows changes nothing, and one person more in the total lowers nobody's total`() throws {
        var draw = Draw(state: 2)
        for _ in 0..<30 {
            let units = Self.units(&draw, 3 + draw.next(60))
            let last = Self.sums(units)
            let total = last.total + draw.next(last.total / 10)
            let one = try Allocation(units, total: total, voluntary: last.voluntary)
            let turned = try Allocation(units.reversed(), total: total, voluntary: last.voluntary)
            #expect(Array(turned.rows.reversed()) == one.rows)
            let more = try Allocation(units, total: total + 1, voluntary: last.voluntary)
            #expect(zip(more.rows, one.rows).allSatisfy { $0.total >= $1.total })
            let wish = try Allocation(units, total: total, voluntary: last.voluntary + 1)
            #expect(wish.rows.map(\.total) == one.rows.map(\.total))
            #expect(zip(wish.rows, one.rows).allSatisfy { $0.voluntary >= $1.voluntary })
        }
    }

    @Test
    func `a locked row stays and the others take the rest`() throws {
        var draw = Draw(state: 3)
        let units = Self.units(&draw, 20)
        let last = Self.sums(units)
        var settings = AllocationSettings()
        settings.capByPool = false
        settings.locks = ["10003": ["total": 99_999, "voluntary": 7]]
        let result = try Allocation(
            units, total: last.total + 200_000, voluntary: last.voluntary + 500, settings: settings)
        let row = try #require(result.rows.first { $0.code == "10003" })
        #expect(row.total == 99_999 && row.voluntary == 7 && row.reason.contains("đã khóa"))
        #expect(result.rows.reduce(0) { $0 + $1.total } == last.total + 200_000)
    }

    @Test
    func `a later year is not below an earlier one unless that is allowed`() throws {
        var draw = Draw(state: 4)
        let units = Self.units(&draw, 30)
        let last = Self.sums(units)
        let targets = (1...5).map {
            (total: last.total * (100 + 4 * $0) / 100, voluntary: last.voluntary * (100 + 12 * $0) / 100)
        }
        var settings = AllocationSettings()
        settings.capByPool = false
        let years = try Allocation.years(units, targets, settings: settings)
        for (earlier, later) in zip(years, years.dropFirst()) {
            #expect(zip(earlier.rows, later.rows).allSatisfy { $0.total <= $1.total && $0.voluntary <= $1.voluntary })
        }
    }

    @Test
    func `what is missing is named and reckoned by what there is`() throws {
        var draw = Draw(state: 5)
        var units = Self.units(&draw, 10)
        for index in units.indices { units[index].labourForce = nil }
        units[4].pool = nil
        let last = Self.sums(units)
        let result = try Allocation(units, total: last.total + 100, voluntary: last.voluntary + 5)
        #expect(result.remarks.contains { $0.contains("Không đơn vị nào có lực lượng lao động") })
        #expect(result.remarks.contains { $0.contains("thiếu số người chưa tham gia") && $0.contains("Đơn vị 4") })
        #expect(result.rows[4].reason.contains("thiếu số người chưa tham gia"))
    }

    @Test
    func `bounds that cannot meet the sum are named with the people they are off`() throws {
        var draw = Draw(state: 6)
        var units = Self.units(&draw, 5)
        let last = Self.sums(units)
        units[2].floorTotal = (units[2].lastTotal ?? 0) + 50_000
        let error = #expect(throws: AllocationError.self) {
            try Allocation(units, total: last.total + 10, voluntary: last.voluntary)
        }
        let words = try #require(error?.description)
        #expect(words.contains("thiếu 49.990 người") && words.contains("Đơn vị 2") && words.contains("mức ấn định"))
    }

    @Test
    func `equal keys give equal shares, by hand`() throws {
        // 60 over 10, 20, 30 by the last result alone: 10, 20, 30.
        let units = [10, 20, 30].enumerated().map { number, last in
            var unit = AllocationUnit(code: "\(number)", name: "\(number)")
            unit.lastTotal = last
            unit.lastVoluntary = 1
            return unit
        }
        var settings = AllocationSettings()
        settings.keys = ["total": ["last": 1], "voluntary": ["last": 1]]
        let result = try Allocation(units, total: 120, voluntary: 6, settings: settings)
        #expect(result.rows.map(\.total) == [20, 40, 60] && result.rows.map(\.voluntary) == [2, 2, 2])
        #expect((result.objective[.total] ?? 1) < 1e-12)
    }

    @Test
    func `settings that cannot be meant are refused with what is near`() {
        var settings = AllocationSettings()
        settings.keys["total"] = ["labor_force": 1]
        #expect(throws: AllocationError.self) { try settings.check() }
        settings.keys["total"] = ["last": 1]
        settings.capPercent = 90
        #expect(throws: AllocationError.self, "a cap below the floor of the same result") { try settings.check() }
        settings.capPercent = nil
        settings.keys["total"] = ["last": 0]
        #expect(throws: AllocationError.self) { try settings.check() }
    }

    static func table(_ text: String) throws -> TableFile { try TableFile(Array(text.utf8)) }

    @Test
    func `a table is read with empty cells as unknown, and every fault has its place`() throws {
        let good = try AllocationUnit.read(
            try Self.table(
                "code,name,last_total,last_voluntary,pool\n10507,Thành Đông,12000,300,\n10525,Hải Dương,9000,,500\n"))
        #expect(good.faults.isEmpty && good.units.map(\.lastTotal) == [12_000, 9_000])
        #expect(good.units[0].pool == nil && good.units[1].lastVoluntary == nil)
        let bad = try AllocationUnit.read(
            try Self.table("code,name,last_total\n10507,A,nhiều\n,B,5\n10509,C,7\n"))
        #expect(bad.units.map(\.code) == ["10509"] && bad.faults.map(\.row) == [2, 3])
        #expect(bad.faults[0].description.contains("cột C (last_total)"))
        let twice = try AllocationUnit.read(
            try Self.table("code,last_total,last_voluntary\n1,5,9\n2,5,1\n2,6,1\n"), among: ["1", "2"])
        #expect(twice.faults.map(\.row) == [2, 4] && twice.faults[1].message.contains("dòng 3"))
        #expect(throws: AllocationFault.self) { try AllocationUnit.read(try Self.table("code,name\n")) }
        #expect(throws: AllocationFault.self) {
            try AllocationUnit.read(try Self.table("code,name,last_totl\n1,A,5\n"))
        }
        let wrong = try AllocationUnit.read(
            try Self.table("Mã đơn vị;SÀN TỔNG SỐ;Kết quả gần nhất tự nguyện\n1;một;2\n"))
        #expect(wrong.faults[0].description.contains("cột B (SÀN TỔNG SỐ), “một”"))
    }
}

/// A key that few units have.
extension AllocationTests {
    @Test
    func `a key that one unit alone has moves its share no more than its own size says`() throws {
        var draw = Draw(state: 12)
        var units = Self.units(&draw, 30)
        for index in units.indices {
            units[index].labourForce = nil
            units[index].pool = nil
        }
        let last = Self.sums(units)
        let plain = try Allocation(units, total: last.total * 107 / 100, voluntary: last.voluntary)
        units[3].labourForce = 25_000
        let known = try Allocation(units, total: last.total * 107 / 100, voluntary: last.voluntary)
        #expect(abs(plain.rows[3].fairTotal - known.rows[3].fairTotal) < plain.rows[3].fairTotal * 0.001)
    }

    @Test(arguments: [true, false])
    func `a table that is written reads back, by the names of people and of programs`(isForPeople: Bool) throws {
        var draw = Draw(state: 3)
        let units = Self.units(&draw, 12)
        let heads = isForPeople ? AllocationUnit.headings : AllocationUnit.columns
        let bytes = CSVWriter.bytes(of: [heads] + units.map(\.row), disarmed: true)
        let back = try AllocationUnit.read(try TableFile(bytes))
        #expect(back.faults.isEmpty && back.units == units)
    }

    @Test
    func `a row whose cells moved is returned with its line, and titles above the heading are passed over`() throws {
        let read = try AllocationUnit.read(
            try Self.table("BẢNG ĐẦU VÀO,,,\n\ncode,name,last_total,pool\n1,A,12,000,900\n2,B,13000,5\n"))
        #expect(read.units.map(\.code) == ["2"])
        #expect(read.faults.map(\.row) == [4])
        #expect(read.faults[0].description.contains("nhiều ô hơn dòng tiêu đề"))
        let short = try AllocationUnit.read(try Self.table("code,name,last_total,pool\n1,A,12,000\n2,B,25%,5\n"))
        #expect(short.faults.map(\.row) == [2, 3])
        #expect(short.faults[1].message.contains("phần trăm"))
        let grouped = try AllocationUnit.read(
            try Self.table("code;name;last_total;pool\n1;A;12.000;1,200\n2;B;1234.567;5\n"))
        #expect(grouped.units.map(\.lastTotal) == [12_000] && grouped.units.map(\.pool) == [1_200])
        #expect(grouped.faults.map(\.row) == [3])
    }

    @Test
    func `settings given in part leave the rest at their usual values`() throws {
        let given = Data(#"{"keys": {"total": {"last": 50, "labour_force": 25, "pool": 25}}}"#.utf8)
        let settings = try JSONDecoder().decode(AllocationSettings.self, from: given)
        #expect(settings.keys["voluntary"] == AllocationSettings().keys["voluntary"])
        var units: [AllocationUnit] = []
        for (code, name, numbers) in [
            ("1", "A", (1_000, 100, 5_000, 3_000)), ("2", "B", (2_000, 150, 9_000, 6_000)),
            ("3", "C", (500, 50, 2_500, 1_500)),
        ] {
            var unit = AllocationUnit(code: code, name: name)
            (unit.lastTotal, unit.lastVoluntary, unit.labourForce, unit.pool) = numbers
            units.append(unit)
        }
        let result = try Allocation(units, total: 4_000, voluntary: 400, settings: settings)
        #expect(result.rows.map(\.voluntary) == [124, 214, 62])
    }
}
