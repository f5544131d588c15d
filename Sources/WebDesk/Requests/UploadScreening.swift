import Access
import Components
import Database
import Files
import Foundation
import Hummingbird
import Jobs
import Kernel

// Files that could do something on the machine of whoever opens them.
extension Desk {
    /// Shows a form again when one of its files may not be taken; nil when all may. Asked before any use case sees them.
    func refusedFile(of request: inout MemberRequest, on route: Route) async throws -> Response? {
        let files = request.form.files
        guard !files.isEmpty else { return nil }
        let screening = settings.screening
        let found = try await Blocking.run {
            files.compactMap { file in screening.finding(in: file.temporaryPath).map { (file, $0) } }
        }
        guard !found.isEmpty else { return nil }
        for case (let file, let finding) in found {
            guard let signature = finding.signature else { continue }
            try await record(signature, in: file, by: request)
        }
        let refusal = Refusal(fields: found.map { .init($0.fieldName, "Tệp “\($0.fileName)”: \($1.message)") })
        guard let again = route.again else { throw refusal }
        let failure = FormModel.Failure(
            form: request.form.name, values: request.form.typed,
            problems: refusal.fields.map { ($0.field, $0.message) })
        request.failure = failure
        var response = try await again(request, failure)
        response.status = .unprocessableContent
        return response
    }

    private func record(_ signature: String, in file: UploadedFile, by request: MemberRequest) async throws {
        let (actor, now, path) = (request.actor, clock.now, request.base.path)
        let sent = file.temporaryPath
        // Its name may be a person's.
        let hash = try await Blocking.run { StoredFiles.sha256(of: Array(try Data(contentsOf: URL(filePath: sent)))) }
        try await access.store.write { connection in
            try AuditTrail.append(
                AuditEvent(
                    "file.infected", subject: Subject(.address, path), detail: "\(signature); SHA-256 \(hash)"),
                by: actor, at: now, on: connection)
        }
    }
}
