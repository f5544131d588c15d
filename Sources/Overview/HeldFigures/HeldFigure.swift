import Access
import Database
import Figures
public import Kernel
import PlanText
public import Work

/// A figure of a piece of work that follows from what the system holds.
public struct HeldFigure: Sendable, Equatable {
    /// May be negative.
    public let value: Int
    /// The day it is counted to.
    public let day: Day
    /// Where it comes from, for the product.
    public let source: String
    /// How it was worked out, in sentences.
    public let words: String

    /// As officers write it: `-1.234`.
    public var text: String { VietnameseText.grouped(value) }

    /// Whether a product has this value.
    public func isValue(of product: Product) -> Bool { difference(from: product) == "0" }

    /// How far a product is from it, with its sign: `+12`; nil where the product is no whole number.
    public func difference(from product: Product) -> String? {
        guard let typed = product.figure.flatMap({ Int($0.replacing(".", with: "")) }) else { return nil }
        let difference = typed - value
        return difference > 0 ? "+\(VietnameseText.grouped(difference))" : VietnameseText.grouped(difference)
    }
}

extension OverviewService {
    /// The figures that slots of some work can have from the system, by work and slot: `II.5/2026-Q3/10507#0`.
    public func heldFigures(of works: [WorkItem]) async throws -> [String: HeldFigure] {
        let slots = works.flatMap { item in
            (plan.task(item.task)?.slots ?? []).enumerated().compactMap { index, slot in
                slot.held.map { (item: item, index: index, held: $0) }
            }
        }
        guard !slots.isEmpty else { return [:] }
        return try await store.read { connection in
            var found: [String: HeldFigure] = [:]
            for slot in slots {
                found["\(slot.item.id)#\(slot.index)"] = try Self.figure(slot.held, of: slot.item, on: connection)
            }
            return found
        }
    }

    /// Nil while a month that it needs is not there.
    static func figure(
        _ held: ProductSlot.HeldFigure, of item: WorkItem, on connection: any SQLConnection
    ) throws -> HeldFigure? {
        guard case .commune(let commune) = item.lead, let span = item.period.months else { return nil }
        func voluntary(_ month: Month) throws -> Figure? {
            try FigureService.figures(of: commune, in: month, on: connection).first { $0.scheme == .voluntary }
        }
        switch held {
        case .voluntaryGrowth:
            let before = span.first.adding(months: -1)
            guard let opening = try voluntary(before), let closing = try voluntary(span.last) else { return nil }
            return HeldFigure(
                value: closing.people - opening.people, day: closing.cutoff,
                source:
                    "Số liệu BHXH tháng \(span.last.vietnamese), lô \(closing.batch); tháng \(before.vietnamese), lô \(opening.batch)",
                words:
                    "Tăng thuần người tham gia tự nguyện trong kỳ: \(VietnameseText.grouped(closing.people)) cuối kỳ, \(VietnameseText.grouped(opening.people)) cuối kỳ trước (người mới trừ người dừng)."
            )
        }
    }
}

extension WorkPeriod {
    /// The months of a period that has an end; nil for one opened by hand or over several years.
    fileprivate var months: (first: Month, last: Month)? {
        switch self {
        case .month(let month): return (month, month)
        case .quarter(let quarter):
            guard let first = Month(year: quarter.year, month: quarter.quarter * 3 - 2),
                let last = Month(year: quarter.year, month: quarter.quarter * 3)
            else { return nil }
            return (first, last)
        case .year(let year):
            guard let first = Month(year: year, month: 1), let last = Month(year: year, month: 12) else { return nil }
            return (first, last)
        case .years, .unplanned: return nil
        }
    }
}
