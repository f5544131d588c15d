import Access
import Components
import Figures
import Kernel
import PlanText
import Province
import WebDesk

/// What a form's numbers are about, in the order in which they are read.
enum MovementTheme: Int {
    case participants
    case blocks
    case ways
    case organisations
    case stopped
    case late
    case labour
    /// People who came and went: the accounts above the list show them.
    case flows

    init(_ key: MovementKey) {
        self =
            switch key.measure {
            case .participants: key.block == nil ? .participants : .blocks
            case .potentialUnits, .potentialPeople, .toDevelop: .blocks
            case .paid, .due, .ahead: .ways
            case .joinedThroughOrganisations, .continued: .organisations
            case .stoppedOpen: .stopped
            case .late, .lateWithInterest, .collectionPlan: .late
            case .labourForce, .uninsured: .labour
            case .opening, .joined, .returned, .stopped: .flows
            }
    }

    var title: String {
        switch self {
        case .participants: "Số người tham gia theo biểu (B06-TS, B16a-TS)"
        case .blocks: "Theo khối: người tham gia, tiềm năng (biểu B16a-TS)"
        case .ways: "BHXH tự nguyện theo phương thức đóng (biểu B06-TS)"
        case .organisations: "Qua tổ chức dịch vụ thu (biểu B15-UQ)"
        case .stopped: "Đã dừng trong năm, chưa tham gia lại (biểu C21b-TS, B06-TS)"
        case .late: "Chậm đóng, trốn đóng (biểu B06-TS, B16b-TS)"
        case .labour: "Lực lượng lao động trong độ tuổi, người chưa tham gia"
        case .flows: "Tăng mới, trở lại, dừng"
        }
    }
}

/// A number of a form, as a line.
struct MovementLine: Sendable {
    let movement: Movement
    let place: String
    let title: String
    /// With its unit.
    let amount: String

    var theme: MovementTheme { MovementTheme(movement.key) }
    var unit: String {
        switch movement.key.measure.unit {
        case .people: "người"
        case .employers: "đơn vị"
        case .dong: "đồng"
        }
    }
}

// What forms say, the batches of forms, and the numbers of one: as lists.
extension FigurePages {
    private static let numberColumns: [TableColumn<MovementLine>] = [
        .init("noi", "Nơi", width: 30, value: { .text($0.place) }),
        .init("chi-tieu", "Chỉ tiêu", width: 44, value: { .text($0.title) }),
        .init(
            "so", "Số", number: true, width: 18, cell: { TableCell($0.amount) }, value: { .number($0.movement.value) }),
        .init("don-vi-tinh", "Đơn vị tính", choice: true, width: 12, value: { .text($0.unit) }),
        .init(
            "chu-de", "Chủ đề", choice: true, width: 44, value: { .ranked($0.theme.rawValue, $0.theme.title) }),
    ]

    static let movementList = ListTable<MovementLine>(
        "bien-dong", "Số theo biểu", usualRows: 20, printedRows: 200, suffix: "so",
        columns: numberColumns + [
            .init(
                "lo", "Nguồn", width: 10,
                cell: { TableCell("Lô \($0.movement.batch)", link: Addresses.movementBatch($0.movement.batch)) },
                value: { .ranked($0.movement.batch, "Lô \($0.movement.batch)") })
        ])

    static let movementBatchList = ListTable<MovementBatch>(
        "lo-bien-dong", "Các lần nạp biểu biến động", standing: TableOrder("lo", descending: true), usualRows: 20,
        suffix: "lo",
        columns: [
            .init(
                "lo", "Lô", width: 8, cell: { TableCell("\($0.number)", link: Addresses.movementBatch($0.number)) },
                value: { .ranked($0.number, "\($0.number)") }),
            .init(
                "tep", "Tệp", width: 36,
                cell: { batch in
                    TableCell(
                        batch.fileName,
                        strong: batch.withdrawnAt.map {
                            "Đã thu hồi \($0.day.vietnamese): \(batch.withdrawnReason ?? "")"
                        })
                }, value: { .text($0.fileName) }),
            .init("bieu", "Biểu", choice: true, width: 40, value: { .text($0.form.title) }),
            .init("thang", "Tháng", width: 12, value: { TableValue($0.month) }),
            .init("nguon", "Nguồn", choice: true, width: 30, value: { TableValue($0.source) }),
            .init("so", "Số nhận", number: true, value: { .number($0.movements) }),
            .init("tra-lai", "Dòng trả lại", number: true, value: { .number($0.rejectedRows) }),
            .init("nguoi-nhan", "Người nhận", value: { .text($0.actorName) }),
            .init("luc", "Nhận lúc", width: 20, value: { .moment($0.at) }),
            .init("thu-hoi", "Thu hồi", width: 14, value: { TableValue($0.withdrawnAt?.day) }),
        ])

    static let movementLineList = ListTable<MovementLine>(
        "so-lo-bien-dong", "Số của lô biến động", printedRows: 200, columns: numberColumns)

    private func lines(_ movements: [Movement]) -> [MovementLine] {
        movements.map {
            MovementLine(
                movement: $0, place: self.movements.name(of: $0.key.place), title: title($0.key),
                amount: amount($0.value, $0.key.measure))
        }
    }

    /// What holds beside the flows, theme by theme; of communes the labour force alone, the rest is left to the batches.
    func movementLines(_ held: [Movement]) -> [MovementLine] {
        lines(
            held.filter { movement in
                let theme = MovementTheme(movement.key)
                if case .commune = movement.key.place { return theme == .labour }
                return theme != .flows
            }
        ).enumerated().sorted {
            ($0.element.theme.rawValue, $0.offset) < ($1.element.theme.rawValue, $1.offset)
        }.map(\.element)
    }

    func movementBatchLines(_ batch: MovementBatch, _ stated: [Movement], _ request: MemberRequest) async throws
        -> TableModel
    {
        try list(
            Self.movementLineList, of: lines(stated), try await query(Self.movementLineList.outline, of: request),
            at: TablePlace(Addresses.movementBatch(batch.number)),
            workbook: Addresses.movementLinesWorkbook().with(.batch, batch.number), caption: "Số của lô",
            nothing: "Lô này không có số nào.")
    }

    var movementWorkbooks: [ListWorkbook] { [movementWorkbook, movementBatchWorkbook, movementLineWorkbook] }

    var movementWorkbook: ListWorkbook {
        ListWorkbook(Self.movementList.outline, of: Subject(.movementBatch), .right(.viewFigures)) { reader in
            guard let month = Month(reader.query[.month]) else { throw Refusal(.notFound, "Không có tháng này.") }
            let held = try await movements.movements(of: month, for: reader.viewer)
            return reader.sheet(
                Self.movementList, of: movementLines(held), narrowed: ["tháng \(month.vietnamese)"])
        }
    }

    var movementBatchWorkbook: ListWorkbook {
        ListWorkbook(Self.movementBatchList.outline, of: Subject(.movementBatch), .right(.viewFigures)) { reader in
            reader.sheet(
                Self.movementBatchList, of: try await movements.batches(limit: reader.most + 1, for: reader.viewer))
        }
    }

    var movementLineWorkbook: ListWorkbook {
        ListWorkbook(Self.movementLineList.outline, of: Subject(.movementBatch), .right(.viewFigures)) { reader in
            let (batch, stated) = try await movements.batch(Int(reader.query[.batch]) ?? 0, for: reader.viewer)
            return reader.sheet(Self.movementLineList, of: lines(stated), narrowed: ["lô \(batch.number)"])
        }
    }
}
