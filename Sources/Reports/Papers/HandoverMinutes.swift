import Access
import Database
import Documents
import Figures
import Files
import Kernel
import PlanText
import Province

extension PaperKind {
    static let handoverMinutes = PaperKind(
        "bien-ban-giao-nhan-du-lieu", about: .batch, right: .acceptFigures, issuers: PaperIssuers.anyUnit
    ) { service, request, viewer in try await service.handoverMinutes(request, for: viewer) }
}

extension DocumentService {
    /// Minutes of a batch of figures that was received.
    func handoverMinutes(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let number = try request.batch()
        let (batch, _) = try await figures.batch(number, for: viewer)
        var data = DocumentData(fields: commonFields(year: batch.firstMonth.year, of: request.unit))
        let months =
            batch.firstMonth == batch.lastMonth
            ? "tháng \(batch.firstMonth.vietnamese)"
            : "từ tháng \(batch.firstMonth.vietnamese) đến tháng \(batch.lastMonth.vietnamese)"
        // Copies of the template that were adapted before ask for it.
        if case .commune(let commune) = request.unit {
            data.fields["communeName"] = definition.communes[commune]?.fullName
        }
        data.fields["giver"] = batch.source
        data.fields["receiver"] = data.fields["unitName"]
        data.fields["receiverPerson"] = batch.actorName
        data.fields["dataName"] = "số người tham gia BHXH theo đơn vị hành chính cấp xã, \(months)"
        data.fields["cutoff"] = (batch.cutoff ?? batch.lastMonth.lastDay).vietnamese
        data.fields["rowCount"] = Self.words(batch.acceptedRows)
        data.fields["fileName"] = batch.fileName
        if let file = batch.file {
            data.fields["hash"] = try await store.read { connection in
                try StoredFiles.find(file, on: connection)?.sha256 ?? ""
            }
        }
        data.tables["signatures"] = .init(
            columns: ["giver", "receiver"], rows: [[.text(request.text("giverPerson")), .text(batch.actorName)]])
        return Draft(
            request, data, about: Subject(.figureBatch, number),
            cutoff: batch.cutoff ?? batch.lastMonth.lastDay)
    }
}
