import Components
import Exchange
import WebDesk

// Pages of deliveries.
extension RegistryPages {
    static var deliveryPages: [any Page.Type] {
        [
            DeliveryListPage.self, DeliveryPage.self, SendListPage.self, DeliveryUploadPage.self, ReturnedListPage.self,
            ReturnedRowPage.self, DeliveryCalendarPage.self,
        ]
    }

    var deliveryWorkbooks: [ListWorkbook] { [deliveryWorkbook, returnedWorkbook, calendarWorkbook] }

    var deliveryRoutes: [Route] {
        [
            .page(Addresses.deliveries, .right(.readDeliveries)) { request in try await deliveryListPage(request) },
            deliveryWorkbook.route(Addresses.deliveries.workbook, on: desk),
            .page(Addresses.deliveryCalendar, Self.calendarReaders) { request in try await calendarPage(request) },
            calendarWorkbook.route(Addresses.deliveryCalendar.workbook, on: desk),
        ] + receiptRoutes + sendingRoutes + uploadRoutes + returnedRoutes
    }
}
