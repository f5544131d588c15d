import Kernel

// What a file would change: its figures against those that hold and those it stated itself before.
extension FigureService {
    /// The figures of a file against what holds.
    struct Comparison: Sendable {
        /// New, or of another value than what holds.
        var fresh: [ReadFigure] = []
        /// Of the fresh ones, those that were not stored before.
        var added = 0
        /// What the batch states: the fresh figures, and those that confirm what holds. A figure without blocks confirms
        /// nothing of one that has them.
        var stated: [ReadFigure] = []
        var replaced: [ReplacedFigure] = []
        var sameFile: Int?
    }

    static func compare(_ figures: [ReadFigure], with stored: StoredState) -> Comparison {
        var comparison = Comparison()
        comparison.sameFile = stored.sameFile.last
        for figure in figures {
            let known = stored.figures[figure]
            let held =
                figure.scheme == .compulsory
                ? stored.blocks[.init(commune: figure.commune, month: figure.month)] ?? [:] : [:]
            let isFresh = known != figure.people || !(figure.blocks.isEmpty || figure.blocks == held)
            // Sent again, a file says nothing new: what was corrected since stays corrected.
            if isFresh, known != nil, stored.statements[.init(figure)] == figure.people { continue }
            if known == nil { comparison.added += 1 }
            if isFresh { comparison.fresh.append(figure) }
            if let known, known != figure.people {
                comparison.replaced.append(
                    ReplacedFigure(
                        commune: figure.commune, month: figure.month, scheme: figure.scheme, before: known,
                        after: figure.people))
            }
            if isFresh || figure.blocks == held { comparison.stated.append(figure) }
        }
        return comparison
    }
}
