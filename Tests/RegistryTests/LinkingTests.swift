import Database
import Formats
import Kernel
import Registry
import TestSupport
import Testing

/// Whom a record belongs to.
@Suite
struct LinkingTests {
    @Test(arguments: TestEngine.allCases)
    func `equal numbers and agreeing names are one person, whatever the list and the spelling`(engine: TestEngine)
        async throws
    {
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(
                1,
                [
                    person("Nguyễn Thị Hoa", id: "031185001234", code: "3118500123"),
                    person("Trần Văn Bình", id: "031090005678"),
                ])
            let outcome = try await world.deliver(
                2,
                [
                    person("NGUYEN THI HOA", id: "031185001234", kind: .resident),
                    person("Nguyễn Hoa", code: "3118500123", kind: .stopped),
                    person("Lê Văn Dũng", id: "031077009999"),
                ])
            #expect(outcome == KeepRecords.Outcome(matched: 2, new: 1))
            #expect(
                try await world.members() == [
                    "1.0 1 participant 1.0", "1.1 1 participant 1.1", "2.0 1 resident 1.0", "2.1 1 stopped 1.0",
                    "2.2 1 participant 2.2",
                ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a parent's number at a child, twins and two without numbers stay apart`(engine: TestEngine) async throws {
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(
                1,
                [
                    person("Phạm Thị Lan", id: "031185001234"), person("Phạm Minh Khôi", id: "031185001234"),
                    person("Đỗ Gia Bảo", id: "031215000001"), person("Đỗ Gia Huy", id: "031215000002"),
                    person("Vũ Văn An"), person("Vũ Văn An"),
                    person("Bùi Thị Mai", phone: "0912345678"), person("Bùi Thị Mai", phone: "0912345678"),
                ])
            #expect(try await world.members().map { $0.split(separator: " ")[3] } == (0..<8).map { "1.\($0)" })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a record that has both numbers proves two persons one, in one chunk or in several`(engine: TestEngine)
        async throws
    {
        try await RegistryWorld.with(engine) { world in
            let rows = try [
                person("Hoàng Văn Sơn", id: "031070000001"), person("Hoàng Văn Sơn", old: "030123456"),
                person("Hoàng Văn Sơn", id: "031070000001", old: "030123456"),
                person("Hoàng Văn Sơn", old: "030123456"),
            ]
            try await world.deliver(1, rows)
            try await world.deliver(2, rows, chunk: 1)
            #expect(try await world.members().allSatisfy { $0.hasSuffix(" 1.0") })
            // A stranger of the same number does not follow them.
            try await world.deliver(3, [person("Lại Thị Thu", id: "031070000001")])
            #expect(try await world.members().last == "3.0 1 participant 3.0")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `persons that a later delivery proves one are joined with their history`(engine: TestEngine) async throws {
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(1, [person("Hoàng Văn Sơn", id: "031070000001")])
            try await world.deliver(2, [person("Hoàng Văn Sơn", old: "030123456")])
            let outcome = try await world.deliver(
                3, [person("Hoàng Văn Sơn", id: "031070000001", old: "030123456")])
            #expect(outcome == KeepRecords.Outcome(matched: 1, new: 0, merged: 1))
            let second = EntityID(first: RecordPlace(delivery: 2, ordinal: 0))
            let changes = try await world.store.read { try EntityChange.all(of: second, on: $0) }
            #expect(changes.map(\.kind) == [.merged])
            #expect(changes.map(\.delivery) == [3])
            try await world.takeOut(3)
            let after = try await world.store.read { try EntityChange.all(of: second, on: $0) }
            #expect(after.map(\.kind) == [.merged, .parted])
            #expect(
                try await world.members() == ["1.0 1 participant 1.0", "2.0 1 participant 2.0"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `employers are told by tax code or unit code, branches apart, whatever their names`(engine: TestEngine)
        async throws
    {
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(
                1,
                [
                    employer("Công ty TNHH Sao Mai", tax: "0200112233", unit: "HP0012A"),
                    employer("Cty Sao Mai", tax: "0200112233"), employer("Sao Mai mới", unit: "hp0012a"),
                    employer("Chi nhánh Sao Mai", tax: "0200112233-001"),
                ])
            #expect(
                try await world.members().map { $0.split(separator: " ")[3] } == ["1.0", "1.0", "1.0", "1.3"])
        }
    }

    @Test(arguments: [
        ("nguyen thi hoa", "nguyen thi hoa", true), ("nguyen thi hoa", "nguyen hoa", true),
        ("nguyen thi hoa", "hoa nguyen thi", true), ("nguyen thi hoa", "nguyen thj hoa", true),
        ("nguyen thi hoa", "nguyen thi lan", false), ("pham minh khoi", "pham thi lan", false),
        ("nguyen thi thu hoa", "nguyen thu thi hoa", true), ("nguyen thi hoa", "thi hoa", false),
        ("le an", "le binh", false),
        ("nguyen thi hoa", "", false), ("", "", true),
    ])
    func `names differ as far as writing differs`(left: String, right: String, agree: Bool) {
        #expect(NameAgreement.agree(left, right) == agree)
        #expect(NameAgreement.agree(right, left) == agree)
    }
}
