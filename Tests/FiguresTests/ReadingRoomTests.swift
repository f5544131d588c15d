import Files
import Foundation
import Kernel
import Synchronization
import Testing

@testable import Figures

/// Large files are read one at a time, and who waits can see it.
@Suite
struct ReadingRoomTests {
    static let large = ReadingRoom.lightBytes + 1

    static func key(_ name: String) -> ReadingKey {
        ReadingKey(sha256: name, fileName: name, month: nil, today: HaiPhong.today, knownMonths: [])
    }

    /// A reading that begins by telling so and ends when it is let.
    final class Doors: Sendable {
        let begun = Mutex<[String]>([])
        private let open = Mutex<Set<String>>([])

        func admit(_ name: String) { open.withLock { _ = $0.insert(name) } }

        func read(_ name: String) -> ReadingRoom.Read {
            {
                self.begun.withLock { $0.append(name) }
                while !self.open.withLock({ $0.contains(name) }) { try await Task.sleep(for: .milliseconds(2)) }
                return FigureReader.ReadRows()
            }
        }
    }

    private static func ahead(_ answer: ReadingRoom.Answer) -> Int? {
        if case .waiting(let ahead) = answer { ahead } else { nil }
    }

    @Test
    func `large files are read one after the other, and each sees how many are before it`() async throws {
        let (room, doors) = (ReadingRoom(), Doors())
        func ask(_ name: String, _ patience: Duration? = .milliseconds(20)) async throws -> Int? {
            Self.ahead(
                try await room.rows(Self.key(name), bytes: Self.large, patience: patience, read: doors.read(name)))
        }
        #expect(try await ask("a") == 0)
        #expect(try await ask("b") == 1)
        #expect(try await ask("c") == 2)
        #expect(try await ask("b") == 1, "asked for again, it keeps its place")
        #expect(doors.begun.withLock { $0 } == ["a"])
        doors.admit("a")
        doors.admit("b")
        #expect(try await ask("b", nil) == nil)
        #expect(try await ask("c") == 0)
        doors.admit("c")
        #expect(try await ask("c", nil) == nil)
        #expect(doors.begun.withLock { $0 } == ["a", "b", "c"])
    }

    @Test
    func `small files wait for nobody`() async throws {
        let (room, doors) = (ReadingRoom(), Doors())
        let answer = try await room.rows(
            Self.key("a"), bytes: Self.large, patience: .milliseconds(5), read: doors.read("a"))
        #expect(Self.ahead(answer) == 0)
        doors.admit("nhỏ")
        let small = try await room.rows(Self.key("nhỏ"), bytes: 10, patience: .zero, read: doors.read("nhỏ"))
        #expect(Self.ahead(small) == nil)
        doors.admit("a")
    }

    @Test
    func `a reading that fails says so to everybody who waits, and the next file is read`() async throws {
        struct Failed: Error {}
        let room = ReadingRoom()
        await withTaskGroup(of: Bool.self) { group in
            for _ in 1...3 {
                group.addTask {
                    do {
                        _ = try await room.rows(Self.key("a"), bytes: Self.large, patience: nil) {
                            try await Task.sleep(for: .milliseconds(30))
                            throw Failed()
                        }
                        return false
                    } catch {
                        return error is Failed
                    }
                }
            }
            for await failed in group { #expect(failed) }
        }
        let next = try await room.rows(Self.key("b"), bytes: Self.large, patience: nil) { FigureReader.ReadRows() }
        #expect(Self.ahead(next) == nil)
    }

    @Test
    func `a large file is read once for all who look at it`() async throws {
        let parent = NSTemporaryDirectory() + "room-\(UUID())"
        let scratch = ScratchFolder(under: parent)
        defer { try? FileManager.default.removeItem(atPath: parent) }
        let (room, doors) = (ReadingRoom(scratch: scratch), Doors())
        doors.admit("a")
        for _ in 1...6 {
            _ = try await room.rows(Self.key("a"), bytes: Self.large, patience: nil, read: doors.read("a"))
        }
        #expect(doors.begun.withLock { $0 } == ["a"])
    }

    @Test
    func `work on what was read of large files is done one at a time`() async throws {
        let room = ReadingRoom()
        let present = Present()
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...5 {
                group.addTask {
                    await room.alone {
                        present.enter()
                        try? await Task.sleep(for: .milliseconds(5))
                        present.leave()
                    }
                }
            }
        }
        #expect(present.most == 1)
    }

    /// How many are in at once.
    final class Present: Sendable {
        private let state = Mutex((now: 0, most: 0))

        var most: Int { state.withLock(\.most) }

        func enter() {
            state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
        }

        func leave() { state.withLock { $0.now -= 1 } }
    }
}
