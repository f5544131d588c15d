import Access
import Components
import Crypto
import Foundation
import HTTPTypes
public import Hummingbird
import Kernel
import NIOCore

/// Style sheet, script and icon, read once. Their address carries a mark of their content, so browsers keep them.
struct Assets: Sendable {
    /// Changes whenever a file does.
    let mark: String
    private let files: [String: (type: String, bytes: ByteBuffer)]

    init() throws {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Public")
        let types = ["css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"]
        var files: [String: (type: String, bytes: ByteBuffer)] = [:]
        var hasher = SHA256()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            guard let type = types[String(name.split(separator: ".").last ?? "")] else { continue }
            let data = try Data(contentsOf: folder.appendingPathComponent(name))
            hasher.update(data: data)
            files[name] = (type, ByteBuffer(bytes: data))
        }
        self.files = files
        mark = String(hexadecimal(hasher.finalize()).prefix(12))
    }

    func response(for name: String) -> Response {
        guard let file = files[name] else { return Response(status: .notFound) }
        return Response(
            status: .ok,
            headers: [
                .contentType: file.type, .cacheControl: "public, max-age=31536000, immutable",
                .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'",
            ],
            body: .init(byteBuffer: file.bytes))
    }
}

extension Desk {
    /// The style sheet, the script or the icon of a name.
    public func asset(_ name: String) -> Response { assets.response(for: name) }

    /// Where a page asks for a script of its own.
    public func address(ofAsset name: String) -> String { Addresses.asset(name).with(.assetVersion, assets.mark).text }
}
