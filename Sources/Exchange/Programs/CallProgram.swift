public import Access
import Database
import Foundation
public import Kernel
import Vault

// Who calls, and what for.
extension ProgramService {
    /// By key (`bp_…`) or token. Counts the call.
    /// - Throws: ``UnknownProgram``, ``TooManyCalls``
    public func caller(bearer: String, from address: String) async throws -> ProgramCaller {
        let now = clock.now
        if bearer.hasPrefix(Self.keyPrefix) {
            guard let program = try await program(key: bearer) else { throw UnknownProgram() }
            return try await admit(program, program.scopes, nil, nil, from: address)
        }
        guard let keys = exchange.keys, !keys.ids.isEmpty,
            let token = try await tokens.read(bearer, keys, at: now),
            let program = try await program(id: token.subject), token.keyMark == program.keyMark
        else { throw UnknownProgram() }
        let scopes = Set(token.scope.split(separator: " ").compactMap { ProgramScope(rawValue: String($0)) })
        return try await admit(
            program, scopes.intersection(program.scopes), token.agreement, token.purpose, from: address)
    }

    private func admit(
        _ program: Program, _ scopes: Set<ProgramScope>, _ agreement: Int?, _ purpose: String?, from address: String
    ) async throws -> ProgramCaller {
        let pace = pace.count(program, at: clock.now)
        let caller = ProgramCaller(
            program: program, scopes: scopes, agreement: agreement, purpose: purpose, address: address,
            left: max(0, pace.left), resetSeconds: pace.resetSeconds)
        guard pace.left >= 0 else { throw TooManyCalls(caller: caller) }
        if let obstruction = program.obstruction(on: clock.today) {
            try await refused(caller, "gọi khi \(obstruction)")
            throw UnknownProgram()
        }
        return caller
    }

    /// A token for a key (client credentials): the program's identifier and its key.
    /// - Parameters:
    ///   - scope: words of ``ProgramScope``; all of the program's when empty.
    ///   - agreement: the only one the token is good for, where it is given.
    ///   - purpose: what its calls are for, where they do not say it themselves.
    /// - Throws: ``UnknownProgram``, ``TooManyCalls``, a refusal of what the program may not ask.
    public func token(
        client: String, secret: String, scope: String, agreement: Int? = nil, purpose: String? = nil,
        from address: String
    ) async throws -> (token: IssuedToken, caller: ProgramCaller) {
        guard let program = try await program(key: secret), program.id.text == client else { throw UnknownProgram() }
        let caller = try await admit(program, program.scopes, nil, nil, from: address)
        let scopes = try scope.split(separator: " ").map { word in
            guard let scope = ProgramScope(rawValue: String(word)), program.scopes.contains(scope) else {
                throw Refusal(.invalid, "Chương trình không có phạm vi “\(word.prefix(40))”.")
            }
            return scope
        }
        if let agreement {
            guard program.agreements.contains(agreement) else {
                throw Refusal(.invalid, "Chương trình không được dùng thỏa thuận số \(agreement).")
            }
        }
        if purpose != nil { _ = try ProgramErrand(agreement: agreement ?? 1, purpose: purpose) }
        guard let keys = exchange.keys, !keys.ids.isEmpty else {
            throw Refusal(.notNow, "Máy chủ chưa có khóa số định danh nên chưa cấp được token.")
        }
        let granted = Set(scopes.isEmpty ? Array(program.scopes) : scopes).sorted().map(\.rawValue)
            .joined(separator: " ")
        let text = try await tokens.tokens(keys).make(
            ProgramToken(
                subject: program.id.text, keyMark: program.keyMark, scope: granted, agreement: agreement,
                purpose: purpose, expires: clock.now.secondsSinceEpoch + Int64(Self.tokenSeconds)))
        return (IssuedToken(token: text, seconds: Self.tokenSeconds, scope: granted), caller)
    }

    private func program(key: String) async throws -> Program? {
        let hash = SecretToken.hash(key)
        if let found = known.find("key \(hash)", at: clock.now) { return found }
        guard let program = try await store.read({ try Programs.find(hash: hash, on: $0) }) else { return nil }
        known.keep(program, under: "key \(hash)", at: clock.now)
        return program
    }

