import Components
import Exchange
import WebDesk

// Pages of deliveries.
extension RegistryPages {
    static var deliveryPages: [any Page.Type] { [DeliveryListPage.self, DeliveryPage.self] }

    var deliveryWorkbooks: [ListWorkbook] { [deliveryWorkbook] }

    var deliveryRoutes: [Route] {
        [
            .page(Addresses.deliveries, .right(.readDeliveries)) { request in try await deliveryListPage(request) },
            deliveryWorkbook.route(Addresses.deliveries.workbook, on: desk),
            .page(Addresses.delivery, .right(.readDeliveries)) { request in try await deliveryPage(request) },
        ]
    }
}
