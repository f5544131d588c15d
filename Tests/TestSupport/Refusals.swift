public import Database
public import Kernel
public import Testing

/// Expects that a deed is refused, with a refusal of this kind and, where a field is named, with a problem of it.
@discardableResult
public func expectRefusal<T>(
    _ kind: Refusal.Kind, field: String? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    _ deed: () async throws -> T
) async -> Refusal? {
    do {
        _ = try await deed()
        Issue.record("nothing was refused", sourceLocation: sourceLocation)
    } catch let refusal as Refusal {
        #expect(refusal.kind == kind, sourceLocation: sourceLocation)
        if let field { #expect(refusal.fields.map(\.field).contains(field), sourceLocation: sourceLocation) }
        return refusal
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
}

/// Whether a deed is closed to its maker now: not allowed, or out of time. Being refused for what was typed is something else.
public func isClosed<T>(_ deed: () async throws -> T) async throws -> Bool {
    do {
        _ = try await deed()
        return false
    } catch let refusal as Refusal {
        return [.forbidden, .notFound, .stale].contains(refusal.kind)
    }
}

/// The cases of a database error, without what they carry.
public enum DatabaseErrorKind: Sendable {
    case unavailable, busy, full, damaged, constraint, statement, column, schema

    init(_ error: DatabaseError) {
        switch error {
        case .unavailable: self = .unavailable
        case .busy: self = .busy
        case .full: self = .full
        case .damaged: self = .damaged
        case .constraint: self = .constraint
        case .statement: self = .statement
        case .column: self = .column
        case .schema: self = .schema
        }
    }
}

/// Expects a database error of one of these kinds.
@discardableResult
public func expectDatabaseError<T>(
    _ kinds: DatabaseErrorKind..., sourceLocation: SourceLocation = #_sourceLocation, _ deed: () async throws -> T
) async -> DatabaseError? {
    do {
        _ = try await deed()
        Issue.record("nothing failed", sourceLocation: sourceLocation)
    } catch let error as DatabaseError {
        #expect(kinds.contains(DatabaseErrorKind(error)), "\(error)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
}
