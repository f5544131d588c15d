public import Components
public import Foundation
public import Jobs
public import Kernel
import Overview
import ReportBoards
import Targets
import Work
public import Reports
public import WebDesk

/// Official documents, their templates, and the steering committees they are about.
public struct PaperPages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] {
        [
            DocumentListPage.self, DocumentPage.self, RepliesPage.self, TemplatePage.self, SteeringPage.self,
            BoardListPage.self, BoardPage.self, BoardSectionPage.self,
        ]
    }

    public static func page(of subject: Subject) -> Address? {
        switch subject.kind {
        case .document: RecordID(subject.key).map { Addresses.document($0) }
        case .reportBoard: RecordID(subject.key).map { Addresses.board($0) }
        default: nil
        }
    }

    public let desk: Desk
    let documents: DocumentService?
    let jobs: JobService
    let remarks: ThreadPart

    /// - Parameters:
    ///   - documents: nil without templates; then there are no such pages.
    ///   - remarks: what is said of papers.
    public init(desk: Desk, documents: DocumentService?, jobs: JobService, remarks: ThreadPart) {
        self.desk = desk
        self.documents = documents
        self.jobs = jobs
        self.remarks = remarks
    }

    public var workbooks: [ListWorkbook] {
        documents.map { [documentWorkbook($0), replyWorkbook($0), boardWorkbook($0.boards)] } ?? []
    }

    public var routes: [Route] {
        documentRoutes + replyRoutes + steeringRoutes + boardRoutes + boardSectionRoutes
    }
}
