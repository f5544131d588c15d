/// Finds the fields of one record after another in delimited text (RFC 4180): double quotes, and CRLF, LF or CR alone as the
/// end of a line. It keeps no bytes and makes no strings; whoever calls it holds the text.
public struct CSVScanner: Sendable {
    /// Where a field stands in the bytes.
    public struct Field: Sendable {
        public enum Form: UInt8, Sendable {
            case plain
            /// Between quotes, and as it is.
            case quoted
            /// Between quotes, with doubled quotes in it.
            case doubled
            /// Between quotes, with more text after the closing one: the file is not what RFC 4180 asks for.
            case broken
        }

        public let start: Int
        public let end: Int
        public let form: Form

        public var isEmpty: Bool { start == end }
    }

    public enum Step: Sendable, Equatable {
        case record
        /// The bytes end within a record, and more follow.
        case unfinished
        case end
        /// A quote opens that nothing closes.
        case unclosed(line: Int)
    }

    /// Of the record found last.
    public private(set) var fields: [Field] = []
    /// 1-based line on which the record found last begins.
    public private(set) var line: Int
    /// Where the next record is looked for.
    public var position: Int
    private let separator: UInt8
    private var nextLine: Int

    /// - Parameter line: the number of the line at `position`.
    public init(separator: UInt8, position: Int = 0, line: Int = 1) {
        self.separator = separator
        self.position = position
        self.line = line
        nextLine = line
    }

    /// Finds the next record; lines without anything are none.
    /// - Parameter isLast: whether the bytes hold the end of the text.
    public mutating func next(in bytes: UnsafeRawBufferPointer, isLast: Bool = true) -> Step {
        while true {
            guard position < bytes.count else { return isLast ? .end : .unfinished }
            fields.removeAll(keepingCapacity: true)
            line = nextLine
            let start = position
            let step = scan(bytes, isLast: isLast)
            if step == .unfinished { (position, nextLine) = (start, line) }
            guard step == .record, fields.count == 1, fields[0].isEmpty else { return step }
        }
    }

    private mutating func scan(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Step {
        let (count, separator) = (bytes.count, separator)
        // Most bytes are letters, past all that end a field.
        let most = max(separator, 34)
        var place = position
        while true {
            var start = place
            var end: Int
            var form = Field.Form.plain
            if place < count, bytes[place] == 34 {
                let opening = nextLine
                form = .quoted
                place += 1
                start = place
                while true {
                    guard place < count else {
                        position = count
                        return isLast ? .unclosed(line: opening) : .unfinished
                    }
                    let byte = bytes[place]
                    place += 1
                    if byte > 34 { continue }
                    if byte == 34 {
                        guard place < count else {
                            if isLast { break }
                            return .unfinished
                        }
                        guard bytes[place] == 34 else { break }
                        form = .doubled
                        place += 1
                    } else if byte == 10 || byte == 13 && (place == count || bytes[place] != 10) {
                        if byte == 13, place == count, !isLast { return .unfinished }
                        nextLine += 1
                    }
                }
                end = place - 1
                if place < count, bytes[place] != separator, bytes[place] != 10, bytes[place] != 13 {
                    form = .broken
                    while place < count, bytes[place] != separator, bytes[place] != 10, bytes[place] != 13 {
                        place += 1
                    }
                    end = place
                }
            } else {
                while place < count {
                    let byte = bytes[place]
                    if byte <= most, byte == separator || byte == 10 || byte == 13 { break }
                    place += 1
                }
                end = place
            }
            guard place < count else {
                guard isLast else { return .unfinished }
                fields.append(Field(start: start, end: end, form: form))
                position = count
                return .record
            }
            let byte = bytes[place]
            place += 1
            if byte == separator {
                fields.append(Field(start: start, end: end, form: form))
                continue
            }
            if byte == 13 {
                guard place < count || isLast else { return .unfinished }
                if place < count, bytes[place] == 10 { place += 1 }
            }
            fields.append(Field(start: start, end: end, form: form))
            nextLine += 1
            position = place
            return .record
        }
    }

    /// The text of a field whose quotes are not simply around it, in UTF-8.
    public static func unquoted(_ field: Field, in bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(field.end - field.start)
        var isOpen = field.form != .plain
        var place = field.start
        while place < field.end {
            let byte = bytes[place]
            place += 1
            if isOpen, byte == 34 {
                if place < field.end, bytes[place] == 34 {
                    place += 1
                } else {
                    isOpen = false
                    continue
                }
            }
            text.append(byte)
        }
        return text
    }

    /// A field's text, in UTF-8.
    public static func withText<Result>(
        of field: Field, in bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        switch field.form {
        case .plain, .quoted: try body(UnsafeRawBufferPointer(rebasing: bytes[field.start..<field.end]))
        case .doubled, .broken: try unquoted(field, in: bytes).withUnsafeBytes(body)
        }
    }
}
