public import Access
public import Components
public import Exchange
import Formats
public import Foundation
public import Kernel
public import LawInForce
public import Operation
import PlanText
import Province
public import WebDesk

/// Who gives what to whom: agreements, requests for data, what was destroyed, the journal.
public struct AgreementPages: PageArea {
    public static var templates: [URL] { [] }
    public static var pages: [any Page.Type] {
        [
            AgreementListPage.self, RequestListPage.self, ExchangeThingPage.self, ExchangeFormPage.self,
            JournalPage.self, OperationPage.self,
            ProcessingPage.self,
        ]
    }

    public static func page(of subject: Subject) -> Address? {
        switch subject.kind {
        case .agreement: Int(subject.key).map { Addresses.agreement($0) }
        case .dataRequest: Int(subject.key).map { Addresses.dataRequest($0) }
        case .subjectRequest: Int(subject.key).map { Addresses.subjectRequest($0) }
        default: nil
        }
    }

    public static func navigation(for viewer: Viewer) -> [(label: String, address: Address)] {
        guard viewer.may(.keepAgreements) || viewer.may(.readAgreements) else { return [] }
        return [
            ("Thỏa thuận dữ liệu", Addresses.agreements()), ("Yêu cầu dữ liệu", Addresses.dataRequests()),
            ("Dữ liệu cá nhân", Addresses.processing()),
        ]
            + (viewer.may(.readOperation) ? [("Vận hành hệ thống", Addresses.operation())] : [])
    }

    /// Who may look: whoever keeps those of the own unit, or reads all.
    static let looking: RouteAccess = .right(.keepAgreements, .readAgreements)

    public let desk: Desk
    let exchange: ExchangeService
    let operation: OperationService
    /// Of which the clocks of requests of data subjects are; nil without the law's files.
    let law: LawService?

    public init(desk: Desk, exchange: ExchangeService, operation: OperationService, law: LawService?) {
        (self.desk, self.exchange, self.operation, self.law) = (desk, exchange, operation, law)
    }

    public var workbooks: [ListWorkbook] { [agreementWorkbook, requestWorkbook] }

    public var routes: [Route] { agreementRoutes + requestRoutes + journalRoutes + operationRoutes + subjectRoutes }

    static func number(_ request: MemberRequest, _ words: String) throws(Refusal) -> Int {
        guard let number = Int(request.parameter("number")) else { throw Refusal(.notFound, words) }
        return number
    }

    /// Where a delivery has its page, for whoever may see it.
    func address(ofDelivery number: Int, for viewer: Viewer) -> String? {
        viewer.may(.readDeliveries) ? Addresses.delivery(number).text : nil
    }

    /// Agencies and own units to choose from, under what people call them.
    func unitOptions(_ viewer: Viewer, chosen: String = "") -> [Field.Option] {
        var units = viewer.ownUnits
        for agency in definition.agencies where agency.kind != .communes {
            let unit = UnitCode.agency(agency.code)
            if !units.contains(unit) { units.append(unit) }
        }
        if let unit = UnitCode(chosen), !units.contains(unit) { units.append(unit) }
        return [Field.Option("", "Hãy chọn", selected: chosen.isEmpty)]
            + units.map { Field.Option($0.text, definition.name(of: $0), selected: $0.text == chosen) }
    }

    func formatOptions(chosen: String = "") -> [Field.Option] {
        [Field.Option("", "Hãy chọn", selected: chosen.isEmpty)]
            + exchange.formats.values.sorted { $0.title < $1.title }.map {
                Field.Option($0.key, "\($0.title) (\($0.key))", selected: $0.key == chosen)
            }
    }

    /// The columns of a list, one a line: what a form begins with.
    func columns(ofFormat key: String) -> String {
        guard let format = exchange.formats[key] else { return "" }
        var seen: Set<String> = []
        return (format.heads.map(\.column) + format.columns).map(\.name).filter { seen.insert($0).inserted }
            .joined(separator: "\n")
    }

    /// A list beside others on a page: each reads its own part of the address.
    func shown<Row: Sendable>(
        _ table: ListTable<Row>, _ rows: [Row], at place: TablePlace, nothing: String, of request: MemberRequest
    ) async throws -> TableModel {
        let query = try await query(table.outline, of: request)
        return try list(table, table.page(of: rows, by: query), query, at: place, tools: "", nothing: nothing)
    }

    /// Whether somebody writes a kind of paper for the coordinating agency, or for who leads a task that it makes a product of.
    func writes(_ kind: String, _ viewer: Viewer) -> Bool {
        guard viewer.may(.keepAgreements) else { return false }
        let leads = definition.tasks.filter { $0.slots.contains { $0.papers.contains(kind) } }.flatMap(\.leads)
        return viewer.agency.map { $0 == definition.coordinatingAgency || leads.contains($0) } ?? false
    }

    static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { VietnameseText.tidy($0) }.filter { !$0.isEmpty }
    }
}
