import Documents
import Figures
import Kernel

/// Who came and went, blocks, the labour force and late money, as reports print them where they are held.
extension DocumentData {
    private static let source = "biểu biến động của cơ quan BHXH"

    /// The table `flows` and what stands around it; `hasFlows` is empty without any.
    /// - Parameters:
    ///   - origin: what the people at a month's end stand on.
    mutating func putFlows(_ stretches: [FlowStretch], people origin: (Month) -> FigureOrigin) {
        tables["flows"] = .init(
            columns: ["name", "opening", "joined", "returned", "stopped", "rest", "closing"],
            rows: stretches.map { stretch in
                // What a part of the months leaves unexplained is no difference.
                let ends: (Int?, Int?) = stretch.isWhole ? (stretch.opening, stretch.closing) : (nil, nil)
                return [
                    .text(stretch.scheme.title), DocumentService.number(ends.0), .number(stretch.flows.joined),
                    .number(stretch.flows.returned), .number(stretch.flows.stopped),
                    DocumentService.number(stretch.remainder), DocumentService.number(ends.1),
                ]
            })
        guard let months = stretches.first?.months else {
            fields["hasFlows"] = ""
            return
        }
        fields["hasFlows"] = "1"
        let flows = FigureOrigin(months.upperBound.lastDay, Self.source)
        fields["flowsFrom"] = months.lowerBound.firstDay.vietnamese
        fields["flowsTo"] = months.upperBound.lastDay.vietnamese
        let part = stretches.filter { !$0.isWhole }.map {
            "\($0.scheme.title) mới có biến động của \($0.known)/\($0.allMonths) tháng"
        }
        put(
            "flowsPart", part.isEmpty ? "" : part.joined(separator: "; ") + ", chưa cân đối được đầu kỳ, cuối kỳ.",
            from: flows)
        state(flows, of: "flows")
        state(origin(months.lowerBound.adding(months: -1)), of: "flows/opening")
        state(origin(months.upperBound), of: "flows/closing")
    }

    /// The sentence `coverage`: what share of the labour force takes part; empty where no labour force is held.
    mutating func putCoverage(_ coverage: MovementPicture.Coverage?, from origin: FigureOrigin?) {
        fields["coverage"] = ""
        guard let coverage, coverage.labourForce > 0 else { return }
        let share = DocumentService.percent(coverage.participants, of: coverage.labourForce).words
        put("coverageShare", share, from: origin)
        put(
            "labourForce", VietnameseText.grouped(coverage.labourForce),
            from: FigureOrigin(coverage.day, coverage.source))
        put(
            "coverage",
            "Người tham gia BHXH bằng \(share)% lực lượng lao động trong độ tuổi (\(VietnameseText.grouped(coverage.labourForce)) người, số liệu đến ngày \(coverage.day.vietnamese)).",
            from: origin)
    }

    /// The sentence `late`: money paid late; empty where no form of BHXH is held.
    mutating func putLate(_ late: MovementPicture.Late?) {
        fields["late"] = ""
        guard let late else { return }
        let share = late.plan.map {
            ", bằng \(DocumentService.percent(late.amount, of: $0).words)% kế hoạch thu cả năm"
        }
        put(
            "late",
            "Số tiền \(late.measure.title.lowercased()) đến ngày \(late.day.vietnamese): \(VietnameseText.grouped(late.amount)) đồng\(share ?? "").",
            from: FigureOrigin(late.day, late.source))
    }

    /// Why blocks come to another sum than the participants of the same month do; empty where they do not.
    static func blocksNote(_ sum: Int, compulsory: Int?) -> String {
        guard let compulsory, compulsory != sum else { return "" }
        let difference = VietnameseText.grouped(abs(sum - compulsory))
        return
            "Tổng theo khối (\(VietnameseText.grouped(sum)) người) \(sum > compulsory ? "cao" : "thấp") hơn số người tham gia BHXH bắt buộc nêu trên \(difference) người: số theo khối lấy từ biểu riêng của cơ quan BHXH, số nêu trên cộng từ các xã, phường, đặc khu, có đơn vị tính bằng số tháng trước."
    }

    /// The table `blocks`, each block with what it grew by in its month.
    /// - Parameter compulsory: participants of the same month, where the blocks are of the report's.
    mutating func putBlocks(_ blocks: BlockMonth?, compulsory: Int?) {
        fields["hasBlocks"] = blocks == nil ? "" : "1"
        fields["blocksDay"] = blocks?.day.vietnamese ?? ""
        tables["blocks"] = .init(
            columns: ["name", "people", "change"],
            rows: (blocks?.lines ?? []).map {
                [.text($0.block.title), .number($0.people), DocumentService.number($0.change)]
            })
        guard let blocks else { return }
        let origin = FigureOrigin(blocks.day, blocks.source)
        let part = blocks.communes.map { "Cộng \($0) đơn vị có số liệu theo khối." }
        let note = Self.blocksNote(blocks.people, compulsory: compulsory)
        put("blocksPart", [part ?? "", note].filter { !$0.isEmpty }.joined(separator: " "), from: origin)
        state(origin, of: "blocks")
    }
}
