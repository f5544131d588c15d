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
    /// Minutes of a batch of figures that was received: two sides, each with room to sign.
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
        let (giver, receiver) = try sides(of: batch.source, request)
        data.fields["giver"] = giver
        data.fields["receiver"] = receiver
        // Whoever took the file in stands for the unit whose minutes they are.
        let own = ownName(request.unit)
        let person = [
            "giverPerson": own == giver ? batch.actorName : "",
            "receiverPerson": own == receiver ? batch.actorName : "",
        ].merging(request.texts.filter { !$0.value.isEmpty }) { found, typed in typed }
        data.fields["giverPerson"] = person["giverPerson"] ?? ""
        data.fields["receiverPerson"] = person["receiverPerson"] ?? ""
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
            columns: ["title", "name"],
            rows: [("Đại diện bên giao", "giverPerson"), ("Đại diện bên nhận", "receiverPerson")].map { title, field in
                [.text(title), .text(Self.nameAlone(data.fields[field] ?? ""))]
            })
        return Draft(
            request, data, about: Subject(.figureBatch, number),
            cutoff: batch.cutoff ?? batch.lastMonth.lastDay)
    }

    /// The two sides of a hand-over, never one and the same: what was typed; else the source of the figures gives and the unit
    /// receives; of figures of the unit's own, whoever usually gets them receives.
    private func sides(of source: String, _ request: PaperRequest) throws(Refusal) -> (giver: String, receiver: String)
    {
        let own = ownName(request.unit)
        func isSame(_ left: String, _ right: String) -> Bool {
            VietnameseText.fold(left) == VietnameseText.fold(right)
        }
        // A source names the body in full or as the plan does.
        let isOwn = isSame(source, own) || isSame(source, definition.name(of: request.unit))
        let usual = sharesWith(request.unit).map(ownName) ?? ""
        let typed = (giver: request.text("giver"), receiver: request.text("receiver"))
        let giver = typed.giver.isEmpty ? (isOwn ? own : source) : typed.giver
        let receiver = typed.receiver.isEmpty ? (isSame(giver, own) ? usual : own) : typed.receiver
        guard !isSame(giver, receiver) else {
            throw Refusal(fields: [
                .init(
                    PaperField.Key.text("receiver"),
                    "Bên giao và bên nhận là một cơ quan; hãy ghi hai cơ quan khác nhau.")
            ])
        }
        return (giver, receiver)
    }
}
