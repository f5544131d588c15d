public import Components
public import Foundation
public import Kernel
public import Remarks
public import WebDesk

/// What people say of work, figures and papers, on the pages of these and on its own; what leaders ask of units in one line.
public struct RemarkPages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] {
        [ThreadView.self, ThreadPage.self, InstructPanel.self, InstructionListPage.self, InstructionPage.self]
    }

    public static func page(of subject: Subject) -> Address? {
        switch subject.kind {
        case .instruction: RecordID(subject.key).map { Addresses.instruction($0) }
        case .unit: UnitCode(subject.key).map { Addresses.unit($0) }
        case .monthReached: Month(subject.key).map { Addresses.figureMonth($0) }
        default: nil
        }
    }

    public let desk: Desk
    let remarks: RemarkService

    public init(desk: Desk, remarks: RemarkService) {
        self.desk = desk
        self.remarks = remarks
    }

    public var workbooks: [ListWorkbook] { [instructionWorkbook] }

    public var routes: [Route] { threadRoutes + instructionRoutes }
}
