import Documents
import Jobs
import Kernel
import Testing

@testable import Reports

/// What becomes of a program that fails.
@Suite
struct ConversionTests {
    @Test
    func `a program that is not installed ends the job in words, one that failed is tried again`() async throws {
        for missing in [PDFConverter.Failure.missing, .noDrawer] {
            await #expect(throws: Refusal.self) { try await DocumentService.converted { throw missing } }
        }
        for passing in [PDFConverter.Failure.noResult, .tooSlow(seconds: 60)] {
            await #expect(throws: passing) { try await DocumentService.converted { throw passing } }
        }
        #expect(try await DocumentService.converted { [1] } == [1])
        #expect(DocumentJobs.conversionRetries.pause(after: 1) != nil)
    }
}
