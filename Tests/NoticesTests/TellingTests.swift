import Access
import Database
import Kernel
import Notices
import TestSupport
import Testing

/// What is told, to whom, how often, and when it is over.
@Suite
struct TellingTests {
    @Test(arguments: TestEngine.allCases)
    func `the same fact makes one notice, whichever server tells it and however often`(engine: TestEngine) async throws
    {
        try await NoticesWorld.with(engine, servers: 2) { world in
            let notice = try world.returned("I.1")
            async let left = world.post(notice, server: 0)
            async let right = world.post(notice, server: 1)
            let told = try await left + right
            #expect(told == 1)
            #expect(try await world.post(notice, notice) == 0)
            #expect(try await world.post(try world.returned("I.2"), notice) == 1)
            #expect(try await world.unread(world.officer) == ["Việc I.2 bị trả lại", "Việc I.1 bị trả lại"])
            #expect(try await world.count("SELECT COUNT(*) FROM notice") == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `each addressee sees it, nobody else does, and who did it is not told`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            try await world.post(
                try world.returned("I.1", author: world.colleague),
                try world.returned("I.2", to: [.everybody(holding: .decide)]),
                try world.returned("I.3", to: [.account(world.neighbour.id)]),
                try world.returned("I.4", to: [.everybody(holding: .keep), .account(world.head.id)]))
            // A group head works for the same commune, without the right that the page needs.
            let seen: [(Account, [String])] = [
                (world.officer, ["I.1"]), (world.colleague, []), (world.neighbour, ["I.3"]), (world.head, ["I.4"]),
                (world.analyst, ["I.2"]), (world.administrator, ["I.4"]),
            ]
            for (account, keys) in seen {
                #expect(try await world.unread(account) == keys.map { "Việc \($0) bị trả lại" }, "\(account.login)")
                #expect(try await world.service.unread(for: world.viewer(account)) == keys.count)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `somebody else's notice can be neither opened nor marked`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            try await world.post(try world.returned("I.1"))
            let notice = try #require(
                try await world.service.notices(unreadOnly: true, for: world.viewer(world.officer)).first)
            for account in [world.neighbour, world.head, world.analyst, world.administrator] {
                let viewer = world.viewer(account)
                await expectRefusal(.notFound) { try await world.service.open(notice.id, by: viewer) }
                await expectRefusal(.notFound) { try await world.service.markRead(notice.id, by: viewer) }
                try await world.service.markAllRead(by: viewer)
                try await world.service.see(Subject(.thing, "I.1"), by: viewer)
            }
            #expect(try await world.count("SELECT COUNT(*) FROM notice_reader") == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a fact that is gone disappears, and one that is back is told as new`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            let notice = try world.returned("I.1")
            try await world.post(notice, try world.returned("I.2"))
            let viewer = world.viewer(world.officer)
            try await world.service.markAllRead(by: viewer)
            let now = world.clock.now
            try await world.store.write { connection in
                try NoticeBoard.resolve([.returned], about: [notice.subject], at: now, on: connection)
                // Another kind about the same thing stays.
                try NoticeBoard.resolve([.accepted], about: [Subject(.thing, "I.2")], at: now, on: connection)
            }
            #expect(
                try await world.service.notices(unreadOnly: false, for: viewer).map(\.title) == ["Việc I.2 bị trả lại"])
            let open = try await world.store.read { try NoticeBoard.openKeys(of: .returned, on: $0) }
            #expect(open == ["I.2"])
            #expect(try await world.post(notice) == 1)
            #expect(try await world.unread(world.officer) == ["Việc I.1 bị trả lại"])
            #expect(try await world.count("SELECT COUNT(*) FROM notice") == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what has a last day is gone after it`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            try await world.post(try world.returned("I.1", until: Day.known(2027, 3, 3)))
            world.clock.set(Timestamp(day: Day.known(2027, 3, 3), hour: 23))
            #expect(try await world.unread(world.officer).count == 1)
            world.clock.set(Timestamp(day: Day.known(2027, 3, 4)))
            #expect(try await world.unread(world.officer).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `reading is each person's own, and what came after the page stays unread`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            try await world.post(try world.returned("I.1"), try world.returned("I.2"))
            let (viewer, seen) = (world.viewer(world.officer), world.clock.now)
            let second = try #require(try await world.service.notices(unreadOnly: true, for: viewer).first)
            #expect(try await world.service.open(second.id, by: viewer).subject == Subject(.thing, "I.2"))
            #expect(try await world.unread(world.officer) == ["Việc I.1 bị trả lại"])
            world.clock.advance(seconds: 5)
            try await world.post(try world.returned("I.3"))
            try await world.service.markAllRead(until: seen, by: viewer)
            #expect(try await world.unread(world.officer) == ["Việc I.3 bị trả lại"])
            #expect(try await world.unread(world.colleague).count == 3)
            let all = try await world.service.notices(unreadOnly: false, for: viewer)
            #expect(all.map(\.isRead) == [false, true, true])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `who opens a thing's own page has read what was told of it`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            try await world.post(try world.returned("I.1"), try world.returned("I.2"))
            try await world.service.see(Subject(.thing, "I.1"), by: world.viewer(world.officer))
            #expect(try await world.unread(world.officer) == ["Việc I.2 bị trả lại"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `of what is unread the most urgent stands first`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            let commune = try #require(NoticesWorld.commune)
            for (kind, key) in [(NoticeKind.returned, "gấp"), (.accepted, "nhẹ"), (.lateThing, "thường")] {
                try await world.post(Notice(kind, key: key, to: [commune], about: Subject(.thing, key), key))
                world.clock.advance(seconds: 60)
            }
            let viewer = world.viewer(world.officer)
            #expect(try await world.unread(world.officer) == ["gấp", "thường", "nhẹ"])
            let all = try await world.service.notices(unreadOnly: false, for: viewer)
            #expect(all.map(\.title) == ["thường", "nhẹ", "gấp"])
            let second = try await world.service.notices(unreadOnly: false, for: viewer, skipping: 1, limit: 1)
            #expect(second.map(\.title) == ["nhẹ"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `telling, ending and reading move the revision that counters are kept by`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            func revision() async throws -> Int {
                try await world.count("SELECT COALESCE(MAX(number), 0) FROM subject_revision WHERE kind = 'notice'")
            }
            let notice = try world.returned("I.1")
            try await world.post(notice)
            #expect(try await revision() == 1)
            try await world.post(notice)
            #expect(try await revision() == 1)
            try await world.service.markAllRead(by: world.viewer(world.officer))
            #expect(try await revision() == 2)
            try await world.service.markAllRead(by: world.viewer(world.officer))
            #expect(try await revision() == 2)
            let now = world.clock.now
            try await world.store.write {
                try NoticeBoard.resolve(.returned, keys: ["I.1"], at: now, on: $0)
            }
            #expect(try await revision() == 3)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `more facts than fit one question are told and ended alike`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            let notices = try (1...450).map { try world.returned("\($0)") }
            let now = world.clock.now
            for expected in [450, 0] {
                let told = try await world.store.write { try NoticeBoard.post(notices, at: now, on: $0) }
                #expect(told == expected)
            }
            try await world.store.write { connection in
                try NoticeBoard.resolve([.returned], about: notices.dropFirst().map(\.subject), at: now, on: connection)
            }
            #expect(try await world.unread(world.officer) == ["Việc 1 bị trả lại"])
        }
    }
}
