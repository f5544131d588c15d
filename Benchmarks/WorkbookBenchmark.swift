import Foundation
import Tabular

/// A workbook of 200,000 rows and 10 columns through `RowSource`, beside calamine and openpyxl on the same file. Each reads in
/// a process of its own, so that the memory of each is its own.
struct WorkbookBenchmark {
    static let rows = 200_000

    func run() throws {
        let path = NSTemporaryDirectory() + "baophu-bench-\(UUID()).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(try Self.workbook()).write(to: URL(fileURLWithPath: path))
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        var (ours, calamine): ([Reading], [Reading]) = ([], [])
        for _ in 0..<5 {
            ours.append(try Self.reading(ProcessInfo.processInfo.arguments[0], ["--rows-of", path]))
            guard let peer = try Peer.answer(of: "workbook.py", ["calamine", path]) else { continue }
            calamine.append(try Self.reading(peer))
        }
        let times = Spread(ours.map(\.seconds))
        print(
            "workbook: \(Self.rows) rows of 10 columns (\(size / 1_000_000) MB) in \(times) s, \(Spread(ours.map(\.megabytes))) MB at most (wanted: under 120)"
        )
        guard !calamine.isEmpty, let peer = try Peer.answer(of: "workbook.py", ["openpyxl", path]) else {
            return print("workbook beside calamine and openpyxl: not installed (Benchmarks/peers/setup.sh)")
        }
        let openpyxl = try Self.reading(peer)
        print(
            "workbook: \(Spread(zip(ours, calamine).map { $0.seconds / $1.seconds })) times calamine (\(Spread(calamine.map(\.seconds))) s, \(Spread(calamine.map(\.megabytes))) MB; wanted: at most 1.3); \(Spread([times.median / openpyxl.seconds])) times openpyxl read-only (\(Spread([openpyxl.seconds])) s, \(Spread([openpyxl.megabytes])) MB)"
        )
    }

    private struct Reading: Codable {
        let seconds: Double
        let cells: Int
        /// The most memory held, in millions of bytes.
        let megabytes: Double
    }

    /// Reads every cell of a file and prints what it took, as JSON.
    static func read(_ path: String) throws {
        let clock = ContinuousClock()
        let start = clock.now
        var cells = 0
        let reader = try RowSource(file: path).open(limits: .rows)
        while try reader.nextSheet() != nil {
            while try reader.nextRow() {
                for column in 0..<reader.width where reader[column] != .empty { cells += 1 }
            }
        }
        let seconds = start.duration(to: clock.now) / .seconds(1)
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }?.filter(\.isNumber)
        let reading = Reading(
            seconds: seconds, cells: cells, megabytes: (Double(String(peak ?? "")) ?? 0) * 1_024 / 1_000_000)
        print(String(decoding: try JSONEncoder().encode(reading), as: UTF8.self))
    }

    private static func reading(_ program: String, _ arguments: [String]) throws -> Reading {
        try reading(try output(of: program, arguments))
    }

    private static func reading(_ answer: String) throws -> Reading {
        let reading = try JSONDecoder().decode(Reading.self, from: Data(answer.utf8))
        guard reading.cells == (rows + 1) * 10 else {
            throw CocoaError(.featureUnsupported, userInfo: ["cells": reading.cells])
        }
        return reading
    }

    /// People as a list of participants has them. Deterministic.
    private static func workbook() throws -> [UInt8] {
        let families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"]
        let middles = ["Văn", "Thị", "Hữu", "Đức", "Ngọc"]
        let names = ["An", "Bình", "Cường", "Dũng", "Hà", "Hạnh", "Lan", "Mai", "Nam", "Phúc", "Sơn", "Yến"]
        var rows: [[SheetCell]] = [
            [
                "STT", "Họ và tên", "Năm sinh", "Giới tính", "Số định danh", "Mã xã", "Xã, phường", "Đơn vị",
                "Tiền lương",
                "Số tháng",
            ].map { .text($0) }
        ]
        rows.reserveCapacity(Self.rows + 1)
        for row in 1...Self.rows {
            let draw = row &* 2_654_435_761 & 0xFFFF_FFFF
            rows.append([
                .number(row), .text("\(families[draw % 8]) \(middles[draw / 8 % 5]) \(names[draw / 40 % 12])"),
                .number(1960 + draw / 480 % 45), .text(draw % 2 == 0 ? "Nam" : "Nữ"),
                .text("031\(100_000_000 + draw % 899_999_999)"), .number(10_500 + draw % 114),
                .text("Phường số \(draw % 114)"), .text("Công ty TNHH số \(draw / 7 % 3_000)"),
                .number(4_000_000 + draw % 260 * 100_000), .number(1 + draw % 12),
            ])
        }
        return try XLSXWriter.bytes(of: [Sheet(name: "Danh sách", rows: rows)])
    }
}
