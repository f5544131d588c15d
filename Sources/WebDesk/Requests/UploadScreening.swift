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
        var found = try await Self.looking.run {
            files.compactMap { file in screening.active(in: file.temporaryPath).map { (file, $0) } }
        }
        // What is refused anyway need not wait for the scanner.
        if found.isEmpty, screening.scanner != nil {
            let asked = ContinuousClock.now
            found = try await Self.scanning.run {
                files.compactMap { file in
                    screening.infection(in: file.temporaryPath, askedAt: asked).map { (file, $0) }
                }
            }
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

    /// Parts of archives are unpacked for it.
    private static let looking = BlockingQueue("looking", width: 2)
    /// A scanner that answers slowly keeps four threads, however many files are sent, and nothing but uploads.
    private static let scanning = BlockingQueue("scanning", width: 4)

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
