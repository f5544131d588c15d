import CLibpq
import Database

/// Values on their way between Swift and libpq.
enum PostgreSQLValues {
    static func columns(of result: OpaquePointer) -> SQLColumns {
        SQLColumns((0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) })
    }

    static func cell(of result: OpaquePointer, row: Int32, column: Int32) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let pointer = PQgetvalue(result, row, column) else { return .null }
        let text = String(cString: pointer)
        // Object identifiers of pg_type: bool 16, bytea 17, int8 20, int2 21, int4 23, float4 700, float8 701, numeric 1700.
        switch PQftype(result, column) {
        case 16: return .integer(text == "t" ? 1 : 0)
        case 20, 21, 23: return Int64(text).map(SQLValue.integer) ?? .text(text)
        case 700, 701: return Double(text).map(SQLValue.real) ?? .text(text)
        // A sum of BIGINT is NUMERIC here and an integer in SQLite; whole ones read alike.
        case 1700: return Int64(text).map(SQLValue.integer) ?? Double(text).map(SQLValue.real) ?? .text(text)
        case 17: return .bytes(CopyText.bytes(hex: text))
        default: return .text(text)
        }
    }

    static func withParameters<T>(
        _ values: [SQLValue],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> T
    ) -> T {
        var storage: [[CChar]?] = []
        var lengths: [Int32] = []
        var formats: [Int32] = []
        for value in values {
            switch value {
            case .null: storage.append(nil)
            case .integer(let number): storage.append(Array(String(number).utf8CString))
            case .real(let number): storage.append(Array("\(number)".utf8CString))
            case .text(let text): storage.append(Array(text.utf8CString))
            // One byte more than the value, so that an empty one still has an address.
            case .bytes(let bytes): storage.append(bytes.map(CChar.init(bitPattern:)) + [0])
            }
            if case .bytes(let bytes) = value {
                lengths.append(Int32(bytes.count))
                formats.append(1)
            } else {
                lengths.append(0)
                formats.append(0)
            }
        }
        let buffers = storage.map { characters -> UnsafeMutablePointer<CChar>? in
            guard let characters else { return nil }
            let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
            buffer.initialize(from: characters, count: characters.count)
            return buffer
        }
        defer { for buffer in buffers { buffer?.deallocate() } }
        let pointers = buffers.map { buffer in buffer.map { UnsafePointer($0) } }
        return pointers.withUnsafeBufferPointer { texts in
            lengths.withUnsafeBufferPointer { lengths in
                formats.withUnsafeBufferPointer { formats in
                    body(texts.baseAddress, lengths.baseAddress, formats.baseAddress)
                }
            }
        }
    }
}
