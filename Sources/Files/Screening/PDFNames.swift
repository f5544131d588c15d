import Foundation

/// The names that stand in a PDF's own objects (ISO 32000-1, 7.3.5). Streams are passed over: pictures hold every letter by
/// chance. What a writer packed into streams of objects is not seen.
struct PDFNames {
    private let names: Set<String>

    private static let looked: Set<String> = [
        "JavaScript", "JS", "Launch", "RichMedia", "EmbeddedFile", "EmbeddedFiles", "FileAttachment",
    ]

    init(_ content: Data) {
        names = content.withUnsafeBytes { bytes in
            var (found, place): (Set<String>, Int) = ([], 0)
            while place < bytes.count {
                switch bytes[place] {
                case UInt8(ascii: "/"):
                    let (name, end) = Self.name(at: place + 1, in: bytes)
                    if Self.looked.contains(name) { found.insert(name) }
                    place = max(end, place + 1)
                case UInt8(ascii: "s") where Self.isStream(at: place, in: bytes):
                    place = Self.end(ofStreamAt: place + 6, in: bytes)
                case UInt8(ascii: "%") where place > 8:
                    // A comment.
                    while place < bytes.count, bytes[place] != 10, bytes[place] != 13 { place += 1 }
                default: place += 1
                }
            }
            return found
        }
    }

    var active: ActiveContent? {
        if !names.isDisjoint(with: ["JavaScript", "JS", "Launch", "RichMedia"]) { return .script }
        return names.isEmpty ? nil : .attachment
    }

    private static func isStream(at place: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
        guard place + 7 < bytes.count, bytes[place..<(place + 6)].elementsEqual("stream".utf8) else { return false }
        // `endstream` ends one; a line end begins its content.
        let before = place > 0 ? bytes[place - 1] : 10
        return (bytes[place + 6] == 10 || bytes[place + 6] == 13) && !(97...122).contains(before)
    }

    private static func end(ofStreamAt start: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        let mark = Array("endstream".utf8)
        var place = start
        while place + mark.count <= bytes.count {
            if bytes[place] == mark[0], bytes[place..<(place + mark.count)].elementsEqual(mark) {
                return place + mark.count
            }
            place += 1
        }
        return bytes.count
    }

    /// A name may write any of its letters as `#4A`.
    private static func name(at start: Int, in bytes: UnsafeRawBufferPointer) -> (String, end: Int) {
        var (letters, place): ([UInt8], Int) = ([], start)
        while place < bytes.count, letters.count < 64 {
            let byte = bytes[place]
            guard byte > 32, !"/<>[](){}%".utf8.contains(byte) else { break }
            if byte == UInt8(ascii: "#"), place + 2 < bytes.count,
                let code = UInt8(String(decoding: bytes[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
            {
                letters.append(code)
                place += 3
            } else {
                letters.append(byte)
                place += 1
            }
        }
        return (String(decoding: letters, as: UTF8.self), place)
    }
}
