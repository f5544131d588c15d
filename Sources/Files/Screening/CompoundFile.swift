import Foundation

/// Streams and storages of an OLE compound file ([MS-CFB]), as Word and Excel wrote them until 2003.
struct CompoundFile {
    static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    struct Entry {
        let name: String
        /// Whether something lies in it, of a storage.
        let holds: Bool
        let start: Int
        let size: Int
    }

    private let content: Data
    private let sectorBytes: Int
    private var table: [Int] = []
    private(set) var entries: [Entry] = []

    /// Nil for what is none, or broken.
    init?(_ content: Data) {
        self.content = content
        guard content.count >= 512, content.starts(with: Self.signature) else { return nil }
        let shift = Self.number(2, at: 30, in: content)
        guard shift == 9 || shift == 12 else { return nil }
        sectorBytes = 1 << shift
        // The table of sectors lies in sectors of its own: the first 109 named here, the others in a chain.
        var places = (0..<109).map { Self.number(4, at: 76 + 4 * $0, in: content) }
        var more = Self.number(4, at: 68, in: content)
        var left = Self.number(4, at: 72, in: content)
        // What a broken file says of itself is no reason to go further than its own sectors.
        let perSector = sectorBytes / 4
        let sectors = content.count / sectorBytes
        while left > 0, let offset = offset(of: more), places.count <= sectors / perSector + 109 {
            places += (0..<(perSector - 1)).map { Self.number(4, at: offset + 4 * $0, in: content) }
            more = Self.number(4, at: offset + 4 * (perSector - 1), in: content)
            left -= 1
        }
        for place in places where table.count <= sectors {
            guard let offset = offset(of: place) else { continue }
            table += (0..<perSector).map { Self.number(4, at: offset + 4 * $0, in: content) }
        }
        for sector in chain(from: Self.number(4, at: 48, in: content)) {
            guard let offset = offset(of: sector) else { break }
            for place in stride(from: offset, to: offset + sectorBytes, by: 128) {
                // The length counts bytes, with the zero at the end.
                let length = Self.number(2, at: place + 64, in: content)
                guard length >= 2, length <= 64 else { continue }
                let units = (0..<(length / 2 - 1)).map { UInt16(Self.number(2, at: place + 2 * $0, in: content)) }
                entries.append(
                    Entry(
                        name: String(decoding: units, as: UTF16.self),
                        holds: Self.number(4, at: place + 76, in: content) != 0xFFFF_FFFF,
                        start: Self.number(4, at: place + 116, in: content),
                        size: Self.number(4, at: place + 120, in: content)))
            }
        }
    }

    /// By the names of their storages, and macro sheets of Excel by the list of sheets.
    var active: ActiveContent? {
        let names = Set(entries.map { $0.name.lowercased() })
        if !names.isDisjoint(with: ["vba", "macros", "_vba_project_cur", "_vba_project", "project"]) { return .macros }
        if let book = entries.first(where: { ["workbook", "book"].contains($0.name.lowercased()) }),
            hasMacroSheet(book)
        {
            return .macros
        }
        // Word makes the pool of objects also for none.
        if entries.contains(where: { $0.name.lowercased() == "objectpool" && $0.holds }) { return .embeddedObject }
        let within = ["\u{1}ole10native", "package"]
        let isLinked = names.contains {
            $0.hasPrefix("mbd") && $0.dropFirst(3).allSatisfy(\.isHexDigit) && $0.count > 3
        }
        return isLinked || !names.isDisjoint(with: within) ? .embeddedObject : nil
    }

    /// BOUNDSHEET records ([MS-XLS] 2.4.28) stand at the beginning; a type of 1 is a macro sheet, of 6 a module.
    private func hasMacroSheet(_ book: Entry) -> Bool {
        // Smaller streams lie elsewhere; no workbook with macros is one.
        guard book.size >= 4_096 else { return false }
        var stream = Data()
        for sector in chain(from: book.start) {
            guard let offset = offset(of: sector), stream.count < 1 << 20 else { break }
            stream += content[(content.startIndex + offset)..<(content.startIndex + offset + sectorBytes)]
        }
        var place = 0
        while place + 4 <= stream.count {
            let (kind, length) = (Self.number(2, at: place, in: stream), Self.number(2, at: place + 2, in: stream))
            if kind == 0x0085, length >= 6, [1, 6].contains(Self.number(1, at: place + 9, in: stream)) { return true }
            // The end of what is said of the book as a whole.
            if kind == 0x000A { return false }
            place += 4 + length
        }
        return false
    }

    private func chain(from start: Int) -> [Int] {
        var (sectors, next): ([Int], Int) = ([], start)
        while table.indices.contains(next), sectors.count < table.count {
            sectors.append(next)
            next = table[next]
        }
        return sectors
    }

    private func offset(of sector: Int) -> Int? {
        guard sector < 0xFFFF_FFFA else { return nil }
        let offset = (sector + 1) * sectorBytes
        return offset + sectorBytes <= content.count ? offset : nil
    }

    private static func number(_ size: Int, at place: Int, in content: Data) -> Int {
        content.withUnsafeBytes { OfficeArchive.number(size, at: place, in: $0) }
    }
}
