import Access
import Hummingbird
import Kernel
import Components
import Work
import WebDesk

// Handing out files of products.
extension WorkPages {
    var fileRoutes: [Route] {
        [
            .page(Addresses.file, .right(.openFiles)) { request in
                guard let id = RecordID(request.parameter("id")) else {
                    throw Refusal(.notFound, "Không có tệp này, hoặc tệp không thuộc phạm vi của bạn.")
                }
                return download(try await work.openFile(id, by: request.submission))
            }
        ]
    }
}
