import DatabasePostgreSQL
import Foundation

/// Where the database is. Whatever looks like an address of a kind unknown here is refused, so that a slip of the pen
/// never becomes the name of a new file.
public enum DatabaseLocation: Sendable, Equatable, CustomStringConvertible {
    /// A file, by its path.
    case sqlite(String)
    /// `postgres://user:password@host:port/database`, as libpq takes it.
    case postgreSQL(String)

    /// What is no location. Holds nothing a password may stand in.
    public struct Problem: Error, Equatable, CustomStringConvertible {
        /// The text as far as it may be shown: its scheme alone where there is one.
        public let shown: String
        public let remedy: String
        public var description: String { "\(shown) is no database: \(remedy)" }
    }

    static let forms =
        "give the path of an SQLite file (also as sqlite:PATH, sqlite:///PATH or file:///PATH) "
        + "or a postgres://user:password@host:port/database address"

    private static let colon = "; a file whose name holds a colon is written with ./ before it"

    /// - Parameter text: a path, `sqlite:` or `file:` before one, or an address of PostgreSQL; schemes in any letter case.
    public init(_ text: String) throws(Problem) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let scheme = Self.scheme(of: text) else {
            guard !text.prefix(while: { $0 != "/" }).contains(":"), !Self.isConnectionString(text) else {
                throw Problem(shown: "this text", remedy: Self.forms + Self.colon)
            }
            self = .sqlite(try Self.usable(text, shown: text))
            return
        }
        let rest = text.dropFirst(scheme.count + 1)
        switch scheme.lowercased() {
        case "postgres", "postgresql":
            guard rest.hasPrefix("//") else { throw Problem(shown: "\(scheme):…", remedy: Self.forms) }
            self = .postgreSQL(scheme.lowercased() + ":" + rest)
        case "sqlite", "file":
            self = .sqlite(try Self.path(rest, scheme: scheme))
        default:
            throw Problem(shown: "\(scheme):…", remedy: Self.forms + Self.colon)
        }
    }

    /// The path, or PostgreSQL's host, port and database; never a user or a password.
    public var description: String {
        switch self {
        case .sqlite(let path): path
        case .postgreSQL(let url): PostgreSQLStore.shown(url)
        }
    }

    /// The letters before the first colon, where no slash stands before it (RFC 3986, 3.1).
    private static func scheme(of text: String) -> String? {
        guard let colon = text.firstIndex(of: ":"), let first = text.first, first.isASCII, first.isLetter else {
            return nil
        }
        let name = text[..<colon]
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) } ? String(name) : nil
    }

    /// libpq's other way to write an address: `host=… password=…`.
    private static func isConnectionString(_ text: String) -> Bool {
        let keys = ["host", "hostaddr", "port", "dbname", "user", "password", "passfile", "service", "sslmode"]
        return text.split(whereSeparator: \.isWhitespace).contains { word in
            keys.contains { word.hasPrefix($0 + "=") }
        }
    }

    /// What follows `sqlite:` or `file:`: a path, or `//` and one from the root.
    private static func path(_ rest: Substring, scheme: String) throws(Problem) -> String {
        let shown = "\(scheme):\(rest)"
        var path = rest
        if path.hasPrefix("//") {
            path = path.dropFirst(2)
            if path.lowercased().hasPrefix("localhost/") { path = path.dropFirst("localhost".count) }
            guard path.hasPrefix("/") else {
                throw Problem(
                    shown: "\(scheme)://…",
                    remedy: "after // a host would stand, and a file has none: write \(scheme):/// and the path from "
                        + "the root, or \(scheme): and one from the working folder")
            }
        }
        guard !path.contains(where: { $0 == "?" || $0 == "#" }) else {
            throw Problem(shown: shown, remedy: "a file takes no parameters; write ? as %3F and # as %23")
        }
        guard let decoded = path.removingPercentEncoding else {
            throw Problem(shown: shown, remedy: "write a % in the name as %25")
        }
        return try usable(decoded, shown: shown)
    }

    private static func usable(_ path: String, shown: String) throws(Problem) -> String {
        guard !path.isEmpty, !path.hasSuffix("/"), !path.hasPrefix(":memory:"), !path.contains("\0") else {
            throw Problem(shown: shown.isEmpty ? "an empty text" : shown, remedy: forms)
        }
        return path
    }
}
