import Database
import Files
import Jobs
import Kernel
import Province
import Tabular

/// A file of figures to be understood.
struct SentFile: Sendable {
    let name: String
    let sha256: String
    let bytes: Int
    /// The month its sender chose.
    let month: Month?
    let content: @Sendable () async throws -> [UInt8]
}

/// A file with all that was worked out of it: what it says, and what taking it would change.
struct UnderstoodFile: Sendable {
    let reading: FigureReading
    let comparison: FigureService.Comparison
    /// How what is fresh moves the sums of the months.
    let moves: [WholeMove]
    /// What was stored when it was compared: taken under another, it is to be understood anew.
    let state: FigureState
}

enum Understanding: Sendable {
    case understood(UnderstoodFile)
    /// The file waits for its turn to be read.
    case waiting(ahead: Int)
}

extension FigureService {
    /// How much of a file of figures is read. Of all months since 2008, every scheme and block of every commune is a third.
    static let limits: TableLimits = {
        var limits = TableLimits()
        limits.cells = 3_000_000
        return limits
    }()

    /// Understands a file against what is stored, without keeping anybody from writing: it is read and compared outside of
    /// every transaction.
    /// - Parameters:
    ///   - batch: the batch that is being made of the file, when it goes on.
    ///   - patience: see ``ReadingRoom/rows(_:bytes:patience:read:)``.
    ///   - room: where it is read; the service's own when left out.
    func understand(
        _ file: SentFile, acceptsJumps: Bool, goingOnWith batch: Int? = nil, patience: Duration?,
        in room: ReadingRoom? = nil
    ) async throws -> Understanding {
        let room = room ?? readings
        let today = clock.today
        while true {
            let known = try await store.read { try StoredFigures.knownMonths(on: $0) }
            var surroundings = FigureReader.Surroundings(today: today, month: file.month, acceptsJumps: acceptsJumps)
            surroundings.isKnown = { known.contains($0) }
            let reading = surroundings
            let key = ReadingKey(
                sha256: file.sha256, fileName: file.name, month: file.month, today: today, knownMonths: known)
            let answer = try await room.rows(key, bytes: file.bytes, patience: patience) {
                let bytes = try await file.content()
                return try await Blocking.run {
                    try reader.rows(of: TableFile(bytes, limits: Self.limits), fileName: file.name, in: reading)
                }
            }
            var rows: FigureReader.ReadRows?
            switch answer {
            case .waiting(let ahead): return .waiting(ahead: ahead)
            case .read(let read): rows = read
            case .kept: break
            }
            let read = rows
            // What was kept is fetched within the turn: large readings are not held several times.
            func compared() async throws -> UnderstoodFile? {
                guard let rows = try read ?? room.kept(key) else { return nil }
                return try await compare(rows, of: file, batch, reading, known)
            }
            let isLarge = file.bytes > ReadingRoom.lightBytes
            let understood = isLarge ? try await room.alone { try await compared() } : try await compared()
            if let understood { return .understood(understood) }
        }
    }

    /// Nil when months became known meanwhile: which month the file is of may be guessed otherwise.
    private func compare(
        _ rows: FigureReader.ReadRows, of file: SentFile, _ batch: Int?, _ surroundings: FigureReader.Surroundings,
        _ known: Set<Month>
    ) async throws -> UnderstoodFile? {
        let stored = try await store.read { connection in
            try StoredState(
                of: rows.rows.lazy.map(\.month), sha256: file.sha256, except: batch, today: surroundings.today,
                on: connection)
        }
        guard stored.knownMonths == known else { return nil }
        return try await Blocking.run {
            var surroundings = surroundings
            let figures = stored.figures
            surroundings.earlier = { figures.earlier($0, $1, before: $2) }
            let reading = try reader.assembled(rows, in: surroundings)
            let comparison = Self.compare(reading.figures, with: stored)
            return UnderstoodFile(
                reading: reading, comparison: comparison,
                moves: WholeMove.moves(
                    of: comparison.fresh, over: figures, communes: directory.communes.map(\.code)),
                state: stored.state)
        }
    }

    /// The same, waiting for the file's turn.
    func understood(
        _ file: SentFile, acceptsJumps: Bool, goingOnWith batch: Int? = nil, in room: ReadingRoom? = nil
    ) async throws -> UnderstoodFile {
        while true {
            let understanding = try await understand(
                file, acceptsJumps: acceptsJumps, goingOnWith: batch, patience: nil, in: room)
            if case .understood(let file) = understanding { return file }
        }
    }
}

/// Which batches there are and how far they are in force: equal states have equal figures.
struct FigureState: Hashable, Sendable {
    let batches: Int
    let withdrawn: Int
    /// Counts down while a batch is taken or withdrawn month by month.
    let monthsLeft: Int

    init(on connection: any SQLConnection) throws {
        let row = try connection.row(
            """
            SELECT COUNT(*) AS batches, COUNT(withdrawn_at) AS withdrawn, SUM(months_left) AS months_left
            FROM figure_batch
            """)
        batches = try row?.optionalInteger("batches") ?? 0
        withdrawn = try row?.optionalInteger("withdrawn") ?? 0
        monthsLeft = try row?.optionalInteger("months_left") ?? 0
    }
}

/// Figures changed between understanding a file and taking it.
struct FiguresMoved: Error {}
