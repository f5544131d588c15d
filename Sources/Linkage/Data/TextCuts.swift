import Foundation
import Synchronization

/// Where a file's rows are cut into stretches: at ends of rows, each stretch of like size. A line end within quotes ends no row.
enum TextCuts {
    /// Bytes of a stretch: what is found in it stays near until its columns are coded.
    private static let size = 1 << 19

    static func ranges(of content: Data, from start: Int) -> [Range<Int>] {
        content.withUnsafeBytes { bytes in
            let end = bytes.count
            let count = (end - start + size - 1) / size
            guard count > 1, let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
                return [start..<end]
            }
            // Whether a quote is open at a place follows from how many stand before it: counted on all cores.
            let quotes = Mutex([Int](repeating: 0, count: count))
            // Only read, and all are done before it goes.
            nonisolated(unsafe) let text = base
            DispatchQueue.concurrentPerform(iterations: count) { piece in
                let all = quotesBetween(start + piece * size, min(start + (piece + 1) * size, end), in: text)
                quotes.withLock { $0[piece] = all }
            }
            let counted = quotes.withLock { $0 }
            var cuts = [start]
            var before = 0
            for piece in 1..<count {
                before += counted[piece - 1]
                var place = start + piece * size
                // The stretch before reaches beyond this one.
                guard place > cuts[cuts.count - 1] else { continue }
                var isOpen = before % 2 == 1
                while place < end, isOpen || base[place - 1] != 10 {
                    if base[place] == 34 { isOpen.toggle() }
                    place += 1
                }
                if place < end { cuts.append(place) }
            }
            cuts.append(end)
            return zip(cuts, cuts.dropFirst()).map { $0..<$1 }
        }
    }

    /// Eight bytes at a time.
    private static func quotesBetween(_ start: Int, _ end: Int, in text: UnsafePointer<UInt8>) -> Int {
        let (low, quotes): (UInt64, UInt64) = (0x7F7F_7F7F_7F7F_7F7F, 0x2222_2222_2222_2222)
        var found = 0
        var place = start
        while place + 8 <= end {
            let word = UnsafeRawPointer(text + place).loadUnaligned(as: UInt64.self) ^ quotes
            // The highest bit of a byte stays off only where all of it is 0.
            found &+= (~((word & low) &+ low | word) & ~low).nonzeroBitCount
            place += 8
        }
        while place < end {
            found &+= text[place] == 34 ? 1 : 0
            place += 1
        }
        return found
    }
}
