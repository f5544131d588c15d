public import Access
import Documents
import Files
import Foundation
public import Jobs
public import Kernel
import Tabular
import Targets

// A commune's sheets for the heads of its groups, as an archive of Word files or as pictures for messages.
extension DocumentJobs {
    public struct GroupSheets: Codable, Sendable {
        let scenario: String
        /// Whom to ask, as written on each sheet; may be empty.
        let contact: String
    }

    public struct GroupPicture: Codable, Sendable {
        let scenario: String
        let code: String
    }

    public static let groupSheets = JobName<GroupSheets>("papers.group-sheets")
    public static let groupPicture = JobName<GroupPicture>("papers.group-picture")
}

extension DocumentService {
    var groupSheetKinds: [JobKind] {
        [
            JobKind(
                DocumentJobs.groupSheets, title: "Phiếu giao chỉ tiêu của các tổ", lane: .heavy, right: .keepGroups
            ) { sheets, run in
                try await self.archive(sheets, run)
            },
            JobKind(
                DocumentJobs.groupPicture, title: "Ảnh phiếu giao chỉ tiêu", lane: .heavy,
                retries: DocumentJobs.conversionRetries, right: .keepGroups
            ) { picture, run in
                try await self.draw(picture, run)
            },
        ]
    }

    // MARK: Starting

    /// Starts the archive of all sheets of a scenario, or finds the one that is being or was made of its present numbers.
    public func startGroupSheets(
        of id: RecordID, contact: String, with jobs: JobService, by submission: Submission
    ) async throws -> RecordID {
        let sheets = try await groupSheets(of: id, contact: contact, for: submission.viewer)
        return try await jobs.start(
            DocumentJobs.groupSheets, .init(scenario: id.text, contact: VietnameseText.tidy(contact)),
            title: "Phiếu giao chỉ tiêu của \(sheets.count) tổ dân phố, thôn, hội",
            key: "\(id)/\(try Self.fingerprint(sheets))", by: submission)
    }

    /// Starts the picture of one sheet, or finds the one that is being or was made of its present numbers.
    public func startGroupPicture(
        of code: String, in id: RecordID, with jobs: JobService, by submission: Submission
    ) async throws -> RecordID {
        guard PDFConverter.makesPictures else { throw Refusal(.invalid, PDFConverter.Failure.missing.description) }
        let sheet = try await groupSheet(of: code, in: id, for: submission.viewer)
        return try await jobs.start(
            DocumentJobs.groupPicture, .init(scenario: id.text, code: code), title: "Ảnh phiếu: \(sheet.name)",
            key: try Self.key(of: sheet, in: id), by: submission)
    }

    /// The job that makes or made the picture of a sheet's present numbers for a viewer; nil when none was started.
    public func picture(
        of sheet: GroupSheet, in id: RecordID, by jobs: JobService, for viewer: Viewer
    ) async throws -> Job? {
        try await jobs.job(DocumentJobs.groupPicture, key: Self.key(of: sheet, in: id), for: viewer)
    }

    /// One group's or association's sheet.
    public func groupSheet(of code: String, in id: RecordID, for viewer: Viewer) async throws -> GroupSheet {
        guard
            let sheet = try await groupSheets(of: id, contact: "", for: viewer).first(where: { $0.code == code })
        else { throw Refusal(.notFound, "Phương án không có đơn vị này.") }
        return sheet
    }

    private static func key(of sheet: GroupSheet, in id: RecordID) throws -> String {
        "\(id)/\(sheet.code)/\(try fingerprint([sheet]))"
    }

    /// Equal for sheets that say the same.
    private static func fingerprint(_ sheets: [GroupSheet]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return StoredFiles.sha256(of: Array(try encoder.encode(sheets.map(\.data))))
    }

    // MARK: Running

    private func archive(_ order: DocumentJobs.GroupSheets, _ run: JobRun) async throws -> JobResult {
        let sheets = try await groupSheets(
            of: try Self.scenario(order.scenario), contact: order.contact, for: try run.submission().viewer)
        var parts: [ZipWriter.Part] = []
        for (index, sheet) in sheets.enumerated() {
            let bytes = try await Blocking.run { try sheet.word() }
            parts.append(ZipWriter.Part(Self.fileName("\(index + 1) \(sheet.name)", "docx"), bytes))
            if index % 20 == 19 { try await run.report(JobProgress(index + 1, of: sheets.count, sheet.name)) }
        }
        return JobResult(
            "Đã soạn \(sheets.count) phiếu giao chỉ tiêu, trong một tệp nén.",
            file: IncomingFile(
                name: "phieu-giao-chi-tieu.zip", mediaType: "application/zip", bytes: try ZipWriter.bytes(of: parts)))
    }

    private func draw(_ order: DocumentJobs.GroupPicture, _ run: JobRun) async throws -> JobResult {
        let sheet = try await groupSheet(
            of: order.code, in: try Self.scenario(order.scenario), for: try run.submission().viewer)
        let bytes = try await Self.converted { try PDFConverter.picture(ofDOCX: sheet.word(), in: scratch.path()) }
        return JobResult(
            "Đã vẽ ảnh của phiếu.",
            file: IncomingFile(name: Self.fileName(sheet.name, "png"), mediaType: "image/png", bytes: bytes))
    }

    private static func scenario(_ text: String) throws(Refusal) -> RecordID {
        guard let id = RecordID(text) else { throw Refusal(.notFound, "Không có phương án này.") }
        return id
    }
}
