public import Access
import Database
public import Kernel

extension ExchangeService {
    /// Those that somebody may see, the latest first.
    public func requests(for viewer: Viewer) async throws -> [DataRequest] {
        let reach = AgreementReach(viewer)
        return try await store.read { connection in
            try DataRequests.all(on: connection).filter { reach.covers($0.asker, $0.holder) }.reversed()
        }
    }

    public func request(_ number: Int, for viewer: Viewer) async throws -> (DataRequest, [DataRequestEvent]) {
        let reach = AgreementReach(viewer)
        return try await store.read { connection in
            let request = try DataRequests.require(number, on: connection)
            guard reach.covers(request.asker, request.holder) else { throw DataRequests.unknown(number) }
            return (request, try DataRequests.events(of: number, on: connection))
        }
    }
}
