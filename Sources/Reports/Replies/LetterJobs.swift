public import Access
import Documents
import Files
import Foundation
public import Jobs
public import Kernel
import Tabular
import Work

// One letter for each of those whom a paper asks, under its one number: merged from the paper as it was frozen.
extension DocumentJobs {
    public struct Letters: Codable, Sendable {
        let document: String
    }

    public static let letters = JobName<Letters>("papers.letters")
}

extension StoredDocument {
    /// The paper as one of its addressees gets it.
    /// - Parameter row: from 0, in the order of its list.
    func letter(to row: Int) throws -> OfficialDocument {
        var own = data
        AskedReplies.address(&own, to: row)
        return try DocumentTemplate(templateText).document(
            own, signer: signer, number: signing?.number, date: signing?.day)
    }
}

extension DocumentService {
    var letterKind: JobKind {
        JobKind(DocumentJobs.letters, title: "Văn bản của từng đơn vị nhận", lane: .heavy, right: .draftDocuments) {
            letters, run in
            try await self.merge(letters, run)
        }
    }

    /// Starts the archive of all letters, or finds the one that is being or was made of the paper's present version.
    public func startLetters(of id: RecordID, with jobs: JobService, by submission: Submission) async throws -> RecordID
    {
        let paper = try await document(id, for: submission.viewer)
        try requireWriter(submission.viewer, of: paper.unit)
        guard let asked = AskedReplies(paper.data, replies: [:]) else {
            throw Refusal(.invalid, "Văn bản này không gửi từng đơn vị.")
        }
        return try await jobs.start(
            DocumentJobs.letters, .init(document: id.text),
            title: "Văn bản của \(asked.addressees.count) đơn vị: \(paper.title)", key: "\(id)/\(paper.version)",
            by: submission)
    }

    private func merge(_ letters: DocumentJobs.Letters, _ run: JobRun) async throws -> JobResult {
        guard let id = RecordID(letters.document) else { throw Refusal(.notFound, "Không có văn bản này.") }
        let paper = try await document(id, for: try run.submission().viewer)
        let addressees = AskedReplies(paper.data, replies: [:])?.addressees ?? []
        var parts: [ZipWriter.Part] = []
        for (index, addressee) in addressees.enumerated() {
            // The number keeps names apart that differ in their marks alone.
            let name = Self.fileName("\(addressee.position) \(addressee.name)", "docx")
            parts.append(
                ZipWriter.Part(
                    name, try WordWriter.bytes(of: try paper.letter(to: index), properties: paper.properties)))
            if index % 20 == 19 { try await run.report(JobProgress(index + 1, of: addressees.count, addressee.name)) }
        }
        return JobResult(
            "Đã soạn \(parts.count) bản, mỗi đơn vị một bản, trong một tệp nén.",
            file: IncomingFile(
                name: "\(paper.templateID)-tung-don-vi.zip", mediaType: "application/zip",
                bytes: try ZipWriter.bytes(of: parts)))
    }
}
