import Access
import Database
import TestSupport
import Testing

/// The three sentences of the first page.
struct FirstTourTests {
    @Test(arguments: TestEngine.allCases)
    func `whoever puts the tour away does so alone and for ever, until it is called back`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            _ = try await world.add(AccessWorld.officer("minh.tran"))
            let one = try await world.viewer(try await world.signIn())
            let other = try await world.viewer(try await world.signIn("minh.tran"))
            let service = world.service
            #expect(try await !service.hasPutAwayTour(one))
            try await service.putAwayTour(true, by: one)
            // A button pressed twice.
            try await service.putAwayTour(true, by: one)
            world.clock.advance(seconds: 400 * 86_400)
            #expect(try await service.hasPutAwayTour(one))
            #expect(try await !service.hasPutAwayTour(other))
            try await service.putAwayTour(false, by: one)
            #expect(try await !service.hasPutAwayTour(one))
        }
    }
}
