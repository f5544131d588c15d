import Access
import Database
import Kernel
import TestSupport
import Testing

/// What the audit trail tells of sign-ins that failed, and of leaving.
@Suite
struct RefusedSignInTests {
    static func refused(in world: AccessWorld) async throws -> [AuditEntry] {
        try await world.store.read { try AuditTrail.entries(before: nil, limit: 2_000, on: $0) }
            .filter { $0.action == "session.refused" }.reversed()
    }

    @Test(arguments: TestEngine.allCases)
    func `a failure is told with its address and its account, the tenth again, those between not`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let browser = try #require(try await world.signIn().browser)
            await world.fail(times: 10, address: "10.0.0.7", browser: browser)
            await world.fail(times: 1, address: "10.0.0.8")
            let entries = try await Self.refused(in: world)
            #expect(
                entries.map(\.detail) == ["sai mật khẩu", "sai mật khẩu, lần thứ 10 trong 15 phút", "sai mật khẩu"])
            #expect(entries.map(\.address) == ["10.0.0.7", "10.0.0.7", "10.0.0.8"])
            #expect(entries.allSatisfy { $0.subject == "account/lan.nguyen" && $0.actor == nil })
            world.clock.advance(seconds: 15 * 60)
            await world.fail(times: 1, address: "10.0.0.8")
            #expect(try await Self.refused(in: world).count == 4)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `names that no account has are one line for each address, and are not kept`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            for number in 0..<12 { await world.fail("bi-mat-\(number)", times: 1) }
            let entries = try await Self.refused(in: world)
            #expect(entries.count == 2)
            #expect(entries.allSatisfy { $0.detail.hasPrefix("tên đăng nhập không có trong hệ thống") })
            #expect(!entries.contains { "\($0.subject)\($0.detail)".contains("bi-mat") })
        }
    }

    @Test
    func `a flood from everywhere ends in one last line`() async throws {
        try await AccessWorld.with(.sqlite) { world in
            for number in 0..<320 {
                await world.fail("x\(number)", times: 1, address: "10.2.\(number / 200).\(number % 200)")
            }
            let entries = try await Self.refused(in: world)
            #expect(entries.count == 300)
            #expect(entries.last?.detail.contains("các lần sau không ghi riêng") == true)
            #expect(try await AuditTrail.verify(in: world.store).problems.isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a wrong code is told as such, and signing out as well`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let (secret, session) = try await SecondFactorTests.enrolled(in: world)
            try await world.service.signOut(token: session.token, address: "10.0.0.3")
            let out = try await world.store.read { try AuditTrail.entries(before: nil, limit: 1, on: $0) }
            #expect(out.map(\.action) == ["session.signed-out"] && out.map(\.address) == ["10.0.0.3"])
            let begun = try await world.signIn("chief")
            await expectRefusal(.invalid, field: "code") {
                try await SecondFactorTests.confirm(SecondFactorTests.wrongCode(secret, in: world), begun, in: world)
            }
            #expect(try await Self.refused(in: world).map(\.detail) == ["sai mã xác thực"])
        }
    }
}
