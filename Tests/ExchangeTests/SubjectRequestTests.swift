import Access
import Database
import Exchange
import Foundation
import Kernel
import Legislation
import TestSupport
import Testing

/// What persons ask about their data, and the clocks of the law.
@Suite
struct SubjectRequestTests {
    private static func keeper() throws -> Submission {
        try ExchangePeople.officer(
            of: "bhxh-thanh-pho", named: "Cán bộ BHXH", rights: [.keepSubjectRequests], role: .insuranceProvince)
    }

    private static func draft(_ kind: SubjectRequest.Kind, through: Bool = false) -> SubjectRequestDraft {
        SubjectRequestDraft(
            kind: kind.rawValue,
            person: .init(name: "Nguyễn Thị Hoa", number: "031185001234", contact: "0912345678"),
            about: "Đề nghị xem dữ liệu đang lưu", receivedOn: "01/10/2026", throughOthers: through)
    }

    @Test(arguments: TestEngine.allCases)
    func `who asks stands sealed, looking is audited, and each step is taken once`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (exchange, keeper) = (world.exchange(), try Self.keeper())
            let people = try ExchangePeople.Four()
            await ExchangePeople.refused(.forbidden) {
                _ = try await exchange.receive(Self.draft(.view), by: people.tax)
            }
            _ = try await exchange.receive(Self.draft(.restrict), by: keeper)
            let everything = try await world.everything()
            for secret in ["Nguyễn Thị Hoa", "031185001234", "0912345678"] {
                #expect(!everything.contains(secret), "\(secret)")
            }
            await ExchangePeople.refused(.forbidden) {
                _ = try await exchange.subjectRequest(1, by: people.inspector)
            }
            let (request, person, _) = try await exchange.subjectRequest(1, by: keeper)
            #expect(person.number == "031185001234" && request.state == .received)
            await ExchangePeople.refused(.stale) {
                try await exchange.settle(1, as: .extended, words: "Cần thêm thời gian", by: keeper)
            }
            try await exchange.settle(1, as: .acknowledged, words: "", by: keeper)
            try await exchange.settle(1, as: .extended, words: "Cần thêm thời gian", by: keeper)
            await ExchangePeople.refused(.stale, "gia hạn một lần") {
                try await exchange.settle(1, as: .extended, words: "Lần nữa", by: keeper)
            }
            await ExchangePeople.refused(.invalid) {
                try await exchange.settle(1, as: .answered, words: "", by: keeper)
            }
            try await exchange.settle(1, as: .answered, words: "Đã hạn chế xử lý", by: keeper)
            let (_, _, events) = try await exchange.subjectRequest(1, by: keeper)
            #expect(events.map(\.state) == [.received, .acknowledged, .extended, .answered])
            let opened = try await world.store.read {
                try $0.integer("SELECT COUNT(*) FROM audit_entry WHERE action = 'subject-request.opened'")
            }
            #expect(opened == 2)
        }
    }

    @Test
    func `the days are those of the law's parameters on the day of receipt`() async throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("legislation")
        let table = try ParameterTable(folder: folder)
        func clocks(_ kind: SubjectRequest.Kind, through: Bool = false) async throws -> [String] {
            try await ExchangeWorld.with(.sqlite) { world in
                let keeper = try Self.keeper()
                _ = try await world.exchange().receive(Self.draft(kind, through: through), by: keeper)
                let (request, _, _) = try await world.exchange().subjectRequest(1, by: keeper)
                let clocks = SubjectRequestClocks(request) { name, from in
                    var trace = Trace()
                    return try? ClockReading(.init(clock: name, from: from), table, trace: &trace)
                }
                return [clocks.acknowledgeBy, clocks.answerBy, clocks.answerByExtended].map { $0?.description ?? "–" }
            }
        }
        // October 1, 2026 is a Thursday: two working days are Friday and Monday.
        let view = try await clocks(.view)
        #expect(view[0] == "2026-10-05" && view[2] == "–")
        #expect(try #require(Day("2026-10-01")).days(to: try #require(Day(view[1]))) >= 10)
        let restrict = try await clocks(.restrict)
        #expect(restrict[1] == "2026-10-16")
        #expect(try #require(Day("2026-10-16")).days(to: try #require(Day(restrict[2]))) >= 15)
        let through = try await clocks(.object, through: true)
        #expect(through[1] == "2026-10-21" && through[2] == "–")
        #expect(try await clocks(.delete)[1] == "2026-10-21")
    }
}
