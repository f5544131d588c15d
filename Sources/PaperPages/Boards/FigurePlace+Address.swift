import Components
import Kernel
import ReportBoards
import WebDesk
import Work

extension FigurePlace {
    /// The page or list that a figure came from.
    var address: Address {
        switch self {
        case .month(let month): Addresses.figureMonth(month)
        case .targets(let year): Addresses.targets().with(.year, year)
        case .plan: Addresses.plan()
        case .work(let group, let year, let accepted):
            Addresses.workList().with(.year, year).with(.group, group)
                .with(.status, accepted ? WorkStatus.accepted.slug : nil)
        case .movements(let month): Addresses.movements().with(.month, month)
        case .obstacles: Addresses.obstacles()
        case .scores(let month): Addresses.scores().with(.month, month)
        case .commune(let code): Addresses.unit(.commune(code))
        }
    }

    /// Of an entry in a paper's list of sources: a figure's origin, or the section of a board with a text.
    static func address(ofSource text: String) -> Address? {
        let parts = text.split(separator: "/").map(String.init)
        if parts.count == 3, parts[0] == "board", let board = RecordID(parts[1]) {
            return Addresses.boardSection(board, parts[2])
        }
        return FigurePlace(text)?.address
    }
}

extension BoardFigureRow {
    init(_ figure: BoardFigure) {
        self.init(
            anchor: "so-\(figure.number)", mark: "[\(figure.number)]", label: figure.label,
            value: "\(figure.words) \(figure.unit.title)", day: figure.day.vietnamese, source: figure.source,
            address: figure.origin.address.text)
    }
}
