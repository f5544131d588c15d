import Access
import Files
import Hummingbird
import Kernel
import Components
import Work
import WebDesk

// Handing out files of products.
extension WorkPages {
    var fileRoutes: [Route] {
        [
            .file(Addresses.file, .right(.openFiles), recorded: .byUseCase) { request in
                guard let id = RecordID(request.parameter("id")) else {
                    throw Refusal(.notFound, "Không có tệp này, hoặc tệp không thuộc phạm vi của bạn.")
                }
                return Download(try await work.openFile(id, by: request.submission), of: Subject(.file, id))
            }
        ]
    }
}
