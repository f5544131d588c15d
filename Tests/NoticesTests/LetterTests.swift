import Access
import Database
import Kernel
import Notices
import TestSupport
import Testing

/// Notices in letters: what stands in them, how many there are, who reads them.
@Suite
struct LetterTests {
    @Test(arguments: TestEngine.allCases)
    func `a letter tells each notice once, and at most three letters a day are written`(engine: TestEngine) async throws
    {
        try await NoticesWorld.with(engine) { world in
            let viewer = world.viewer(world.officer)
            #expect(try await world.write(to: world.officer) == false)
            for number in 1...4 {
                try await world.post(try world.returned("I.\(number)"))
                #expect(try await world.write(to: world.officer) == (number < 4))
                #expect(try await world.write(to: world.officer) == false)
            }
            let letters = try await world.service.outbox.letters(for: viewer)
            #expect(letters.count == Outbox.mostADay)
            #expect(letters.first?.body.contains("- Việc I.3 bị trả lại. Thiếu số liệu.") == true)
            #expect(letters.first?.subject == "Bao Phủ: 1 thông báo mới")
            #expect(letters.allSatisfy { $0.recipient == "lan@example.vn" })
            // What had no room waits for the next day.
            world.clock.advance(seconds: 86_400)
            #expect(try await world.write(to: world.officer))
            #expect(try await world.service.outbox.letters(for: viewer).first?.body.contains("I.4") == true)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a later round writes only where something presses, and then tells the rest too`(engine: TestEngine)
        async throws
    {
        try await NoticesWorld.with(engine) { world in
            let commune = try #require(NoticesWorld.commune)
            try await world.post(
                Notice(.accepted, key: "I.1", to: [commune], about: Subject(.thing, "I.1"), "Việc I.1 được chấp nhận"))
            #expect(try await world.write(to: world.officer, urgentOnly: true) == false)
            try await world.post(try world.returned("I.2"))
            #expect(try await world.write(to: world.officer, urgentOnly: true))
            let body = try #require(
                try await world.service.outbox.letters(for: world.viewer(world.officer)).first?.body)
            #expect(body.contains("I.1") && body.contains("I.2"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is read, of a kind never written of, or switched off stands in no letter`(engine: TestEngine)
        async throws
    {
        try await NoticesWorld.with(engine) { world in
            let commune = try #require(NoticesWorld.commune)
            let viewer = world.viewer(world.officer)
            try await world.post(
                Notice(.lateThing, key: "I.1", to: [commune], about: Subject(.thing, "I.1"), "Việc I.1 quá hạn"))
            #expect(try await world.write(to: world.officer) == false)

            try await world.post(try world.returned("I.2"))
            try await world.service.markAllRead(by: viewer)
            #expect(try await world.write(to: world.officer) == false)

            let names = try await world.service.letterChoices(of: viewer).map(\.kind.name)
            #expect(names.contains("tests.returned") && !names.contains("tests.late"))
            #expect(!names.contains("account.changed"), "what concerns the account's safety is not switched off")
            try await world.service.chooseLetters(Set(names).subtracting(["tests.returned"]), by: viewer)
            #expect(try await world.service.letterChoices(of: viewer).first { $0.kind == .returned }?.wanted == false)
            try await world.post(try world.returned("I.3"))
            #expect(try await world.write(to: world.officer) == false)
            #expect(try await world.write(to: world.colleague), "the choice is each person's own")

            try await world.service.chooseLetters(Set(names), by: viewer)
            #expect(try await world.write(to: world.officer))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `who keeps the outbox reads everybody's letters without what is their own`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            try await world.post(
                try world.returned("I.1"), try world.returned("riêng", to: [.account(world.officer.id)]))
            #expect(try await world.write(to: world.officer))
            let own = try #require(
                try await world.service.outbox.letters(for: world.viewer(world.officer)).first)
            #expect(own.body.contains("Việc riêng") && own.body.contains("Việc I.1"))
            #expect(own.subject == "Bao Phủ: 1 thông báo mới, 1 thông báo riêng")
            for keeper in [world.analyst, world.administrator] {
                let letter = try #require(
                    try await world.service.outbox.letters(for: world.viewer(keeper)).first)
                #expect(letter.body.contains("Việc I.1") && !letter.body.contains("Việc riêng"))
                #expect(letter.body.contains("(1 thông báo riêng: chỉ người nhận đọc được.)"))
            }
            #expect(try await world.service.outbox.letters(for: world.viewer(world.neighbour)).isEmpty)
            #expect(
                try await world.service.outbox.lettersToSend().first?.body == own.body, "the letter itself is whole")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a letter is sent once, and given up after five tries`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            let outbox = world.service.outbox
            try await world.post(try world.returned("I.1"))
            try await world.write(to: world.officer)
            try await world.write(to: world.colleague)
            let waiting = try await outbox.lettersToSend()
            #expect(waiting.map(\.recipient) == ["lan@example.vn"], "who has no address reads the screen")
            let letter = try #require(waiting.first)
            for attempt in 1...5 {
                #expect(try await outbox.lettersToSend().map(\.id) == [letter.id])
                try await outbox.noteSending(of: letter.id, problem: "đầy \(attempt)")
            }
            #expect(try await outbox.lettersToSend().isEmpty)
            let kept = try #require(try await outbox.letters(for: world.viewer(world.officer)).first)
            #expect(kept.problem == "đầy 5" && kept.sentAt == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a letter lists twenty notices and counts the others`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            let notices = try (1...23).map { try world.returned("\($0)") }
            let now = world.clock.now
            try await world.store.write { connection in _ = try NoticeBoard.post(notices, at: now, on: connection) }
            try await world.write(to: world.officer)
            let body = try #require(
                try await world.service.outbox.letters(for: world.viewer(world.officer)).first?.body)
            #expect(body.split(separator: "\n").count { $0.hasPrefix("- ") } == 20)
            #expect(body.contains("và 3 thông báo khác"))
        }
    }
}
