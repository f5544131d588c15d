import Access
import Database
import Files
import Kernel
import PlanText
import Targets
import TestSupport
import Testing

@testable import Reports

/// What a clerk types from the signed paper: its number, and its copy, which may come later.
@Suite
struct IssuedNumberTests {
    private static func signing(_ number: String) -> SigningDraft {
        SigningDraft(number: number, day: "20/10/2026", signer: "Nguyễn Văn Ký")
    }

    @Test(arguments: TestEngine.allCases)
    func `a paper takes no number of another kind of paper`(engine: TestEngine) async throws {
        try await AgencyWorld.with(engine) { world in
            let by = Submission(viewer: world.construction)
            let letter = try await world.documents.keep(
                try await world.draft(.directive, AgencyWorld.directive, by: world.construction), by: by)
            for number in ["12/QĐ-SXD", "12/KH-SXD", "12/SXD-<b>", "0/SXD-VP", "mười hai/SXD-VP", "12"] {
                await expectRefusal(.invalid, field: "number") {
                    try await world.documents.issue(letter, Self.signing(number), file: nil, by: by)
                }
            }
            try await world.documents.issue(letter, Self.signing("12/SXD-VP"), file: nil, by: by)
            let other = try await world.documents.keep(
                try await world.draft(.directive, AgencyWorld.directive, by: world.construction), by: by)
            for number in ["12/SXD-VP", "12/sxd-vp"] {
                await expectRefusal(.invalid, field: "number") {
                    try await world.documents.issue(other, Self.signing(number), file: nil, by: by)
                }
            }
            let split = try await AllocationPaperTests.split(world)
            let analyst = Submission(viewer: world.analyst)
            let proposal = try await world.documents.keep(
                try await world.draft(.targetProposal, AllocationPaperTests.values(split), by: world.analyst),
                by: analyst)
            for number in ["21/QĐ-SNV", "21/SNV-VP"] {
                await expectRefusal(.invalid, field: "number") {
                    try await world.documents.issue(proposal, Self.signing(number), file: nil, by: analyst)
                }
            }
            try await world.documents.issue(proposal, Self.signing("21"), file: nil, by: analyst)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a signed copy that comes after number and day needs no reason, another one does`(
        engine: TestEngine
    ) async throws {
        try await AgencyWorld.with(engine) { world in
            let viewer = world.construction
            let by = Submission(viewer: viewer)
            let id = try await world.issued(
                try await world.draft(.directive, AgencyWorld.directive, by: viewer), "12/SXD-VP", by: viewer)
            let copy = AllocationPaperTests.pdf
            // What differs from what stands is a correction.
            await expectRefusal(.invalid, field: "reason") {
                try await world.documents.issue(id, Self.signing("13/SXD-VP"), file: copy, by: by)
            }
            await expectRefusal(.invalid, field: "reason") {
                try await world.documents.issue(id, Self.signing("12/SXD-VP"), file: nil, by: by)
            }
            try await world.documents.issue(id, Self.signing("12/SXD-VP"), file: copy, by: by)
            #expect(try await world.documents.document(id, for: viewer).signing?.file != nil)
            await expectRefusal(.invalid, field: "reason") {
                try await world.documents.issue(id, Self.signing("12/SXD-VP"), file: copy, by: by)
            }
        }
    }
}
