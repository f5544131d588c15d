import Access
import Components
import Figures
import Kernel
import PlanText
import Province
import WebDesk

/// What stands beside the participants of the province or of a commune: the account of a month, the share of the labour
/// force, late money, who could come, blocks.
struct PictureView: Sendable {
    struct Line: Sendable {
        let label: String
        let value: String
        /// The day it stands for and who says so.
        let note: String
    }

    struct BlockRow: Sendable {
        let block: String
        let people: String
        let change: String
        let units: String
        let potential: String
    }

    let pictureHeading: String
    let accountCaption: String
    let balances: [MovementBalanceRow]
    let hasBalances: Bool
    let lines: [Line]
    let hasLines: Bool
    let blockCaption: String
    let groups: [BlockRow]
    let blockRows: [BlockRow]
    let hasBlocks: Bool
    let blockNote: String
    let movementsAddress: String
}

extension FigurePages {
    /// - Parameter whole: whether the place is the province.
    /// - Returns: nil where nothing is known.
    func pictureView(_ picture: MovementPicture?, _ blocks: BlockMonth?, month: Month?, whole: Bool) -> PictureView? {
        let accounts =
            picture?.accounts.filter { $0.joined != nil || $0.stopped != nil || $0.statedClosing != nil } ?? []
        let lines = picture.map(lines) ?? []
        guard let month, !accounts.isEmpty || !lines.isEmpty || blocks != nil else { return nil }
        let known = blocks.map { blocks in
            BlockMonth.Group.allCases.filter { group in blocks.lines.contains { group.blocks.contains($0.block) } }
        }
        return PictureView(
            pictureHeading: whole
                ? "Biến động, độ bao phủ, khối tham gia" : "Biến động, độ bao phủ, khối tham gia của đơn vị",
            accountCaption:
                "Tháng \(month.vietnamese): đầu tháng + tăng mới + trở lại − dừng = theo biến động; phần chênh là chuyển địa bàn, điều chỉnh hoặc báo muộn",
            balances: accounts.map { balance($0, naming: false) }, hasBalances: !accounts.isEmpty, lines: lines,
            hasLines: !lines.isEmpty,
            blockCaption: blocks.map {
                "Người tham gia bắt buộc theo khối, tháng \($0.month.vietnamese): \(VietnameseText.grouped($0.people)) người"
            } ?? "",
            groups: blocks.map { blocks in (known ?? []).map { Self.row($0, blocks) } } ?? [],
            blockRows: blocks.map { $0.lines.map(Self.row) } ?? [], hasBlocks: blocks != nil,
            blockNote: blocks.map { Self.note($0, whole: whole) } ?? "",
            movementsAddress: Addresses.movements().with(.month, month).text)
    }

    private static func row(_ group: BlockMonth.Group, _ blocks: BlockMonth) -> PictureView.BlockRow {
        let own = blocks.lines.filter { group.blocks.contains($0.block) }
        func sum(_ values: [Int?]) -> String {
            let known = values.compactMap(\.self)
            return known.isEmpty ? "–" : VietnameseText.grouped(known.reduce(0, +))
        }
        let (people, change) = blocks.sum(group)
        return .init(
            block: group.title, people: VietnameseText.grouped(people),
            change: change.map { FigureWords.signed($0) } ?? "–", units: sum(own.map(\.potentialUnits)),
            potential: sum(own.map(\.potentialPeople)))
    }

    private static func row(_ line: BlockMonth.Line) -> PictureView.BlockRow {
        .init(
            block: "\(line.block.rawValue). \(line.block.title)", people: VietnameseText.grouped(line.people),
            change: line.change.map { FigureWords.signed($0) } ?? "–",
            units: line.potentialUnits.map { VietnameseText.grouped($0) } ?? "–",
            potential: line.potentialPeople.map { VietnameseText.grouped($0) } ?? "–")
    }

    private static func note(_ blocks: BlockMonth, whole: Bool) -> String {
        let of = whole ? blocks.communes.map { "cộng \($0) đơn vị có số theo khối; " } ?? "" : ""
        return
            "Khối theo biểu B16a-TS; \(of)nguồn: \(blocks.source), chốt \(blocks.day.vietnamese). Biểu không tách người làm việc trong khu công nghiệp, khu kinh tế: họ nằm trong các khối doanh nghiệp."
    }

    private func lines(_ picture: MovementPicture) -> [PictureView.Line] {
        var lines: [PictureView.Line] = []
        func note(_ day: Day, _ source: String) -> String { "\(source), chốt \(day.vietnamese)" }
        if let coverage = picture.coverage {
            lines.append(
                .init(
                    label: "Độ bao phủ lực lượng lao động",
                    value:
                        "\(FigureWords.percent(coverage.share)) (\(VietnameseText.grouped(coverage.participants)) người tham gia tháng \(coverage.month.vietnamese) trên \(VietnameseText.grouped(coverage.labourForce)) người trong độ tuổi)",
                    note: "lực lượng lao động: \(note(coverage.day, coverage.source))"))
            if let uninsured = coverage.uninsured {
                lines.append(
                    .init(
                        label: "Người chưa tham gia (theo rà soát)",
                        value: "\(VietnameseText.grouped(uninsured)) người", note: note(coverage.day, coverage.source)))
            }
        }
        for potential in picture.potential {
            let parts = [
                potential.units.map { "\(VietnameseText.grouped($0)) đơn vị" },
                potential.people.map { "\(VietnameseText.grouped($0)) người" },
            ].compactMap(\.self)
            lines.append(
                .init(
                    label: "Tiềm năng BHXH \(potential.scheme.word)", value: parts.joined(separator: ", "),
                    note: note(potential.day, potential.source)))
        }
        if let late = picture.late {
            let rate = late.rate.map { ", bằng \(FigureWords.percent($0)) kế hoạch thu cả năm" } ?? ""
            lines.append(
                .init(
                    label: "Số tiền \(late.measure.title.lowercased())",
                    value: "\(FigureWords.money(late.amount))\(rate)", note: note(late.day, late.source)))
        }
        return lines
    }
}
