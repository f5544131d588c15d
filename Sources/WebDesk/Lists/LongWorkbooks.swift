public import Access
public import Components
import Files
public import Jobs
public import Kernel
import Synchronization
import Work

/// Lists that are too long to be had at once, made by a job. The pages that know them are put together after the jobs, so
/// they are told of here.
public final class LongWorkbooks: Sendable {
    struct Parameters: Codable, Sendable {
        let list: String
        /// What the list was narrowed to, as in an address.
        let selection: String
    }

    static let making = JobName<Parameters>("lists.workbook")

    private let known = Mutex<[String: ListWorkbook]>([:])

    public init() {}

    public func tell(_ workbooks: [ListWorkbook]) {
        known.withLock { known in
            for workbook in workbooks { known[workbook.outline.key] = workbook }
        }
    }

    /// The outline of a list, by its key; nil for none.
    public func outline(_ list: String) -> TableOutline? { known.withLock { $0[list] }?.outline }

    /// - Throws: a refusal for a list that there is not, or not for this person.
    func workbook(_ list: String, for viewer: Viewer) throws(Refusal) -> ListWorkbook {
        guard let workbook = known.withLock({ $0[list] }) else { throw Refusal(.notFound, "Không có danh sách này.") }
        guard workbook.access.allows(viewer) else {
            throw Refusal(.forbidden, "Vai trò “\(viewer.role.title)” không xem được danh sách này.")
        }
        return workbook
    }

    /// For whoever runs jobs.
    public func jobKind(clock: Clock, illustrative: Bool) -> JobKind {
        JobKind(Self.making, title: "Xuất danh sách ra Excel", lane: .heavy, right: .viewWork) { asked, run in
            let viewer = try run.submission().viewer
            let workbook = try self.workbook(asked.list, for: viewer)
            let bytes = try await workbook.bytes(
                ListReader(
                    viewer: viewer, query: FormContent(query: asked.selection), most: ListWorkbook.mostOfAll,
                    now: clock.now, isIllustrative: illustrative))
            return JobResult(
                "Đã xuất danh sách “\(workbook.outline.title)”.",
                file: IncomingFile(
                    name: workbook.fileName(clock.today), mediaType: ListWorkbook.mediaType, bytes: bytes))
        }
    }

    /// Starts making a workbook.
    public func start(
        _ list: String, selection: String, with jobs: JobService, by submission: Submission
    ) async throws -> RecordID {
        let workbook = try workbook(list, for: submission.viewer)
        return try await jobs.start(
            Self.making, Parameters(list: list, selection: String(selection.prefix(2_000))),
            title: "Xuất Excel: \(workbook.outline.title)", by: submission)
    }
}
