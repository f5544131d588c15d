import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore

/// A header: Hummingbird lends the collection's name, not the element's.
private typealias Header = HTTPFields.Element

/// One file in a form.
struct Upload: Sendable {
    var field = "file"
    let name: String
    var type = "application/octet-stream"
    let bytes: [UInt8]
}

/// A browser as small as tests need one: keeps cookies, reads forms, sends them.
actor Browser {
    private let client: any TestClientProtocol
    private let device: String
    private(set) var cookies: [String: String] = [:]

    init(client: any TestClientProtocol, device: String) {
        self.client = client
        self.device = device
    }

    func set(cookie name: String, to value: String?) { cookies[name] = value }

    // MARK: Requests

    @discardableResult
    func get(_ address: String, following: Bool = false) async throws -> Page {
        var page = try await send("GET", address)
        var hops = 0
        while following, page.status == 303, hops < 5 {
            page = try await send("GET", page.location)
            hops += 1
        }
        return page
    }

    /// Sends `application/x-www-form-urlencoded`.
    @discardableResult
    func post(_ address: String, _ fields: [(String, String)], headers: [String: String] = [:]) async throws -> Page {
        let body = fields.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&")
        return try await send(
            "POST", address, headers: headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { $1 },
            body: Array(body.utf8))
    }

    /// Sends a form of a page as a browser does: its hidden fields, then what was typed, then files.
    @discardableResult
    func submit(_ form: PageForm, _ typed: [String: String] = [:], files: [Upload] = []) async throws -> Page {
        let fields = form.hidden + typed.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        guard form.multipart else { return try await post(form.action, fields) }
        return try await send(
            "POST", form.action, headers: ["Content-Type": "multipart/form-data; boundary=\(Self.boundary)"],
            body: Self.multipart(fields, files))
    }

    func send(
        _ method: String, _ address: String, headers: [String: String] = [:], body: [UInt8]? = nil
    ) async throws -> Page {
        var fields = HTTPFields()
        let own = ["User-Agent": device, "Cookie": cookies.map { "\($0)=\($1)" }.sorted().joined(separator: "; ")]
        for (name, value) in own.merging(headers, uniquingKeysWith: { $1 }) where !value.isEmpty {
            guard let name = Header.Name(name) else { throw HarnessError(description: "\(name) names no header") }
            fields.append(Header(name: name, value: value))
        }
        let response = try await client.execute(
            uri: address, method: method == "POST" ? .post : .get, headers: fields,
            body: body.map { ByteBuffer(bytes: $0) })
        let answered = response.headers.map { ($0.name.canonicalName, $0.value) }
        for (name, value) in answered where name == "set-cookie" { keep(value) }
        return Page(
            address: address, status: response.status.code, headers: answered,
            bytes: Array(response.body.readableBytesView))
    }

    private func keep(_ cookie: String) {
        let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
    }

    // MARK: Signing in

    /// Fills the sign-in form.
    @discardableResult
    func signIn(_ login: String, password: String, from address: String = "/dang-nhap") async throws -> Page {
        let page = try await get(address)
        return try await submit(try page.form("dang-nhap"), ["login": login, "password": password])
    }

    @discardableResult
    func signOut() async throws -> Page {
        let page = try await get("/hom-nay")
        return try await post("/dang-xuat", [("_csrf", try page.csrf())])
    }

    // MARK: Bodies

    static let boundary = "ranh-gioi-7d1f"

    static func multipart(_ fields: [(String, String)], _ files: [Upload], closed: Bool = true) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in fields {
            let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n"
            body += Array("\(head)\(value)\r\n".utf8)
        }
        for file in files {
            let disposition = "form-data; name=\"\(file.field)\"; filename=\"\(file.name)\""
            body += Array(
                "--\(boundary)\r\nContent-Disposition: \(disposition)\r\nContent-Type: \(file.type)\r\n\r\n".utf8)
            body += file.bytes + Array("\r\n".utf8)
        }
        return closed ? body + Array("--\(boundary)--\r\n".utf8) : body
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: CharacterSet.alphanumerics) ?? ""
    }
}
