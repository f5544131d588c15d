public import Access
public import Kernel
import PlanText
public import Work

/// All that a draft of a report is made of: figures, what agencies wrote, what was handed in of the plan's work.
public struct ReportMaterial: Sendable {
    public struct Text: Sendable {
        public let unit: UnitCode
        public let text: BoardText
        /// By which the draft marks it, after the figures'.
        public let number: Int
    }

    public struct Section: Sendable {
        public let section: BoardSection
        /// What was handed in.
        public let texts: [Text]
        /// Who was asked and has not handed in.
        public let waiting: [UnitCode]
    }

    public let span: BoardSpan
    public let cutoff: Day
    public let figures: BoardFigures
    /// Nil where no board was opened: the draft then has figures alone.
    public let board: BoardHead?
    public let sections: [Section]
    public let products: [AcceptedProduct]
}

extension BoardService {
    /// What a report is made of: of its board, with locked figures where they are; without a board, what the system knows.
    public func material(_ span: BoardSpan, for viewer: Viewer) async throws -> ReportMaterial {
        let board = try await board(of: span, for: viewer)
        let cutoff = board?.head.cutoff ?? min(span.usualDays(in: plan).cutoff, clock.today)
        let figures =
            if let head = board?.head {
                try await self.figures(of: head, for: viewer).figures
            } else { try await count(span, to: cutoff, for: viewer) }
        let days = span.first...max(span.first, min(cutoff, span.last))
        var number = figures.all.map(\.number).max() ?? 0
        let sections =
            board?.sections.map { section in
                ReportMaterial.Section(
                    section: section.section,
                    texts: section.parts.compactMap { part in
                        guard part.state == .handedIn, let text = part.text else { return nil }
                        number += 1
                        return ReportMaterial.Text(unit: part.unit, text: text, number: number)
                    }, waiting: section.parts.filter { $0.state != .handedIn }.map(\.unit))
            }
            ?? BoardSection.outline(span.kind, in: plan).map {
                ReportMaterial.Section(section: $0, texts: [], waiting: $0.units)
            }
        return ReportMaterial(
            span: span, cutoff: cutoff, figures: figures, board: board?.head, sections: sections,
            products: try await work.acceptedProducts(days, for: viewer))
    }
}