    private func program(id: String) async throws -> Program? {
        guard let id = RecordID(id) else { return nil }
        if let found = known.find(id.text, at: clock.now) { return found }
        guard let program = try await store.read({ try Programs.find(id, on: $0) }) else { return nil }
        known.keep(program, under: id.text, at: clock.now)
        return program
    }

    // MARK: What for

    /// What a call may do under its agreement; counts it.
    ///
    /// Lists are taken and numbers given while the agreement is in force. What became of a list its sides may ask afterwards as
    /// well: receipts, and that rows were destroyed.
    /// - Parameter operation: English words, stable over time: `upload.begin`.
    /// - Throws: a refusal, audited: the agreement is none of the program's, not in force, or does not allow this side what it
    ///   asks.
    func permit(
        _ caller: ProgramCaller, _ scope: ProgramScope, _ errand: ProgramErrand, _ operation: String
    ) async throws -> Agreement {
        let today = clock.today
        let found = try await store.read { try Agreements.find(errand.agreement, on: $0) }
        let problem: String? =
            if !caller.scopes.contains(scope) {
                "Khóa hoặc token không có phạm vi “\(scope.rawValue)” (\(scope.words))."
            } else if let found, caller.program.agreements.contains(errand.agreement) {
                Self.problem(found, scope, caller.program.unit, on: today)
            } else {
                "Chương trình không được dùng thỏa thuận số \(errand.agreement)."
            }
        try await count(caller, operation, errand, isRefused: problem != nil)
        if let problem {
            try await refused(caller, "\(operation), thỏa thuận \(errand.agreement), \(errand.purpose): \(problem)")
            throw Refusal(.forbidden, problem)
        }
        guard let found else { throw Refusal(.forbidden, "Không có thỏa thuận này.") }
        return found
    }

    private static func problem(
        _ agreement: Agreement, _ scope: ProgramScope, _ unit: UnitCode, on today: Day
    ) -> String? {
        if scope == .deliver, !agreement.covers(unit) {
            return "Đơn vị của chương trình không phải bên giao của \(agreement.name)."
        }
        let holds = agreement.inForce(on: today) != nil
        let held = agreement.spans.contains { $0.first <= today }
        return holds || scope == .status && held
            ? nil : "\(agreement.name) không có hiệu lực ngày \(today.vietnamese)."
    }

    /// Writes a refusal into the trail: the same of one program once a minute, however often it asks.
    private func refused(_ caller: ProgramCaller, _ words: String) async throws {
        let now = clock.now
        guard told.isFirst("\(caller.program.id) \(words)", in: now.secondsSinceEpoch / 60) else { return }
        try await store.write { connection in
            try AuditTrail.append(
                AuditEvent("program.refused", subject: Subject(.program, caller.program.id.text), detail: words),
                by: caller.actor, at: now, on: connection)
        }
    }

    private func count(
        _ caller: ProgramCaller, _ operation: String, _ errand: ProgramErrand, isRefused: Bool
    ) async throws {
        let line = ProgramUse.Line(
            program: caller.program.id.text, day: clock.today, operation: operation, agreement: errand.agreement,
            purpose: errand.purpose)
        try await write(use.note(line, isRefused: isRefused, at: clock.now))
    }

    /// Writes down what calls came to until now.
    public func settleUse() async throws { try await write(use.take()) }

    private func write(_ lines: [ProgramUse.Line: ProgramUse.Count]) async throws {
        guard !lines.isEmpty else { return }
        try await store.write { connection in
            for (line, count) in lines {
                try connection.execute(
                    """
                    INSERT INTO program_use (program, day, operation, agreement, purpose, calls, refused)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (program, day, operation, agreement, purpose)
                    DO UPDATE SET calls = program_use.calls + excluded.calls,
                        refused = program_use.refused + excluded.refused
                    """, line.program, line.day, line.operation, line.agreement, line.purpose, count.calls,
                    count.refused)
            }
        }
    }
}
