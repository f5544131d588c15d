import Province
import PlanText
import Access
import Documents
import Kernel
import Targets

extension PaperKind {
    static let committeeDecision = PaperKind(
        "quyet-dinh-kien-toan-ban-chi-dao", about: .committee, issuers: PaperIssuers.commune, guards: phones,
        lacks: noMembers
    ) { service, request, viewer in try await service.committeeDraft(request, for: viewer) }

    static let committeeRules = PaperKind(
        "quy-che-ban-chi-dao", about: .committee, issuers: PaperIssuers.commune, guards: phones, lacks: noMembers
    ) { service, request, viewer in try await service.committeeDraft(request, for: viewer) }

    /// Papers of before the rules went without the members' telephone numbers have them still.
    private static let phones = [PaperGuard(table: "members", column: "phone", by: Guard.committeePhones)]

    @Sendable private static func noMembers(
        _ service: DocumentService, _ scenario: AllocationScenario?, _ viewer: Viewer
    ) async throws -> String? {
        guard let commune = viewer.communes.first else { return nil }
        let isSeated = try await service.steeringMembers(of: commune, for: viewer).contains { $0.until == nil }
        return isSeated ? nil : "Chưa có thành viên nào. Hãy nhập danh sách Ban Chỉ đạo trước."
    }
}

extension DocumentService {
    /// The decision on the committee, or its rules (task I.1).
    func committeeDraft(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let commune = try request.commune()
        let members = try await steeringMembers(of: commune, for: viewer).enumerated().sorted {
            (Self.rank($0.element.seat), $0.offset) < (Self.rank($1.element.seat), $1.offset)
        }.map(\.element)
        let kind = definition.communes[commune]?.kind.rawValue ?? ""
        func inFull(_ position: String) -> String { Self.inFull(position, of: kind) }
        let present = members.filter { $0.until == nil }
        // The decision before this one took note of whoever had left by then, and is replaced.
        let before = try await documents(about: Subject(.steering, commune), for: viewer).first {
            $0.templateID == PaperKind.committeeDecision.id && $0.signing != nil
        }?.signing
        let left = members.filter { member in
            member.until.map { until in before.map { until >= $0.day } ?? true } ?? false
        }
        var data = DocumentData(fields: try communeFields(commune, year: clock.today.year))
        data.fields["memberCount"] = "\(present.count)"
        data.fields["headPosition"] =
            present.first { VietnameseText.fold($0.seat) == "truong ban" }.map { inFull($0.position) } ?? ""
        data.fields["leftCount"] = left.isEmpty ? "" : "\(left.count)"
        data.fields["oldDecision"] =
            before.map {
                "Quyết định số \($0.number) \(OfficialDocument.dayWords($0.day)) của Chủ tịch \(data.fields["unitName"] ?? "")"
            } ?? ""
        data.tables["bases"] = planBases
        data.tables["members"] = .init(
            columns: ["seat", "name", "position"],
            rows: present.map { [.text($0.seat), .text($0.name), .text(inFull($0.position))] })
        data.tables["seats"] = Self.seats(present.map { ($0.seat, inFull($0.position)) })
        data.tables["left"] = .init(
            columns: ["seat", "name", "position", "until"],
            rows: left.map {
                [.text($0.seat), .text($0.name), .text(inFull($0.position)), $0.until.map { .day($0) } ?? .empty]
            })
        return Draft(
            request, data, about: Subject(.steering, commune), cutoff: clock.today)
    }

    /// The head first, then who stands in for the head, then the others.
    private static func rank(_ seat: String) -> Int {
        switch VietnameseText.fold(seat) {
        case "truong ban": 0
        case "pho truong ban thuong truc": 1
        case let seat where seat.hasPrefix("pho truong ban"): 2
        default: 3
        }
    }

    /// Points of a regulation are lettered, in the order of the Vietnamese alphabet (Decree 30/2020/NĐ-CP, annex I).
    private static let letters = Array("abcdđeghiklmnopqrstuvxy")

    /// Seats with the positions that hold them, a point each: rules outlive the persons, so they name none.
    private static func seats(_ present: [(seat: String, position: String)]) -> DocumentData.Table {
        var seats: [(seat: String, positions: [String])] = []
        for member in present {
            if let index = seats.firstIndex(where: {
                VietnameseText.comparisonKey($0.seat) == VietnameseText.comparisonKey(member.seat)
            }) {
                seats[index].positions.append(member.position)
            } else {
                seats.append((member.seat, [member.position]))
            }
        }
        return .init(
            columns: ["letter", "seat", "position", "mark"],
            rows: seats.enumerated().map { index, seat in
                [
                    .text(letters.indices.contains(index) ? "\(letters[index])" : ""), .text(seat.seat),
                    .text(seat.positions.joined(separator: "; ")), .text(index == seats.count - 1 ? "." : ";"),
                ]
            })
    }

    /// A position as an issued text writes it: bodies in full, the commune's own with its kind
    /// (`Chủ tịch Ủy ban nhân dân phường`).
    private static func inFull(_ position: String, of kind: String) -> String {
        let position = [
            ("UBND", "Ủy ban nhân dân"), ("HĐND", "Hội đồng nhân dân"), ("BHXH", "Bảo hiểm xã hội"),
            ("MTTQ", "Mặt trận Tổ quốc"), ("VH-XH", "Văn hóa - Xã hội"),
        ].reduce(position) { $0.replacing($1.0, with: $1.1) }
        let isOwn = ["Ủy ban nhân dân", "Hội đồng nhân dân", "Công an", "Mặt trận Tổ quốc Việt Nam"].contains {
            position.hasSuffix($0)
        }
        return isOwn && !kind.isEmpty ? "\(position) \(kind)" : position
    }
}
