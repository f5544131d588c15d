import Crypto
import Foundation
import Kernel
import Synchronization
import Vault

// What is remembered between calls, each on its server: nothing that the database does not say as well.

/// Programs that called a moment ago, so that a call need not ask the database: at most two seconds old, and forgotten at once
/// on the server where one is changed.
final class KnownPrograms: Sendable {
    private struct Known {
        let program: Program
        let readAt: Timestamp
    }

    private static let seconds: Int64 = 2
    private let byKey = Mutex<[String: Known]>([:])

    func find(_ key: String, at now: Timestamp) -> Program? {
        byKey.withLock { known in
            guard let found = known[key], found.readAt <= now, now < found.readAt.adding(seconds: Self.seconds) else {
                return nil
            }
            return found.program
        }
    }

    func keep(_ program: Program, under key: String, at now: Timestamp) {
        byKey.withLock { known in
            if known.count > 1_000 { known.removeAll() }
            known[key] = Known(program: program, readAt: now)
        }
    }

    func forget() { byKey.withLock { $0.removeAll() } }
}

/// Tokens whose signature was checked: they are asked of again many times in their ten minutes.
final class TokenReader: Sendable {
    private struct State {
        /// Of which keys the reader is made.
        var ids: [String] = []
        var reader: ProgramTokens?
        var read: [Data: ProgramToken] = [:]
    }

    private let state = Mutex(State())

    /// - Throws: ``VaultError`` without a key.
    func tokens(_ keys: NumberKeys) async throws -> ProgramTokens {
        let ids = keys.ids
        if let made = state.withLock({ $0.ids == ids ? $0.reader : nil }) { return made }
        let made = try await ProgramTokens(keys)
        state.withLock { $0 = State(ids: ids, reader: made, read: [:]) }
        return made
    }

    func read(_ text: String, _ keys: NumberKeys, at now: Timestamp) async throws -> ProgramToken? {
        let mark = Data(SHA256.hash(data: Array(text.utf8)))
        let reader = try await tokens(keys)
        if let known = state.withLock({ $0.read[mark] }) { return known.expires > now.secondsSinceEpoch ? known : nil }
        guard let token = await reader.read(text, at: now.secondsSinceEpoch) else { return nil }
        state.withLock { state in
            if state.read.count > 2_000 { state.read.removeAll() }
            state.read[mark] = token
        }
        return token
    }
}

/// How often programs called, until it is written down: reading is not a write.
final class ProgramUse: Sendable {
    struct Line: Hashable, Sendable {
        let program: String
        let day: Day
        let operation: String
        let agreement: Int
        let purpose: String
    }

    struct Count: Sendable {
        var calls = 0
        var refused = 0
    }

    private static let seconds: Int64 = 5
    /// More purposes than these are counted as one: a program may write anything there.
    private static let mostLines = 500
    private let counts = Mutex<(since: Timestamp?, lines: [Line: Count])>((nil, [:]))

    /// - Returns: what is to be written down now: once in five seconds.
    func note(_ line: Line, isRefused: Bool, at now: Timestamp) -> [Line: Count] {
        counts.withLock { state in
            let line =
                state.lines.count < Self.mostLines || state.lines[line] != nil
                ? line
                : Line(
                    program: line.program, day: line.day, operation: line.operation, agreement: line.agreement,
                    purpose: "…")
            state.lines[line, default: Count()].calls += 1
            if isRefused { state.lines[line, default: Count()].refused += 1 }
            let since = state.since ?? now
            guard since.adding(seconds: Self.seconds) <= now else {
                state.since = since
                return [:]
            }
            let taken = state.lines
            state = (nil, [:])
            return taken
        }
    }

    func take() -> [Line: Count] {
        counts.withLock { state in
            defer { state = (nil, [:]) }
            return state.lines
        }
    }
}

/// Calls of each program in a minute.
final class ProgramPace: Sendable {
    private let state = Mutex<(minute: Int64, counts: [String: Int])>((0, [:]))

    /// - Returns: calls that are left in this minute, below 0 for one too many, and seconds until the next.
    func count(_ program: Program, at moment: Timestamp) -> (left: Int, resetSeconds: Int) {
        let minute = moment.secondsSinceEpoch / 60
        let count = state.withLock { state in
            if state.minute != minute { state = (minute, [:]) }
            let count = state.counts[program.id.text, default: 0] + 1
            state.counts[program.id.text] = count
            return count
        }
        return (program.perMinute - count, Int((minute + 1) * 60 - moment.secondsSinceEpoch))
    }
}

/// What was written down lately, so that the same is not written many times: refusals in a minute, answers of a day.
final class ToldOnce: Sendable {
    private let last = Mutex<[String: Int64]>([:])

    /// Whether it is the first of its stretch.
    /// - Parameter stretch: counts minutes, days: whatever begins anew.
    func isFirst(_ key: String, in stretch: Int64) -> Bool {
        last.withLock { last in
            if last[key] == stretch { return false }
            if last.count > 5_000 { last.removeAll() }
            last[key] = stretch
            return true
        }
    }
}

/// Whether a form was carried out, or only found to have been carried out before.
final class RanOnce: Sendable {
    private let flag = Mutex(false)

    var ran: Bool { flag.withLock { $0 } }

    func mark() { flag.withLock { $0 = true } }
}
