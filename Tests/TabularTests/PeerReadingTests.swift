import Foundation
import Kernel
import Tabular
import TestSupport
import Testing

/// Files as other people's readers read them: cell by cell the same, or other for a reason that is stated here.
@Suite(.enabled(if: Peers.isInstalled))
struct PeerReadingTests {
    enum Peer: String { case openpyxl, calamine }

    /// Why a cell may be read otherwise. Each is a difference of what the readers mean to do; a value that is wrong is none.
    enum Reason: String, CaseIterable {
        case uncomputed = "a formula without a result is told apart here; the others give nothing"
        case errors = "calamine gives nothing for errors"
        case escapes = "openpyxl leaves letters as they are escaped, but for the escaped sign itself"
        case times = "a time of day stays a number here: no table of ours has one"

        func holds(_ kind: GeneratedWorkbook.Kind, _ ours: Cell, _ theirs: String?, _ peer: Peer) -> Bool {
            switch self {
            case .uncomputed: kind == .formulaAlone && theirs == nil
            case .errors: peer == .calamine && (kind == .error || kind == .formulaError) && theirs == nil
            case .escapes: peer == .openpyxl && kind == .escapedText && theirs == "ta_x000A_b_x0041_"
            case .times: kind == .time && theirs?.first == "o"
            }
        }
    }

    static func isSame(_ ours: Cell, _ theirs: String?) -> Bool {
        let rest = theirs.map { String($0.dropFirst()) } ?? ""
        switch ours {
        case .empty: return theirs == nil || theirs == "t"
        case .text(let text): return text.isEmpty ? theirs == nil || theirs == "t" : theirs == "t" + text
        case .number(let number), .percent(let number): return theirs?.first == "n" && Double(rest) == number
        case .day(let day): return theirs?.first == "d" && rest.hasPrefix(day.description)
        case .truth(let truth): return theirs == (truth ? "b1" : "b0")
        case .failed(let error): return theirs == "e" + error
        case .uncomputed: return false
        }
    }

    @Test
    func `three hundred workbooks are read as openpyxl and calamine read them`() throws {
        let books = (0..<300).map { (name: "\($0).xlsx", book: GeneratedWorkbook(seed: UInt64(1_000 + $0))) }
        let readings = try Peers.read(books.map { ($0.name, $0.book.archive) })
        #expect(readings.count == books.count)
        var cells = 0
        var differences: [String: (count: Int, example: String)] = [:]
        for (name, book) in books {
            let ours = try TableFile(book.archive).tables
            let shown = book.pages.filter { !$0.isHidden }
            #expect(ours.map(\.name) == shown.map(\.name), "\(name)")
            for (peer, found) in [(Peer.openpyxl, readings[name]?.openpyxl), (.calamine, readings[name]?.calamine)] {
                guard case .value(let sheets) = found else {
                    Issue.record("\(name): \(peer) \(String(describing: found))")
                    continue
                }
                #expect(sheets.map(\.name) == ours.map(\.name), "\(name), \(peer)")
                for (index, table) in ours.enumerated() where index < sheets.count && index < shown.count {
                    var theirs = sheets[index].cells
                    var own: [GeneratedWorkbook.Place: Cell] = [:]
                    for row in table.rows {
                        for (column, cell) in row.cells.enumerated() {
                            own[.init(row: row.number, column: column)] = cell
                        }
                    }
                    for (place, kind) in shown[index].kinds {
                        cells += 1
                        let cell = own.removeValue(forKey: place) ?? .empty
                        let other = theirs.removeValue(forKey: "\(place.row),\(place.column)")
                        if Self.isSame(cell, other) { continue }
                        if Reason.allCases.contains(where: { $0.holds(kind, cell, other, peer) }) { continue }
                        let key = "\(kind), \(peer)\(book.countsFrom1904 ? ", 1904" : "")"
                        differences[key, default: (0, "\(name) \(place): \(cell) – \(other ?? "nil")")].count += 1
                    }
                    // Nothing stands where nothing was written.
                    #expect(own.values.allSatisfy { $0 == .empty }, "\(name), \(table.name)")
                    #expect(theirs.isEmpty, "\(name), \(table.name), \(peer)")
                }
            }
        }
        #expect(cells > 10_000)
        for (key, found) in differences.sorted(by: { $0.key < $1.key }) {
            Issue.record("\(key): \(found.count) cells, e.g. \(found.example)")
        }
    }

    @Test
    func `three hundred text files are read as Python's csv reads them`() throws {
        let texts = (0..<300).map { (name: "\($0)", text: GeneratedText(seed: UInt64(5_000 + $0))) }
        let readings = try Peers.read(
            texts.flatMap { [("\($0.name).csv", $0.text.bytes), ("\($0.name).json", $0.text.form)] })
        var rows = 0
        for (name, text) in texts {
            guard case .value(let theirs) = readings["\(name).csv"]?.csv else {
                Issue.record("\(name): \(String(describing: readings["\(name).csv"]))")
                continue
            }
            let reader = try RowSource(text.bytes).open()
            _ = try reader.nextSheet()
            var ours: [[String]] = []
            while try reader.nextRow() { ours.append((0..<reader.width).map { reader[$0].shown }) }
            #expect(ours == theirs, "\(name)")
            rows += ours.count
        }
        #expect(readings.count == 300 && rows > 1_500)
    }
}
