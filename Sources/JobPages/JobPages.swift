public import Components
public import Foundation
public import Jobs
public import Kernel
public import WebDesk

/// Work in the background: what waits, runs and has ended; one's own, and everybody's for who keeps the system.
public struct JobPages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] { [JobListPage.self, JobPage.self] }

    public static func page(of subject: Subject) -> Address? {
        subject.kind == .job ? RecordID(subject.key).map { Addresses.job($0) } : nil
    }

    public let desk: Desk
    let jobs: JobService
    let longWorkbooks: LongWorkbooks

    /// - Parameter workbooks: the lists that jobs make workbooks of.
    public init(desk: Desk, jobs: JobService, workbooks: LongWorkbooks) {
        self.desk = desk
        self.jobs = jobs
        longWorkbooks = workbooks
    }

    public var workbooks: [ListWorkbook] { [jobWorkbook] }

    public var routes: [Route] {
        [
            .page(Addresses.jobs, .member) { request in try await listPage(request) },
            jobWorkbook.route(Addresses.jobs.workbook, on: desk),
            .page(Addresses.job, .member) { request in try await jobPage(request) },
            .file(Addresses.jobFile, .member) { request in
                let id = try Self.id(request)
                return Download(try await jobs.file(of: id, for: request.viewer), of: Subject(.job, id))
            },
            .form(Addresses.cancelJob, .member) { request in
                let id = try Self.id(request)
                try await jobs.cancel(id, by: request.submission)
                return Addresses.job(id)
            } again: { request, _ in
                try await jobPage(request)
            },
            .form(Addresses.runJobAgain, .member) { request in
                let id = try Self.id(request)
                try await jobs.runAgain(id, by: request.submission)
                return Addresses.job(id)
            } again: { request, _ in
                try await jobPage(request)
            },
        ] + workbookRoutes
    }

    static func id(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có việc chạy nền này.")
    }
}
