public import Access
public import Components
public import Exchange
public import Foundation
public import Jobs
public import Kernel
public import WebDesk

/// The register: lists that agencies hand over, and the persons and employers that are made of them.
public struct RegistryPages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] { deliveryPages }

    public static func page(of subject: Subject) -> Address? {
        switch subject.kind {
        case .delivery: Int(subject.key).map { Addresses.delivery($0) }
        case .deliveryUpload: RecordID(subject.key).map { Addresses.deliveryUpload($0) }
        default: nil
        }
    }

    public static func navigation(for viewer: Viewer) -> [(label: String, address: Address)] {
        if viewer.may(.readDeliveries) { return [("Giao danh sách", Addresses.deliveries())] }
        return viewer.may(.readDeliveryCalendar) ? [("Giao danh sách", Addresses.deliveryCalendar())] : []
    }

    public let desk: Desk
    let deliveries: DeliveryService
    let jobs: JobService

    public init(desk: Desk, deliveries: DeliveryService, jobs: JobService) {
        self.desk = desk
        self.deliveries = deliveries
        self.jobs = jobs
    }

    public var workbooks: [ListWorkbook] { deliveryWorkbooks }

    public var routes: [Route] { deliveryRoutes }
}
