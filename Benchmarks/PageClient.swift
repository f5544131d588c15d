import Foundation

/// A browser as small as a load needs one. Blocks; takes one connection a request, so that a server that ends in the middle of one
/// is seen to do so.
struct PageClient {
    /// No answer, or not all of it.
    struct CutOff: Error {}

    struct Answer {
        let status: Int
        /// Where a browser is sent on to; empty where it is not.
        let location: String
        let text: String
        fileprivate let cookies: [String]

        /// The form of an id, as it stands on the page.
        func form(_ id: String) -> SentForm? {
            for piece in text.components(separatedBy: "<form ").dropFirst() {
                guard let end = piece.range(of: ">") else { continue }
                let tag = Self.attributes(piece[..<end.lowerBound])
                guard tag["id"] == id, let action = tag["action"] else { continue }
                let body = piece[end.upperBound...].components(separatedBy: "</form>")[0]
                let hidden = body.components(separatedBy: "<input type=\"hidden\" ").dropFirst().compactMap { input in
                    let pairs = Self.attributes(input[..<(input.firstIndex(of: ">") ?? input.endIndex)])
                    return pairs["name"].map { ($0, pairs["value"] ?? "") }
                }
                return SentForm(
                    action: action, fields: hidden, isMultipart: tag["enctype"] == "multipart/form-data")
            }
            return nil
        }

        private static func attributes(_ tag: Substring) -> [String: String] {
            let found = tag.matches(of: /([a-z-]+)="([^"]*)"/).map { (String($0.1), unescaped(String($0.2))) }
            return Dictionary(found, uniquingKeysWith: { first, _ in first })
        }

        private static func unescaped(_ text: String) -> String {
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(text) {
                $0.replacingOccurrences(of: $1.0, with: $1.1)
            }
        }
    }

    /// A form with what was typed into it: to be sent, and sent again.
    struct SentForm: Sendable {
        let action: String
        var fields: [(String, String)]
        let isMultipart: Bool
        var file: (field: String, name: String, bytes: [UInt8])?

        func typed(_ values: KeyValuePairs<String, String>) -> SentForm {
            var form = self
            form.fields += values.map { ($0.key, $0.value) }
            return form
        }

        func with(file bytes: [UInt8], named name: String, as field: String = "file") -> SentForm {
            var form = self
            form.file = (field, name, bytes)
            return form
        }
    }

    let port: Int
    var cookies: [String: String] = [:]

    mutating func get(_ path: String) throws(CutOff) -> Answer { try ask("GET", path) }

    mutating func send(_ form: SentForm) throws(CutOff) -> Answer {
        let boundary = "ranh-gioi-7d1f"
        guard form.isMultipart else {
            let body = form.fields.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
            return try ask("POST", form.action, type: "application/x-www-form-urlencoded", body: Array(body.utf8))
        }
        var body: [UInt8] = []
        for (name, value) in form.fields {
            body += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        if let file = form.file {
            body += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n\r\n"
                    .utf8)
            body += file.bytes + Array("\r\n".utf8)
        }
        body += Array("--\(boundary)--\r\n".utf8)
        return try ask("POST", form.action, type: "multipart/form-data; boundary=\(boundary)", body: body)
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    // MARK: One request

    private mutating func ask(
        _ method: String, _ path: String, type: String? = nil, body: [UInt8] = []
    ) throws(CutOff) -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nUser-Agent: baophu-bench\r\n"
        if !cookies.isEmpty {
            head += "Cookie: \(cookies.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "; "))\r\n"
        }
        if let type { head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n" }
        let answer = try Self.answer(
            in: Self.exchange(port: port, Array("\(head)Connection: close\r\n\r\n".utf8) + body))
        for cookie in answer.cookies {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        return answer
    }

    /// Bytes of a body sent at a time.
    private static let piece = 16 << 10

    private static func exchange(port: Int, _ request: [UInt8]) throws(CutOff) -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw CutOff() }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 120, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw CutOff() }
        var rest = request[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, min($0.count, piece), Int32(MSG_NOSIGNAL))
            }
            // A server may answer before it has read everything.
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
            // As slow as lines are: a kill meets files half sent.
            if !rest.isEmpty { usleep(1_000) }
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { throw CutOff() }
            guard count > 0 else { return answer }
            answer += buffer.prefix(count)
        }
    }

    private static func answer(in bytes: [UInt8]) throws(CutOff) -> Answer {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw CutOff() }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { throw CutOff() }
        func values(_ name: String) -> [String] {
            lines.dropFirst().filter { $0.lowercased().hasPrefix("\(name):") }.map {
                $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
            }
        }
        let body = bytes[end.upperBound...]
        if let length = values("content-length").first.flatMap({ Int($0) }), body.count < length { throw CutOff() }
        return Answer(
            status: status, location: values("location").first ?? "", text: String(decoding: body, as: UTF8.self),
            cookies: values("set-cookie"))
    }
}
