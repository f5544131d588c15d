import Access
import Database
import Files
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Plan

// Handing out files of products. Who opens what is checked and recorded by the domain before the first byte.
extension Site {
    var fileRoutes: [Route] {
        [
            .page("/tep/{id}", .permission(.openFiles)) { request in
                guard let id = RecordID(request.parameter("id")) else {
                    throw Refusal(.notFound, "Không có tệp này, hoặc tệp không thuộc phạm vi của bạn.")
                }
                let file = try await plan.openFile(id, by: request.submission)
                return download(file)
            }
        ]
    }

    private func download(_ file: StoredFile) -> Response {
        let store = plan.store
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
        // Always a download: a file of somebody else's making never runs as a page of ours. RFC 6266.
        let ascii = VietnameseText.fold(file.name).unicodeScalars.map { scalar in
            scalar.isASCII && (CharacterSet.alphanumerics.contains(scalar) || "-._ ".unicodeScalars.contains(scalar))
                ? String(scalar) : "_"
        }.joined()
        let encoded = file.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ascii
        return Response(
            status: .ok,
            headers: [
                .contentType: file.mediaType, .cacheControl: "private, no-store",
                .contentDisposition: "attachment; filename=\"\(ascii)\"; filename*=UTF-8''\(encoded)",
            ], body: body)
    }
}
