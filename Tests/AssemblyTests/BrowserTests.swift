import Foundation
import Testing

/// Debian's Chromium at a demonstration: the jobs of a week, and what every page owes a phone and a screen reader.
/// Playwright drives it (`scripts/install-packages test`); `Browser/` holds what it does.
@Suite
struct BrowserTests {
    private static let programs = Scene.repository.appendingPathComponent(".build/peers/bin")
    private static let isInstalled = ["/usr/bin/chromium", programs.appendingPathComponent("playwright").path]
        .allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    /// Late in a quarter: its reports and what the year's end asks for are on everybody's list.
    private static let day = "2026-12-10"
    private static let bytesOfPage = 100 * 1_024

    /// What a job of a week cost, as `week.py` tells it.
    private struct Told: Decodable {
        let job: String
        let screen: String
        let scripts: Bool
        let failure: String?
        let clicks: Int?
        let keys: Int?
        let fields: Int?
        let requests: Int?

        var counts: [Int]? {
            guard let clicks, let keys, let fields, let requests else { return nil }
            return [clicks, keys, fields, requests]
        }
    }

    /// What is wrong with a page, as `pages.py` tells it.
    private struct Seen: Decodable {
        let page: String
        let login: String
        let failure: String?
        let bytes: Int?
        let wide: [String]?
        let small: [String]?
        let findings: [String]?
    }

    /// A calculator's form on a phone, or a result at a desk and on paper, as `leaflets.py` tells them.
    private struct Leaflet: Decodable {
        let page: String
        let asked: Int?
        let beside: Bool?
        let sheets: Int?
    }

    /// A row of the table in `docs/jobs.md`.
    private struct Allowed {
        let job: String
        /// Clicks, key strokes, typed fields, requests.
        let most: [Int]
        let withoutScripts: Bool
    }

    @Test(.enabled(if: isInstalled))
    func `a week's jobs cost what docs/jobs.md allows, and forty pages fit a phone and a screen reader`() async throws {
        try await Scene.withFolder { folder in
            let flags = [
                "--plan", Scene.haiPhong, "--database", folder + "/demo.sqlite", "--day", Self.day, "--scale", "0.0002",
            ]
            let (process, port) = try await Executable.serve(flags, in: folder, command: "demo")
            let base = "http://127.0.0.1:\(port)"
            let password = try await Self.password(of: folder)
            async let week = Self.lines(of: "week.py", [base, password, Self.day], as: Told.self)
            async let pages = Self.lines(of: "pages.py", [base, password], as: Seen.self)
            async let leaflets = Self.lines(of: "leaflets.py", [base], as: Leaflet.self)
            try Self.check(try await week)
            Self.check(try await pages)
            Self.check(try await leaflets)
            #expect(try await Executable.end(process))
        }
    }

    private static func check(_ week: [Told]) throws {
        let allowed = try allowances()
        #expect(allowed.count == 10)
        for row in allowed {
            let rounds = week.filter { $0.job == row.job }
            #expect(rounds.contains { $0.screen == "phone" } && rounds.contains { $0.screen == "desk" }, "\(row.job)")
            #expect(rounds.contains { !$0.scripts } == row.withoutScripts, "\(row.job) without scripts")
        }
        for told in week {
            let name = "\(told.job), \(told.screen)\(told.scripts ? "" : ", without scripts")"
            #expect(told.failure == nil, "\(name): \(told.failure ?? "")")
            guard told.failure == nil else { continue }
            guard let row = allowed.first(where: { $0.job == told.job }), let counts = told.counts else {
                Issue.record("\(name) is not in docs/jobs.md, or was not counted")
                continue
            }
            for (label, (count, most)) in zip(["clicks", "key strokes", "fields", "requests"], zip(counts, row.most)) {
                #expect(count <= most, "\(name): \(label)")
            }
        }
    }

    private static func check(_ pages: [Seen]) {
        #expect(pages.count >= 40)
        for page in pages {
            let name = "\(page.page) of \(page.login.isEmpty ? "anybody" : page.login)"
            #expect(page.failure == nil, "\(name): \(page.failure ?? "")")
            guard page.failure == nil else { continue }
            #expect(page.bytes ?? .max < bytesOfPage, "\(name) with its scripts")
            #expect(page.wide == [], "\(name) scrolls sideways")
            #expect(page.small == [], "\(name): charts")
            #expect(page.findings == [], "\(name): axe")
        }
    }

    /// Two things are asked first, the result stands beside the form, and it is printed on one sheet.
    private static func check(_ leaflets: [Leaflet]) {
        let forms = leaflets.filter { $0.asked != nil }
        #expect(forms.count == 14 && leaflets.count - forms.count > 45)
        for form in forms { #expect(form.asked == 2, "\(form.page)") }
        for result in leaflets where result.asked == nil {
            #expect(result.beside == true && result.sheets == 1, "\(result.page): \(result.sheets ?? 0) sheets")
        }
    }

    private static func allowances() throws -> [Allowed] {
        let text = try String(contentsOf: Scene.repository.appendingPathComponent("docs/jobs.md"), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 8, cells[0].hasPrefix("`") else { return nil }
            let most = cells[3...6].compactMap { Int($0) }
            guard most.count == 4 else { return nil }
            return Allowed(
                job: cells[0].trimmingCharacters(in: ["`"]), most: most, withoutScripts: cells[7] == "yes")
        }
    }

    /// The demonstration prints it after its address.
    private static func password(of folder: String) async throws -> String {
        for _ in 0..<600 {
            let output = try String(contentsOfFile: folder + "/stdout", encoding: .utf8)
            // The line after it: the password is whole.
            if output.contains("quantri"), let found = output.firstMatch(of: /minh-hoa-[a-z]+/) {
                return String(found.output)
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Scene.Failure(description: "the demonstration told no password")
    }

    /// Runs a program of `Browser/` and reads a value of each line it prints.
    private static func lines<Line: Decodable & Sendable>(
        of script: String, _ arguments: [String], as type: Line.Type
    ) async throws -> [Line] {
        try await Scene.withFolder { home in
            let (status, output) = try await Executable.offPool {
                let process = Process()
                process.executableURL = programs.appendingPathComponent("python")
                process.arguments =
                    ["-B", Scene.repository.appendingPathComponent("Tests/AssemblyTests/Browser/\(script)").path]
                    + arguments
                process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": home]
                let pipe = Pipe()
                process.standardOutput = pipe
                try process.run()
                let data = pipe.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                return (process.terminationStatus, data)
            }
            #expect(status == 0, "\(script)")
            return try output.split(separator: UInt8(ascii: "\n")).map {
                try JSONDecoder().decode(Line.self, from: Data($0))
            }
        }
    }
}
