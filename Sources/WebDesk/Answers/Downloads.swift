import Access
import Database
public import Files
import Foundation
import HTTPTypes
public import Hummingbird
import Kernel
import NIOCore

// Handing out files. Who opens what is checked and recorded by the domain before the first byte.
extension Desk {
    /// A stored file, part by part.
    public func download(_ file: StoredFile) -> Response {
        let store = access.store
        let body = ResponseBody(contentLength: file.size) { writer in
            var position = 0
            while true {
                let part = position
                guard let bytes = try await store.read({ try StoredFiles.part(part, of: file.id, on: $0) }) else {
                    break
                }
                try await writer.write(ByteBuffer(bytes: bytes))
                position += 1
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: Self.attachment(file.name, mediaType: file.mediaType), body: body)
    }

    /// A file made for this request.
    public static func download(name: String, mediaType: String, bytes: [UInt8]) -> Response {
        Response(
            status: .ok, headers: attachment(name, mediaType: mediaType),
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// Always a download: a file of somebody else's making never runs as a page of ours. RFC 6266.
    private static func attachment(_ name: String, mediaType: String) -> HTTPFields {
        let ascii = VietnameseText.fold(name).unicodeScalars.map { scalar in
            scalar.isASCII && (CharacterSet.alphanumerics.contains(scalar) || "-._ ".unicodeScalars.contains(scalar))
                ? String(scalar) : "_"
        }.joined()
        let encoded = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ascii
        return [
            .contentType: mediaType, .cacheControl: "private, no-store",
            .contentDisposition: "attachment; filename=\"\(ascii)\"; filename*=UTF-8''\(encoded)",
        ]
    }
}
