/// A kind of address: the pattern that a route answers, and the links to it, from one declaration.
///
/// `Place<UnitCode>("/don-vi/{unit}")` is linked to as `Addresses.unit(code)`. A test holds that a pattern has a hole
/// for each part.
public struct Place<each Part: CustomStringConvertible & Sendable>: Sendable {
    /// In the router's notation: `/don-vi/{unit}`.
    public let pattern: String
    private let link: String

    /// - Parameter link: the pattern of links, where one part fills several holes of the route's: `/viec/{work}`.
    public init(_ pattern: String, link: String? = nil) {
        self.pattern = pattern
        self.link = link ?? pattern
    }

    /// The address of one.
    public func callAsFunction(_ part: repeat each Part) -> Address {
        var parts: [String] = []
        repeat parts.append((each part).description)
        return Address(path: Self.filled(link, with: parts))
    }

    /// What stands below each: `/don-vi/{unit}/in`.
    public func below(_ step: String) -> Place { Place("\(pattern)/\(step)", link: "\(link)/\(step)") }

    /// A form that stands on the page of this place and is sent to a place below it.
    public func form(_ step: String) -> FormPlace<repeat each Part> { FormPlace(below(step), page: pattern) }

    /// A form that is sent to this place itself.
    public var asForm: FormPlace<repeat each Part> { FormPlace(self, page: pattern) }

    /// A form that is sent to this place and stands on another's page.
    public func form<each Other>(on page: Place<repeat each Other>) -> FormPlace<repeat each Part> {
        FormPlace(self, page: page.pattern)
    }

    private static func filled(_ link: String, with parts: [String]) -> String {
        var result = ""
        var rest = link[...]
        for part in parts {
            guard let open = rest.firstIndex(of: "{"), let close = rest.firstIndex(of: "}") else { break }
            // A piece of work has a key of three steps; any other part is one step.
            let isKey = rest[open..<close] == "{work"
            result += rest[..<open] + Address.encoded(part, allowsSlash: isKey)
            rest = rest[close...].dropFirst()
        }
        return result + rest
    }
}

/// An address that there is one of.
public typealias FixedPlace = Place<>

/// Where a form is sent, and where it stands.
public struct FormPlace<each Part: CustomStringConvertible & Sendable>: Sendable {
    public let place: Place<repeat each Part>
    /// The pattern of the page with the form; its holes are among those of the place.
    public let page: String

    init(_ place: Place<repeat each Part>, page: String) {
        self.place = place
        self.page = page
    }

    public func callAsFunction(_ part: repeat each Part) -> Address { place(repeat each part) }
}

/// An address of ours, ready for a link: path, query and anchor, each encoded.
public struct Address: Sendable, Hashable, CustomStringConvertible {
    private let path: String
    private var query: [String] = []
    private var anchor: String?

    init(path: String) { self.path = path }

    /// - Parameter value: nil and an empty one are left out.
    public func with(_ key: QueryKey, _ value: (some CustomStringConvertible)?) -> Address {
        guard let text = value.map({ "\($0)" }), !text.isEmpty else { return self }
        var address = self
        address.query.append("\(key.name)=\(Self.encoded(text, allowsSlash: true))")
        return address
    }

    /// A place on the page.
    public func at(_ anchor: String) -> Address {
        var address = self
        address.anchor = Self.encoded(anchor)
        return address
    }

    public var text: String {
        path + (query.isEmpty ? "" : "?\(query.joined(separator: "&"))") + (anchor.map { "#\($0)" } ?? "")
    }

    /// What stands behind the path: `nam=2027&xep=ten`.
    var queryText: String { query.joined(separator: "&") }

    public var description: String { text }

    static func encoded(_ text: String, allowsSlash: Bool = false) -> String {
        func isPlain(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                true
            case UInt8(ascii: "/"): allowsSlash
            default: false
            }
        }
        // Nearly all are plain already, and lists make hundreds.
        guard !text.utf8.allSatisfy(isPlain) else { return text }
        return text.utf8.reduce(into: "") { result, byte in
            if isPlain(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}

/// The name of a value in a query string.
public struct QueryKey: Sendable, Hashable {
    public let name: String

    public init(_ name: String) { self.name = name }
}

extension Frame.Link {
    public init(
        _ label: String, _ address: Address, current: Bool = false, count: String? = nil, counted: String = "chưa đọc",
        icon: Icon? = nil
    ) {
        self.init(label, address.text, current: current, count: count, counted: counted, icon: icon)
    }
}

extension Fact {
    public init(label: String, value: String, address: Address) {
        self.init(label: label, value: value, address: address.text)
    }
}
