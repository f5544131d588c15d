import Foundation

/// What an Office document of today is made of.
public enum OfficeParts {
    /// The names of the parts of a file on disk; empty for what is no whole archive.
    public static func names(inFile path: String) -> [String] {
        guard let content = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) else { return [] }
        return OfficeArchive.partNames(of: content)
    }
}

/// The parts of a ZIP archive by its central directory (APPNOTE 4.3.12), as Office documents are one.
enum OfficeArchive {
    /// By the names that ECMA-376 and Office give parts: programs, controls, macro sheets, other files within.
    static func active(partsOf content: Data) -> ActiveContent? {
        let names = partNames(of: content).map { $0.lowercased().replacing("\\", with: "/") }
        let runs = ["vbaproject", "/activex/", "/macrosheets/", "/customui/", "/dialogsheets/"]
        if names.contains(where: { name in runs.contains { name.contains($0) } }) { return .macros }
        // The figures behind a chart are a workbook within: one each.
        let charts = names.count { $0.contains("/charts/chart") && $0.hasSuffix(".xml") }
        let within = names.filter { $0.contains("/embeddings/") && !$0.hasSuffix("/") || $0.contains("oleobject") }
        let ofCharts = within.count { $0.hasSuffix(".xlsx") }
        return within.count > ofCharts || ofCharts > charts ? .embeddedObject : nil
    }

    /// Most parts that are looked at; whoever reads the archive refuses more.
    private static let mostParts = 10_000

    static func partNames(of content: Data) -> [String] {
        content.withUnsafeBytes { bytes in
            // The directory's end lies before a comment of up to 65,535 bytes.
            let least = max(0, bytes.count - 22 - 65_535)
            var end = bytes.count - 22
            while end >= least, !isSignature(0x0605_4B50, at: end, in: bytes) { end -= 1 }
            guard end >= least else { return [] }
            var place = number(4, at: end + 16, in: bytes)
            var names: [String] = []
            while names.count < mostParts, place + 46 <= bytes.count, isSignature(0x0201_4B50, at: place, in: bytes) {
                let length = number(2, at: place + 28, in: bytes)
                let rest = number(2, at: place + 30, in: bytes) + number(2, at: place + 32, in: bytes)
                guard place + 46 + length <= bytes.count else { break }
                names.append(String(decoding: bytes[(place + 46)..<(place + 46 + length)], as: UTF8.self))
                place += 46 + length + rest
            }
            return names
        }
    }

    private static func isSignature(_ signature: Int, at place: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
        place >= 0 && number(4, at: place, in: bytes) == signature
    }

    /// Little-endian; zero past the end.
    static func number(_ size: Int, at place: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        guard place >= 0, place + size <= bytes.count else { return 0 }
        return (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
}
