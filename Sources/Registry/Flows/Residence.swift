import Formats
import Kernel

/// Where somebody lives, month by month, as records say. For a while a better list's word goes before a later list's: addresses in
/// lists of payments often are of before a move.
struct Residence {
    private struct Word {
        let month: Int
        /// 0 is the best list.
        let rank: Int
        let commune: CommuneCode
    }

    /// In order of time; of one month the best first.
    private let words: [Word]
    private let months: Int

    /// - Parameters:
    ///   - kinds: the best first.
    ///   - months: for how long the better one's word goes before a later one's.
    init(_ records: [MemberRecord], kinds: [RecordKind], months: Int) {
        self.months = months
        words = records.compactMap { record -> (Word, RecordPlace)? in
            guard let commune = record.commune, let rank = kinds.firstIndex(of: record.kind), let month = record.month
            else { return nil }
            return (Word(month: month.index, rank: rank, commune: commune), record.place)
        }.sorted { left, right in
            // Of one list and month what came last.
            (left.0.month, left.0.rank, right.1) < (right.0.month, right.0.rank, left.1)
        }.map(\.0)
    }

    /// Months at which it may change.
    var changes: [Int] {
        guard Set(words.map(\.commune)).count > 1 else { return [] }
        return words.flatMap { [$0.month, $0.month + months] }
    }

    /// Nil where no record says.
    func commune(in month: Int) -> CommuneCode? {
        var best: Word?
        var latest: Word?
        for word in words where word.month <= month {
            if word.month > month - months, best.map({ word.rank <= $0.rank }) ?? true {
                // Of one rank the later month, of one month what stands first.
                if best.map({ word.rank < $0.rank || word.month > $0.month }) ?? true { best = word }
            }
            if latest.map({ word.month > $0.month }) ?? true { latest = word }
        }
        return (best ?? latest ?? words.first)?.commune
    }
}
