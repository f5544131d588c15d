import Formats
import Foundation
import Jobs
import Kernel
import Synchronization
import Tabular

/// Reads a file that waits, to show what would become of it; off the threads that answer requests.
final class UploadReading: Sendable {
    private struct State {
        let reader: FormatReader
        var look: UploadLook
    }

    private let state: Mutex<State>
    /// The fields that are shown of a row, with their titles.
    private let shown: [(field: RecordField, title: String)]

    /// Rows and sentences that a page shows.
    static let mostRows = 10
    static let mostReturned = 20

    init(_ reader: sending FormatReader, _ look: UploadLook, shown: [(field: RecordField, title: String)]) {
        state = Mutex(State(reader: reader, look: look))
        self.shown = shown
    }

    /// Reads on.
    /// - Returns: whether more may follow, with how many rows were read.
    func read(_ limit: Int) async throws -> (goesOn: Bool, rows: Int) {
        try await Blocking.run { [self] in
            try state.withLock { state in
                for _ in 0..<limit {
                    guard let outcome = try state.reader.next() else { return (false, state.look.counts.rows) }
                    state.look.counts.add(outcome)
                    if case .taken(let row) = outcome { note(row, in: &state.look) }
                    switch outcome {
                    case .taken(let row) where state.look.firstRows.count < Self.mostRows:
                        state.look.firstRows.append(shown(row))
                    case .returned(let row) where state.look.returned.count < Self.mostReturned:
                        state.look.returned.append(NumberMask.masked(row.sentence))
                    default: break
                    }
                }
                return (true, state.look.counts.rows)
            }
        }
    }

    /// What was read.
    var look: UploadLook {
        state.withLock { state in
            var look = state.look
            let summary = state.reader.summary
            look.passedOver = Dictionary(uniqueKeysWithValues: summary.passedOver.map { ($0.key.rawValue, $0.value) })
            look.otherSheets = summary.otherSheets
            look.counts.leftOut = summary.leftOut
            look.hiddenSheets = summary.hiddenSheets
            return look
        }
    }

    /// What of a row is told beside the first rows: which period it is of, and what somebody should look at.
    private func note(_ row: DeliveredRow, in look: inout UploadLook) {
        if let said = (row.values[.month] ?? row.values[.taxYear])?.text {
            look.spokenOf = (look.spokenOf ?? [:]).merging([said: 1], uniquingKeysWith: +)
        }
        for doubt in row.doubts where (look.doubted?.count ?? 0) < Self.mostReturned {
            let title = shown.first { $0.field == doubt.field }?.title
            let place =
                (row.sheet.isEmpty ? "Dòng" : "Trang “\(row.sheet)”, dòng") + " \(row.row), cột \(doubt.column)"
                + (title.map { " (\($0))" } ?? "")
            let value = doubt.value.isEmpty ? "" : "“\(NumberMask.masked(doubt.value))”, "
            look.doubted = (look.doubted ?? []) + ["\(place): \(value)\(doubt.kind.words)."]
        }
    }

    private func shown(_ row: DeliveredRow) -> UploadLook.Row {
        let values = shown.compactMap { field, title in
            row.values[field].map { UploadLook.Value(title: title, text: NumberMask.masked($0.shown)) }
        }
        let notes =
            row.repairs.map { "cột \($0.column): \($0.kind.words), trong tệp là “\(NumberMask.masked($0.original))”" }
            + row.doubts.map { "cột \($0.column): \($0.kind.words)" }
        return UploadLook.Row(sheet: row.sheet, row: row.row, values: values, notes: notes)
    }
}

extension RecordValue {
    /// As officers write it.
    var shown: String {
        switch self {
        case .day(let day): day.vietnamese
        case .partialDay(let day):
            day.day?.vietnamese
                ?? (day.month == 0 ? "\(day.year)" : (day.month < 10 ? "0" : "") + "\(day.month)/\(day.year)")
        case .month(let month): month.vietnamese
        case .money(let dong): VietnameseText.grouped(dong.amount)
        case .count(let count): String(count)
        case .flag(let flag): flag ? "có" : "không"
        case .code("male"): "nam"
        case .code("female"): "nữ"
        default: text
        }
    }
}

/// Numbers of persons as whoever checks a list sees them: enough to tell whether a zero is missing.
enum NumberMask {
    private static let least = 8

    /// Digits in a row but the first three and the last two become points.
    static func masked(_ text: String) -> String {
        var (result, run) = ("", "")
        func end() {
            let count = run.utf8.count
            result += count < least ? run : run.prefix(3) + String(repeating: "•", count: count - 5) + run.suffix(2)
            run = ""
        }
        for character in text {
            if character.isASCII, character.isNumber {
                run.append(character)
            } else {
                end()
                result.append(character)
            }
        }
        end()
        return result
    }
}
