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
        let batch = try await figures.batch(number, for: viewer)
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
        // A person stands for its own unit alone: whoever took the file in and draws up its unit's minutes. Of anybody else
        // the unit is not known here, and the place stays open.
        let own = side(request.unit)
        let taker = batch.actorName == viewer.name ? viewer.name : ""
        let person = [
            "giverPerson": own == giver ? taker : "", "receiverPerson": own == receiver ? taker : "",
        ].merging(request.texts.filter { !$0.value.isEmpty }) { found, typed in typed }
        data.fields["giverPerson"] = person["giverPerson"] ?? ""
        data.fields["receiverPerson"] = person["receiverPerson"] ?? ""
        data.fields["dataName"] = "số người tham gia BHXH theo đơn vị hành chính cấp xã, \(months)"
        data.fields["cutoff"] = (batch.cutoff ?? batch.lastMonth.lastDay).vietnamese
        data.fields["rowCount"] = Self.words(batch.acceptedRows)
        data.fields["fileName"] = batch.fileName
        if let file = batch.file {
            data.fields["hash"] = try await store.read { connection in
                try StoredFiles.find(file, on: connection).map { Self.inGroups($0.sha256) } ?? ""
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

    /// In groups of eight, as somebody compares it by eye; a line may break between them.
    static func inGroups(_ hash: String) -> String {
        let letters = Array(hash)
        return stride(from: 0, to: letters.count, by: 8).map {
            String(letters[$0..<min($0 + 8, letters.count)])
        }.joined(separator: " ")
    }

    /// The two sides of a hand-over, never one and the same: what was typed; else the unit that delivered gives and the
    /// coordinating agency receives. Of minutes of that agency the giver is the body that the source names, open where the
    /// source is a paper or a name that many units share.
    private func sides(of source: String, _ request: PaperRequest) throws(Refusal) -> (giver: String, receiver: String)
    {
        let own = side(request.unit)
        let coordinator = UnitCode.agency(definition.coordinatingAgency)
        let named = body(in: source)
        let typed = (giver: request.text("giver"), receiver: request.text("receiver"))
        var giver = typed.giver
        if giver.isEmpty {
            let receives =
                typed.receiver.isEmpty ? request.unit == coordinator : Self.isSame(typed.receiver, own)
            giver = receives ? named ?? "" : own
        }
        var receiver = typed.receiver
        if receiver.isEmpty {
            // Figures of the coordinating agency's own go to whoever usually gets them.
            let gives = Self.isSame(giver, own)
            let usual = request.unit == coordinator ? sharesWith(request.unit) : coordinator
            receiver = gives ? usual.map(ownName) ?? "" : own
        }
        guard giver.isEmpty || !Self.isSame(giver, receiver) else {
            throw Refusal(fields: [
                .init(
                    PaperField.Key.text("receiver"),
                    "Bên giao và bên nhận là một cơ quan; hãy ghi hai cơ quan khác nhau.")
            ])
        }
        return (giver, receiver)
    }

    /// A unit as one of the two sides; open where its name is that of many.
    private func side(_ unit: UnitCode) -> String { isGathering(unit) ? "" : ownName(unit) }

    /// The one body that a source of figures names, in full or as the plan does: `Số liệu của Thuế thành phố`; nil for a paper
    /// and for a name that gathers many units.
    private func body(in source: String) -> String? {
        // Without a remark in brackets behind the name.
        let source = source.replacing(/\s*\([^)]*\)$/, with: "")
        let names =
            [source]
            + [" của ", " do "].compactMap { word in
                source.ranges(of: word).last.map { String(source[$0.upperBound...]) }
            }
        let units = definition.bodies + definition.communes.codes.map { .commune($0) }
        let unit = units.first { unit in
            !isGathering(unit)
                && names.contains { Self.isSame($0, ownName(unit)) || Self.isSame($0, definition.name(of: unit)) }
        }
        return unit.map(ownName)
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        VietnameseText.fold(left) == VietnameseText.fold(right)
    }
}
