import Kernel
import Tabular

// Figures that differ much from those before, and those that are hardly so.
extension FigureAssembly {
    struct Jump {
        let scheme: Scheme
        let people: Int
        let message: String
    }

    func jump(in figures: [ReadFigure], earlier: [Scheme: (month: Month, people: Int)]) -> Jump? {
        for figure in figures {
            let before = earlier[figure.scheme] ?? surroundings.earlier(figure.commune, figure.scheme, figure.month)
            guard let before, max(before.people, figure.people) >= FigureReader.smallest else { continue }
            let share = Double(figure.people) / Double(max(before.people, 1))
            guard share < FigureReader.leastShare || share > FigureReader.mostShare else { continue }
            let change = figure.people < before.people ? "giảm" : "tăng"
            let percent = Self.percent(share)
            return Jump(
                scheme: figure.scheme, people: figure.people,
                message:
                    "\(change) \(VietnameseText.grouped(percent)) % so với tháng \(before.month.vietnamese) (\(VietnameseText.grouped(before.people)) người); hãy kiểm tra có thừa hay thiếu chữ số, nếu đúng thì nộp lại và xác nhận số liệu biến động lớn"
            )
        }
        return nil
    }

    /// By how many percent a share differs from the whole; a fall that leaves anything is no fall by 100 %.
    private static func percent(_ share: Double) -> Int {
        let percent = Int((abs(share - 1) * 100).rounded())
        return share > 0 && share < 1 ? min(percent, 99) : percent
    }

    /// Changes that are large without being held back: taken, and shown.
    func warnOfChange(
        _ figures: [ReadFigure], row: FigureRow, earlier: [Scheme: (month: Month, people: Int)],
        into reading: inout FigureReading
    ) {
        for figure in figures {
            let before = earlier[figure.scheme] ?? surroundings.earlier(figure.commune, figure.scheme, figure.month)
            guard let before, max(before.people, figure.people) >= FigureReader.smallest else { continue }
            let share = Double(figure.people) / Double(max(before.people, 1))
            guard share < FigureReader.leastQuietShare || share > FigureReader.mostQuietShare,
                share >= FigureReader.leastShare, share <= FigureReader.mostShare
            else { continue }
            let column = row.values[.scheme(figure.scheme)]?.column
            reading.warnings.append(
                CellNote(
                    sheet: row.sheet, row: row.number, column: column.map(columnLetters) ?? "",
                    heading: column.flatMap { row.headings[$0] } ?? "", value: VietnameseText.grouped(figure.people),
                    message:
                        "\(figure.people < before.people ? "giảm" : "tăng") \(VietnameseText.grouped(Self.percent(share))) % so với tháng \(before.month.vietnamese) (\(VietnameseText.grouped(before.people)) người): được nhận, hãy kiểm tra"
                ))
        }
    }

    func warnOfCrossing(_ figures: [ReadFigure], row: FigureRow, into reading: inout FigureReading) {
        guard let compulsory = figures.first(where: { $0.scheme == .compulsory }),
            let voluntary = figures.first(where: { $0.scheme == .voluntary }),
            voluntary.people > compulsory.people
        else { return }
        reading.warnings.append(
            note(
                row,
                "số tự nguyện (\(VietnameseText.grouped(voluntary.people))) lớn hơn số bắt buộc (\(VietnameseText.grouped(compulsory.people))): hiếm gặp, hãy kiểm tra có thiếu chữ số hoặc đảo cột"
            ))
    }
}
