import Database
import Kernel
import Synchronization
import Tabular

/// A file with all that was worked out of it: its tables, what they say, and what taking them would change.
struct UnderstoodFile: Sendable {
    let table: TableFile
    let sha256: String
    let reading: FigureReading
    let comparison: FigureService.Comparison
}

extension FigureService {
    /// Understands a file against what is stored. Looked at, looked at again and taken, a file is read once, and the stored
    /// figures are asked for once, as long as none of them changed.
    /// - Parameter table: reads the file; called when it is not kept.
    func understand(
        sha256: String, fileName: String, month: Month?, acceptsJumps: Bool, on connection: any SQLConnection,
        table: () throws -> TableFile
    ) throws -> UnderstoodFile {
        let state = try FigureState(on: connection)
        let today = clock.today
        let question = KeptFiles.Question(
            sha256: sha256, fileName: fileName, month: month, acceptsJumps: acceptsJumps, today: today, state: state)
        if let answer = kept.answer(to: question) { return answer }
        let table = try kept.table(of: sha256) ?? table()
        var surroundings = FigureReader.Surroundings(today: today, month: month, acceptsJumps: acceptsJumps)
        let known = try StoredFigures.knownMonths(on: connection)
        surroundings.isKnown = { known.contains($0) }
        let rows = try reader.rows(of: table, fileName: fileName, in: surroundings)
        // Those of the file's months, and of the year before that they are compared with.
        let given = rows.rows.map(\.month)
        let last = given.max() ?? Month(of: today)
        let months = (given.min() ?? last).adding(months: -12)...last
        let stored = try kept.figures(at: state, in: months) ?? StoredFigures(in: months, on: connection)
        surroundings.earlier = { stored.earlier($0, $1, before: $2) }
        let reading = reader.assembled(rows, in: surroundings)
        let understood = UnderstoodFile(
            table: table, sha256: sha256, reading: reading,
            comparison: try compare(reading.figures, with: stored, sha256: sha256, on: connection))
        kept.keep(understood, as: question, figures: stored)
        return understood
    }
}

/// Which batches there are. Figures change with a batch or when one is withdrawn, so equal states have equal figures.
struct FigureState: Hashable, Sendable {
    let batches: Int
    let withdrawn: Int

    init(on connection: any SQLConnection) throws {
        let row = try connection.row(
            "SELECT COUNT(*) AS batches, COUNT(withdrawn_at) AS withdrawn FROM figure_batch")
        batches = try row?.optionalInteger("batches") ?? 0
        withdrawn = try row?.optionalInteger("withdrawn") ?? 0
    }
}

/// The files understood last, with the figures they were compared with. Bounded by their cells: what is not kept is read
/// again.
final class KeptFiles: Sendable {
    /// What was asked of a file.
    struct Question: Hashable, Sendable {
        let sha256: String
        let fileName: String
        let month: Month?
        let acceptsJumps: Bool
        let today: Day
        let state: FigureState
    }

    private struct Kept: Sendable {
        /// The latest last.
        var answers: [(question: Question, file: UnderstoodFile)] = []
        var figures: (state: FigureState, figures: StoredFigures)?
    }

    private let kept = Mutex(Kept())

    /// Some 60 MB at most.
    private static let mostCells = 1_500_000
    private static let mostAnswers = 8

    func answer(to question: Question) -> UnderstoodFile? {
        kept.withLock { kept in kept.answers.last { $0.question == question }?.file }
    }

    func table(of sha256: String) -> TableFile? {
        kept.withLock { kept in kept.answers.last { $0.question.sha256 == sha256 }?.file.table }
    }

    func figures(at state: FigureState, in months: ClosedRange<Month>) -> StoredFigures? {
        kept.withLock { kept in
            kept.figures.flatMap { $0.state == state && $0.figures.months == months ? $0.figures : nil }
        }
    }

    func keep(_ file: UnderstoodFile, as question: Question, figures: StoredFigures) {
        kept.withLock { kept in
            kept.figures = (question.state, figures)
            kept.answers.append((question, file))
            if kept.answers.count > Self.mostAnswers { kept.answers.removeFirst() }
            // Answers about one file share its tables; counted for each all the same.
            while kept.answers.reduce(0, { $0 + $1.file.table.cells }) > Self.mostCells { kept.answers.removeFirst() }
        }
    }
}

extension TableFile {
    fileprivate var cells: Int { tables.reduce(0) { $0 + $1.rows.reduce(0) { $0 + $1.cells.count } } }
}
