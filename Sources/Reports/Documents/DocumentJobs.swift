public import Access
import Work
import Documents
import Files
import Foundation
public import Jobs
public import Kernel
import Tabular
import PlanText
import Province

/// What takes longer than a page may: all communes' reports in one archive, PDF and pictures through LibreOffice.
public enum DocumentJobs {
    /// One report of a quarter, half a year or a year for each commune.
    public struct CommuneReports: Codable, Sendable {
        public let year: Int
        /// Nil for the whole year or its first half.
        public let quarter: Int?
        /// Nil in work that was started before half years could be asked for.
        public let isFirstHalf: Bool?

        public init(_ span: ReportSpan) {
            year = span.year
            switch span {
            case .quarter(let one): (quarter, isFirstHalf) = (one.quarter, false)
            case .firstHalf: (quarter, isFirstHalf) = (nil, true)
            case .year: (quarter, isFirstHalf) = (nil, false)
            }
        }

        /// `quý IV năm 2026`, `năm 2026`
        var period: String {
            (try? span())?.words ?? "năm \(year)"
        }

        /// As reports take it.
        /// - Throws: a refusal for a quarter that is none.
        func span() throws(Refusal) -> ReportSpan {
            if isFirstHalf == true { return .firstHalf(year) }
            guard let quarter else { return .year(year) }
            guard let one = Quarter(year: year, quarter: quarter) else {
                throw Refusal(.notFound, "Không có quý này.")
            }
            return .quarter(one)
        }
    }

    public struct DocumentPDF: Codable, Sendable {
        let document: String
    }

    public static let communeReports = JobName<CommuneReports>("papers.commune-reports")
    public static let pdf = JobName<DocumentPDF>("papers.pdf")

    /// LibreOffice fails now and then, under load or after an update, and does it the next time.
    static let conversionRetries = RetryPolicy(tries: 4, firstPauseSeconds: 15, growth: 4, longestPauseSeconds: 300)
}

extension DocumentService {
    /// Long work on documents, for whoever runs jobs.
    public var jobKinds: [JobKind] {
        [
            JobKind(
                DocumentJobs.communeReports, title: "Báo cáo của các xã, phường, đặc khu", lane: .heavy,
                right: .packReports
            ) { reports, run in
                try await self.archive(reports, run)
            },
            JobKind(
                DocumentJobs.pdf, title: "Tạo PDF", lane: .heavy, retries: DocumentJobs.conversionRetries,
                right: .viewWork
            ) { paper, run in
                try await self.pdf(paper, run)
            },
        ] + groupSheetKinds + [letterKind, replyKind]
    }

    // MARK: Starting

    /// Starts the archive of all communes' reports.
    public func startCommuneReports(
        _ reports: DocumentJobs.CommuneReports, with jobs: JobService, by submission: Submission
    ) async throws -> RecordID {
        guard submission.viewer.may(.packReports, for: definition) else {
            throw Refusal(.forbidden, "Chỉ cơ quan thường trực kế hoạch mới tải báo cáo của mọi đơn vị một lần.")
        }
        let communes = definition.communes.communes.count
        return try await jobs.start(
            DocumentJobs.communeReports, reports,
            title: "Báo cáo \(reports.period) của \(communes) xã, phường, đặc khu", by: submission)
    }

    /// Starts making PDF of a document, or finds what is being or was made of its present version.
    public func startPDF(_ id: RecordID, with jobs: JobService, by submission: Submission) async throws -> RecordID {
        guard PDFConverter.program != nil else { throw Refusal(.invalid, PDFConverter.Failure.missing.description) }
        let document = try await document(id, for: submission.viewer)
        return try await jobs.start(
            DocumentJobs.pdf, .init(document: id.text), title: "PDF: \(document.title)",
            key: Self.key(of: document), by: submission)
    }

    /// The job that makes or made PDF of a document's present version for a viewer; nil when none was started.
    public func pdf(of document: StoredDocument, in jobs: JobService, for viewer: Viewer) async throws -> Job? {
        try await jobs.job(DocumentJobs.pdf, key: Self.key(of: document), for: viewer)
    }

    private static func key(of document: StoredDocument) -> String {
        "\(document.id)/\(document.version)\(document.isMasked ? "/masked" : "")"
    }

    // MARK: Running

    private func archive(_ reports: DocumentJobs.CommuneReports, _ run: JobRun) async throws -> JobResult {
        let viewer = try run.submission().viewer
        let template = try await template("bao-cao-xa")
        let communes = definition.communes.communes
        // Figures, work, obstacles and groups of all are read once.
        let readings = try await readings(reports.span(), for: viewer)
        var parts: [ZipWriter.Part] = []
        for (index, commune) in communes.enumerated() {
            let draft = try communeReport(commune.code, readings)
            // The code keeps names apart that differ in their marks alone.
            let name = "\(commune.code) \(commune.fullName)"
            let word = try WordWriter.bytes(
                of: try template.document(draft.data), properties: .init(title: "\(template.name) \(name)"))
            parts.append(ZipWriter.Part(Self.fileName(name, "docx"), word))
            if index % 10 == 9 { try await run.report(JobProgress(index + 1, of: communes.count, commune.fullName)) }
        }
        let half = reports.isFirstHalf == true ? "-6-thang" : ""
        let ending = "\(reports.year)\(reports.quarter.map { "-quy-\($0)" } ?? half)"
        return JobResult(
            "Đã soạn \(communes.count) báo cáo \(reports.period), trong một tệp nén.",
            file: IncomingFile(
                name: "bao-cao-xa-\(ending).zip", mediaType: "application/zip", bytes: try ZipWriter.bytes(of: parts)))
    }

    private func pdf(_ paper: DocumentJobs.DocumentPDF, _ run: JobRun) async throws -> JobResult {
        guard let id = RecordID(paper.document) else { throw Refusal(.notFound, "Không có văn bản này.") }
        let stored = try await document(id, for: try run.submission().viewer)
        let bytes = try await Self.converted { try PDFConverter.pdf(ofDOCX: stored.word(), in: scratch.path()) }
        return JobResult(
            "Đã tạo PDF.",
            file: IncomingFile(name: stored.fileName("pdf"), mediaType: "application/pdf", bytes: bytes))
    }

    /// Whether this server can draw pictures of sheets.
    public var makesPictures: Bool { PDFConverter.makesPictures }

    /// Runs a program on a document. One that is not installed is no fault that passes: the job ends.
    static func converted(_ work: @escaping @Sendable () throws -> [UInt8]) async throws -> [UInt8] {
        do {
            return try await Blocking.run(work)
        } catch PDFConverter.Failure.missing {
            throw Refusal(.invalid, PDFConverter.Failure.missing.description)
        } catch PDFConverter.Failure.noDrawer {
            throw Refusal(.invalid, PDFConverter.Failure.noDrawer.description)
        }
    }

    /// A name that every system takes for a file.
    public static func fileName(_ text: String, _ ending: String) -> String {
        let plain = VietnameseText.fold(text).map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
        return "\(plain.prefix(80)).\(ending)"
    }
}
