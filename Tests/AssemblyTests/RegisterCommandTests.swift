import Assembly
import Database
import Foundation
import Testing

/// The register from the command line, with Hải Phòng's plan and the formats of the repository.
@Suite
struct RegisterCommandTests {
    static func flags(_ folder: String) -> [String] { ["--database", folder + "/a.sqlite", "--plan", Scene.haiPhong] }

    private static let september = """
        STT,Họ và tên,Mã số BHXH,Ngày tháng năm sinh,Số CCCD,Xã
        1,Nguyễn Thị Hoa,3118500123,21/01/1985,031185001234,11413
        2,Trần Văn Bình,,1990,031090005678,11413
        3,,3118500999,1991,,11413

        """

    private static let october = """
        STT,Họ và tên,Mã số BHXH,Ngày tháng năm sinh,Số CCCD,Xã
        1,NGUYEN THI HOA,3118500123,1985,,11413
        2,Lê Văn Dũng,,1977,031077009999,11413

        """

    static func receive(
        _ text: String, _ period: String, in folder: String, _ more: [String] = []
    ) async throws -> Executable.Outcome {
        let path = folder + "/\(period).csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return try await Executable.run(
            [
                "receive", path, "--format", "d09-ts", "--sender", "bhxh-thanh-pho", "--period", period, "--json",
            ] + flags(folder) + more, in: folder)
    }

    static func records(in folder: String) async throws -> [[String]] {
        let outcome = try await Executable.run(
            ["register", "records", "--output", folder + "/r.csv"] + flags(folder), in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try String(contentsOfFile: folder + "/r.csv", encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: ",").map(String.init)
        }
    }

    @Test
    func `a list of another kind is refused by its name, and nothing of it is kept`() async throws {
        try await Scene.withFolder { folder in
            let city = try await Executable.run(
                [
                    "city", "--scale", "0.0005", "--seed", "3", "--output", folder + "/city", "--plan", Scene.haiPhong,
                    "--legislation", LawCommandTests.tables,
                ],
                in: folder)
            #expect(city.status == 0, "\(city.errors)")
            let list = folder + "/city/bhxh-thanh-pho/d09-ts-2026-09.xlsx"
            func receive(as format: String) async throws -> Executable.Outcome {
                try await Executable.run(
                    [
                        "receive", list, "--format", format, "--sender", "bhxh-thanh-pho", "--period", "2026-09",
                        "--json",
                    ]
                        + Self.flags(folder), in: folder)
            }
            let wrong = try await receive(as: "tk3-ts")
            #expect(wrong.status == 65 && wrong.errors.contains("d09-ts"), "\(wrong.errors)")
            #expect(try await Self.records(in: folder).count == 1, "the heading")
            let right = try await receive(as: "d09-ts").json([String: Any].self)
            #expect(right["state"] as? String == "in-force")
            let told = try await Executable.run(["register", "deliveries"] + Self.flags(folder), in: folder)
            #expect(told.output.contains("refused") && told.output.contains("in-force"), "\(told.output)")
        }
    }

    @Test
    func `lists are received, told of, linked over months and withdrawn`() async throws {
        try await Scene.withFolder { folder in
            let first = try await Self.receive(Self.september, "2026-09", in: folder)
            #expect(first.status == 0, "\(first.errors)")
            let answer = try first.json([String: Any].self)
            #expect(answer["rows"] as? Int == 3)
            #expect(answer["accepted"] as? Int == 2)
            #expect(answer["new"] as? Int == 2)
            #expect(answer["quarantined"] as? [String: Int] == ["missing": 1])
            #expect(answer["state"] as? String == "in-force")
            let again = try await Self.receive(Self.september, "2026-09", in: folder).json([String: Any].self)
            #expect(again["repeated"] as? Bool == true)
            #expect(again["delivery"] as? String == answer["delivery"] as? String)

            let before = try await Self.records(in: folder)
            #expect(before.count == 3)
            let second = try await Self.receive(Self.october, "2026-10", in: folder).json([String: Any].self)
            #expect(second["matched"] as? Int == 1)
            #expect(second["new"] as? Int == 1)
            let records = try await Self.records(in: folder)
            #expect(records.count == 5)
            #expect(records[3].last == records[1].last, "one person over both months")

            let returned = try await Executable.run(
                ["register", "returned", "1", "--json"] + Self.flags(folder), in: folder)
            #expect(try returned.json([[String: Any]].self).map { $0["row"] as? Int } == [4])
            let gone = try await Executable.run(
                ["register", "withdraw", "2", "--reason", "Gửi nhầm tháng", "--json"] + Self.flags(folder), in: folder)
            #expect(gone.status == 0, "\(gone.errors)")
            #expect(try gone.json([String: Any].self)["state"] as? String == "withdrawn")
            #expect(try await Self.records(in: folder) == before)
        }
    }

    @Test
    func `the keys are named, missed and turned, and nothing else breaks without them`() async throws {
        try await Scene.withFolder { folder in
            let keys = folder + "/a.sqlite.numbers.keys"
            _ = try await Self.receive(Self.september, "2026-09", in: folder)
            let mode = try FileManager.default.attributesOfItem(atPath: keys)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let before = try await DoctorTests.examine(["database": folder + "/a.sqlite", "plan": Scene.haiPhong])
            #expect(try DoctorTests.finding("register-keys", in: before).severity == .ok)
            let turned = try await Executable.run(
                ["register", "key", "rotate", "--json"] + Self.flags(folder), in: folder)
            #expect(turned.status == 0, "\(turned.errors)")
            let key = try #require(try turned.json([String: Any].self)["key"] as? String)
            #expect(try DoctorTests.finding("register-keys", in: before).message.contains(key) == false)
            let after = try await Self.receive(Self.october, "2026-10", in: folder).json([String: Any].self)
            #expect(after["matched"] as? Int == 1)

            try FileManager.default.moveItem(atPath: keys, toPath: folder + "/away")
            let closed = try await Self.receive(Self.september, "2026-08", in: folder)
            #expect(closed.status == 1)
            #expect(closed.errors.contains(key))
            #expect(!FileManager.default.fileExists(atPath: keys), "no other key is made in silence")
            let report = try await DoctorTests.examine(["database": folder + "/a.sqlite", "plan": Scene.haiPhong])
            let finding = try DoctorTests.finding("register-keys", in: report)
            #expect(finding.severity == .fault && finding.message.contains(key))
            #expect(try await Self.records(in: folder).count == 5)
        }
    }

    @Test
    func `what cannot be read by the format is refused with a remedy`() async throws {
        try await Scene.withFolder { folder in
            let outcome = try await Self.receive("một,hai\n1,2\n", "2026-09", in: folder)
            #expect(outcome.status == 65)
            #expect(!outcome.errors.isEmpty)
            let unknown = try await Executable.run(
                [
                    "receive", folder + "/2026-09.csv", "--format", "d09-tss", "--sender", "bhxh-thanh-pho", "--period",
                    "2026-09",
                ] + Self.flags(folder), in: folder)
            #expect(unknown.status == 65)
            #expect(unknown.errors.contains("d09-ts"))
        }
    }
}
