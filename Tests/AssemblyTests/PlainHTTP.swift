import Foundation

/// HTTP over a socket of its own for each request; `nil` when the server is gone before it has answered.
enum PlainHTTP {
    struct Form {
        let path: String
        let fields: [(String, String)]
        /// Sent as a multipart form, under the field `file`.
        let file: [UInt8]?
    }

    static func post(_ form: Form, port: Int, cookie: String) -> Int? {
        var (type, body) = ("application/x-www-form-urlencoded", [UInt8]())
        if let file = form.file {
            type = "multipart/form-data; boundary=ranh-gioi"
            for (name, value) in form.fields {
                body += Array(
                    "--ranh-gioi\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
            }
            let disposition = "form-data; name=\"file\"; filename=\"danh-sach.csv\""
            body += Array("--ranh-gioi\r\nContent-Disposition: \(disposition)\r\n\r\n".utf8)
            body += file + Array("\r\n--ranh-gioi--\r\n".utf8)
        } else {
            let pairs = form.fields.map { name, value in
                "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
            }
            body = Array(pairs.joined(separator: "&").utf8)
        }
        let head = """
            POST \(form.path) HTTP/1.1\r
            Host: localhost\r
            Cookie: \(cookie)\r
            Content-Type: \(type)\r
            Content-Length: \(body.count)\r
            Connection: close\r
            \r

            """
        guard let answer = exchange(Array(head.utf8) + body, port: port) else { return nil }
        let words = answer.prefix(64).split(separator: " ", maxSplits: 2)
        return words.count > 1 ? Int(words[1]) : nil
    }

    static func get(_ path: String, port: Int, cookie: String) -> String? {
        let head = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\nConnection: close\r\n\r\n"
        return exchange(Array(head.utf8), port: port)
    }

    private static func exchange(_ request: [UInt8], port: Int) -> String? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { return nil }
        var rest = request[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return nil }
            rest = rest.dropFirst(count)
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 {
                answer += buffer.prefix(count)
            } else {
                // A whole answer or none: one cut off by the kill counts as none.
                return answer.isEmpty || count < 0 ? nil : String(decoding: answer, as: UTF8.self)
            }
        }
    }
}
