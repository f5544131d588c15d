import Access
import Components
import Hummingbird
import Kernel
import Remarks
import WebDesk

/// A leader's line as a line of the list of them.
struct InstructionLine: Sendable {
    let instruction: Instruction
    let unit: String
    let status: InstructionStatus
    let today: Day
}

extension RemarkPages {
    static let readers = RouteAccess.right(.writeRemarks, .readAllRemarks)

    static let instructionList = ListTable<InstructionLine>(
        "but-phe", "Bút phê", printedRows: 60,
        columns: [
            .init(
                "but-phe", "Bút phê", width: 50,
                cell: { TableCell($0.instruction.text, link: Addresses.instruction($0.instruction.id)) },
                value: { .text($0.instruction.text) }),
            .init("don-vi", "Đơn vị", choice: true, width: 32, value: { .text($0.unit) }),
            .init("ve", "Về", width: 40, value: { .text(VietnameseText.sentence($0.instruction.about)) }),
            .init("ngay", "Ngày ghi", width: 14, value: { .day($0.instruction.at.day) }),
            .init("han", "Hạn", width: 14, value: { .day($0.instruction.due) }),
            .init(
                "tinh-trang", "Tình trạng", choice: true, width: 22,
                cell: { TableCell(badge: badge($0.status)) },
                value: { .ranked(InstructionStatus.allCases.firstIndex(of: $0.status) ?? 0, $0.status.title) }),
            .init(
                "tra-loi", "Nói sau cùng", sorted: false, width: 60,
                cell: { line in
                    TableCell(
                        line.instruction.said.map { "\($0.prefix(240))\($0.count > 240 ? "…" : "")" } ?? "–",
                        below: line.instruction.saidBy.flatMap { name in
                            line.instruction.saidAt.map { "\(name), \($0.day.vietnamese)" }
                        })
                }, value: { TableValue($0.instruction.said) }),
            .init("nguoi-ghi", "Người ghi", choice: true, width: 24, value: { .text($0.instruction.author) }),
        ])

    private func lines(_ query: FormContent, for viewer: Viewer, most: Int) async throws -> [InstructionLine] {
        let filter = InstructionFilter(
            unit: UnitCode(query[.unit]), runningOnly: query[.view].isEmpty, ownOnly: query[.view] == Self.own)
        return try await remarks.instructions(filter, for: viewer, limit: most).map { instruction in
            InstructionLine(
                instruction: instruction, unit: VietnameseText.sentence(remarks.names.name(of: instruction.unit)),
                status: instruction.status(on: today), today: today)
        }
    }

    /// Closed ones too.
    private static let everything = "tat-ca"
    /// Those that the leader, or another of the same body, gave.
    private static let own = "cua-toi"

    var instructionWorkbook: ListWorkbook {
        ListWorkbook(Self.instructionList.outline, of: Subject(.instruction), Self.readers) { reader in
            reader.sheet(
                Self.instructionList, of: try await lines(reader.query, for: reader.viewer, most: reader.most + 1),
                narrowed: [
                    [Self.everything: "tất cả", Self.own: "cơ quan tôi ghi"][reader.query[.view]] ?? "đang chạy"
                ]
                    + (UnitCode(reader.query[.unit]).map { [remarks.names.name(of: $0)] } ?? []))
        }
    }

    func instructionsPage(_ request: MemberRequest) async throws -> Response {
        let (view, unit) = (request.query[.view], request.query[.unit])
        let lines = try await lines(request.query, for: request.viewer, most: ListWorkbook.mostAtOnce)
        let late = lines.count { $0.status == .late }
        let answered = lines.count { $0.status == .answered }
        func chip(_ label: String, _ value: String) -> Frame.Link {
            Frame.Link(
                label, Addresses.instructions().with(.view, value).with(.unit, unit), current: view == value)
        }
        let model = InstructionListPage(
            lead: Self.summary(lines.count, late: late, answered: answered, leads: request.viewer.may(.instruct)),
            chips: [chip("Đang chạy", ""), chip("Tất cả", Self.everything)]
                + (request.viewer.may(.instruct) ? [chip("Cơ quan tôi ghi", Self.own)] : []),
            table: try list(
                Self.instructionList, of: lines, try await query(Self.instructionList.outline, of: request),
                at: TablePlace(Addresses.instructions(), [(.view, view), (.unit, unit)]),
                workbook: Addresses.instructions.workbook(), nothing: "Không có bút phê nào đang chạy."))
        return try page("Bút phê", model, for: request)
    }

    private static func summary(_ count: Int, late: Int, answered: Int, leads: Bool) -> String {
        guard count > 0 else {
            return leads
                ? "Chưa có bút phê nào. Mở trang của một xã, phường, một việc hoặc một văn bản, chọn “Ghi bút phê”."
                : "Chưa có bút phê nào giao đơn vị bạn."
        }
        return "\(VietnameseText.grouped(count)) bút phê, \(late) quá hạn chưa trả lời, \(answered) đã trả lời chờ xem."
    }
}
