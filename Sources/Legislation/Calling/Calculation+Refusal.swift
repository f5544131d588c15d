import Foundation

/// What is told of an input that could not be read: the field as its reader writes it, what stands there, and what may.
extension Calculation {
    func refusal(_ error: DecodingError, of input: Data) -> LegislationError {
        switch error {
        case .keyNotFound(let key, let context):
            return .malformed(field: Self.path(context.codingPath + [key]), reason: "thiếu")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            let wanted = field(at: context.codingPath).map { "; cần \(Self.words(ofType: $0.type))" } ?? ""
            return .malformed(
                field: Self.path(context.codingPath), reason: "giá trị không đúng kiểu\(wanted)")
        case .dataCorrupted(let context):
            guard !context.codingPath.isEmpty else { return unreadable(input) }
            let written = Self.value(at: context.codingPath, in: input).map { "“\("\($0)".prefix(40))” " } ?? ""
            let type = field(at: context.codingPath)?.type ?? ""
            let reason =
                switch type {
                case "day", "month", "integer": "\(written)không phải \(Self.words(ofType: type))"
                case _ where type.contains(" | "): "\(written)không có trong \(type)"
                default: context.debugDescription
                }
            return .malformed(field: Self.path(context.codingPath), reason: reason)
        @unknown default: return .malformed(field: "", reason: "\(error)")
        }
    }

    /// No object at all, or one with a number that no whole number holds: the reader names no field then.
    private func unreadable(_ input: Data) -> LegislationError {
        if let object = try? JSONSerialization.jsonObject(with: input) as? [String: Any],
            let field = Self.broken(object, inputs, path: "")
        {
            return .malformed(field: field, reason: "phải là số nguyên từ 0 đến \(Self.integers.upperBound)")
        }
        return .malformed(
            field: "JSON", reason: "có giá trị không đọc được; số tiền và số tháng phải là số nguyên")
    }

    /// The first integer that is none.
    private static func broken(_ object: [String: Any], _ fields: [Field], path: String) -> String? {
        for field in fields {
            guard let value = object[field.name] else { continue }
            if field.type == "integer", let number = (value as? NSNumber)?.doubleValue,
                number != number.rounded() || abs(number) > Double(integers.upperBound)
            {
                return path + field.name
            }
            guard let parts = field.parts else { continue }
            let objects = value as? [[String: Any]] ?? (value as? [String: Any]).map { [$0] } ?? []
            for (index, one) in objects.enumerated() {
                let place = field.type == "objects" ? "\(field.name)[\(index)]." : "\(field.name)."
                if let found = broken(one, parts, path: path + place) { return found }
            }
        }
        return nil
    }

    /// `contracts[0].salary`
    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
    }

    /// The input that a path of keys leads to.
    private func field(at keys: [any CodingKey]) -> Field? {
        var (found, fields): (Field?, [Field]) = (nil, inputs)
        for key in keys where key.intValue == nil {
            guard let next = fields.first(where: { $0.name == key.stringValue }) else { return nil }
            (found, fields) = (next, next.parts ?? [])
        }
        return found
    }

    /// What stands there.
    private static func value(at keys: [any CodingKey], in input: Data) -> Any? {
        keys.reduce(try? JSONSerialization.jsonObject(with: input)) { place, key in
            if let index = key.intValue {
                guard let list = place as? [Any], list.indices.contains(index) else { return nil }
                return list[index]
            }
            return (place as? [String: Any])?[key.stringValue]
        }
    }

    private static func words(ofType type: String) -> String {
        switch type {
        case "integer": "số nguyên"
        case "number": "số"
        case "boolean": "true hoặc false"
        case "day": "ngày yyyy-MM-dd"
        case "month": "tháng yyyy-MM"
        case "birth date": "ngày sinh yyyy, yyyy-MM hoặc yyyy-MM-dd"
        case "object": "một đối tượng"
        case "objects": "danh sách đối tượng"
        case "integers by year": "số nguyên theo năm"
        default: type.contains(" | ") ? "một trong \(type)" : "chuỗi ký tự"
        }
    }
}
