public import Access
public import Components
public import Exchange
public import Figures
public import Foundation
public import Kernel
public import Registry
public import WebDesk

/// The register as people work with it: somebody is found, looked at, opened for a purpose.
public struct RegisterPages: PageArea {
    /// Those of the target stand with ``RegistryPages``.
    public static var templates: [URL] { [] }
    public static var pages: [any Page.Type] {
        [FindPage.self, PersonPage.self, EmployerPage.self, FlowPage.self, DoubtPage.self, QualityPage.self]
    }

    public static func page(of subject: Subject) -> Address? {
        if subject.kind == .doubt { return Addresses.doubts().with(.pair, subject.key) }
        guard let entity = EntityID(subject) else { return nil }
        return Addresses.person(entity.word)
    }

    public static func navigation(for viewer: Viewer) -> [(label: String, address: Address)] {
        viewer.may(.openRecords)
            ? [
                ("Sổ đăng ký", Addresses.register()), ("Nghi trùng", Addresses.doubts()),
                ("Biến động theo sổ", Addresses.registerFlows()), ("Chất lượng sổ", Addresses.registerQuality()),
            ] : []
    }

    public let desk: Desk
    let register: RegisterService
    /// Those that were imported, beside what the register counts.
    let figures: FigureService
    /// What came of each sender's lists.
    let deliveries: DeliveryService

    public init(desk: Desk, register: RegisterService, figures: FigureService, deliveries: DeliveryService) {
        (self.desk, self.register, self.figures, self.deliveries) = (desk, register, figures, deliveries)
    }

    public var workbooks: [ListWorkbook] { [flowWorkbook] }

    public var routes: [Route] {
        [
            .page(Addresses.register, .right(.openRecords)) { request in try await findPage(request) },
            Route.answeringForm(Addresses.findByNumber, .right(.openRecords)) { request in
                try await findByNumber(request)
            } again: { request, failure in
                try await findPage(request, failure: failure)
            }.takingNumbers(in: RegisterField.number),
            .page(Addresses.person, .right(.openRecords)) { request in try await personPage(request) },
            .answeringForm(Addresses.openPerson, .right(.openRecords)) { request in
                try await openedPage(request)
            } again: { request, failure in
                try await personPage(request, failure: failure)
            },
            .page(Addresses.employer, .right(.openRecords)) { request in try await employerPage(request) },
            .page(Addresses.registerFlows, .right(.openRecords)) { request in try await flowPage(request) },
            flowWorkbook.route(Addresses.registerFlows.workbook, on: desk),
            .page(Addresses.registerQuality, .right(.openRecords)) { request in try await qualityPage(request) },
        ] + doubtRoutes
    }

    /// Whom an address speaks of.
    func entity(_ request: MemberRequest) throws(Refusal) -> EntityID {
        guard let entity = EntityID(word: request.parameter("entity")) else {
            throw Refusal(.notFound, "Không có người hay đơn vị này trong sổ đăng ký.")
        }
        return entity
    }
}

extension EntityID {
    /// As addresses name it: the delivery and which of its records is the first.
    var word: String { "\(first.delivery)-\(first.ordinal)" }

    init?(word: String) {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false).map { UInt32($0) }
        // A delivery's number takes the upper half of 63 bits.
        guard parts.count == 2, let delivery = parts[0], let ordinal = parts[1], delivery <= Int32.max else {
            return nil
        }
        self.init(first: RecordPlace(delivery: Int(delivery), ordinal: Int(ordinal)))
    }
}
