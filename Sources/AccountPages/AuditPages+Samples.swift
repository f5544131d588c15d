import Components

// One of each model, complete: see ``Page/sample``.

extension AuditPage {
    static let sample = AuditPage(table: .sample)
}
