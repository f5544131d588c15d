import Access
import Foundation
import Kernel
import Testing

/// Files that act on whoever opens them, sent by a form.
@Suite
struct UploadScreeningPagesTests {
    @Test
    func `a PDF with a script is refused at its field with the way to send it, and nothing of it stays`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get(HandInOverHTTPTests.work).form("sp-I-5-0")
            let script = Upload(
                name: "bc.pdf", type: "application/pdf",
                bytes: Array("%PDF-1.7\n1 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n".utf8))
            let page = try await officer.submit(form, HandInOverHTTPTests.typed, files: [script])
            #expect(page.status == 422)
            let again = try page.form("sp-I-5-0")
            #expect(again.html.contains("Tệp “bc.pdf”: Tệp PDF có mã JavaScript"))
            #expect(again.html.contains("125/BC-UBND"), "what was typed is there again")
            #expect(try await harness.count("SELECT COUNT(*) FROM stored_file") == 0)
            #expect(try harness.uploadsLeft() == [])
        }
    }
}
