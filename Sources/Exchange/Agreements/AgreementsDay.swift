import Access
import Database
import Kernel
public import Notices

extension DaySource {
    /// What waits for somebody in agreements and requests of the own unit: to agree, to sign, to decide, to hand over.
    public static func exchange(_ service: ExchangeService) -> DaySource {
        DaySource([.agreement, .dataRequest, .delivery], isFor: { $0.may(.keepAgreements) }) {
            viewer, today, connection in
            let agreements = try Agreements.all(on: connection).filter { $0.side(of: viewer) != nil }
            let decisions = agreements.compactMap { agreement -> DayItem? in
                let actions = agreement.actions(for: viewer, on: today)
                let words =
                    actions.contains(.agree)
                    ? "Đọc, đồng ý hoặc không" : actions.contains(.sign) ? "Ghi văn bản đã ký của" : nil
                guard let words else { return nil }
                return DayItem(
                    .exchange, Subject(.agreement, agreement.number), "\(words) thỏa thuận \(agreement.name)",
                    detail: service.title(ofFormat: agreement.format))
            }
            let requests = try DataRequests.all(on: connection).compactMap { request -> DayItem? in
                let actions = request.actions(for: viewer)
                let words =
                    actions.contains(.send)
                    ? "Duyệt"
                    : actions.contains(.grant) ? "Quyết định" : actions.contains(.answer) ? "Giao dữ liệu theo" : nil
                guard let words else { return nil }
                return DayItem(
                    .exchange, Subject(.dataRequest, request.number), "\(words) yêu cầu \(request.name)",
                    detail: service.title(ofFormat: request.format))
            }
            let own = Set(agreements.filter { $0.side(of: viewer) == .giver }.map(\.number))
            let due = try DueDelivery.all(today: today, within: AgreementReach(viewer), on: connection)
                .filter { own.contains($0.agreement) && ($0.isMissing || $0.isAwaited) }.map { due in
                    DayItem(
                        .missingData, Subject(.agreement, due.agreement),
                        "Giao “\(service.title(ofFormat: due.format))” \(due.turn.words)", detail: due.name,
                        due: due.due)
                }
            return decisions + requests + due
        }
    }
}
