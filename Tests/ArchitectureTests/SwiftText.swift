/// What can be told of Swift source without compiling it.
enum SwiftText {
    /// The contents of all string literals, those within interpolations too. An interpolation itself reads as `\()`;
    /// escapes stay as written.
    static func literals(in text: String) -> [String] {
        var reader = Reader(Array(text.utf8))
        reader.code(endsWithParenthesis: false)
        return reader.found
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0
        var found: [String] = []

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        func begins(with text: StaticString) -> Bool {
            text.withUTF8Buffer { bytes[position...].starts(with: $0) }
        }

        /// Reads code up to the end, or to the parenthesis that closes an interpolation.
        mutating func code(endsWithParenthesis: Bool) {
            var depth = 0
            while position < bytes.count {
                if begins(with: "//") {
                    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
                } else if begins(with: "/*") {
                    while position < bytes.count, !begins(with: "*/") { position += 1 }
                } else if let hashes = literalStart() {
                    literal(hashes: hashes)
                    continue
                } else if begins(with: "(") {
                    depth += 1
                } else if begins(with: ")") {
                    if depth == 0, endsWithParenthesis { return }
                    depth -= 1
                }
                position += 1
            }
        }

        /// The number of `#` before a quote that stands here.
        private func literalStart() -> Int? {
            var end = position
            while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
            return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - position : nil
        }

        private mutating func literal(hashes: Int) {
            position += hashes
            let quotes = begins(with: "\"\"\"") ? 3 : 1
            position += quotes
            let pounds = [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
            let end = [UInt8](repeating: UInt8(ascii: "\""), count: quotes) + pounds
            let escape = [UInt8(ascii: "\\")] + pounds
            var content: [UInt8] = []
            while position < bytes.count, !bytes[position...].starts(with: end) {
                guard bytes[position...].starts(with: escape), position + escape.count < bytes.count else {
                    content.append(bytes[position])
                    position += 1
                    continue
                }
                position += escape.count
                content += escape
                content.append(bytes[position])
                let isInterpolation = begins(with: "(")
                position += 1
                if isInterpolation {
                    code(endsWithParenthesis: true)
                    position += 1
                    content.append(UInt8(ascii: ")"))
                }
            }
            position += end.count
            found.append(String(decoding: content, as: UTF8.self))
        }
    }
}
