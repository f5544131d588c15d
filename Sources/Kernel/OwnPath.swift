/// A path within the site, safe to send a browser to.
public enum OwnPath {
    /// The text, when it is a path of ours; nil when a browser could read it as another site's address.
    ///
    /// Browsers take `//host` and `/\host` for another host and drop tabs and line breaks before they look (WHATWG URL), so
    /// none of these may occur.
    public static func checked(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= 300, bytes.dropFirst().first != UInt8(ascii: "/"),
            bytes.allSatisfy({ $0 > 32 && $0 != 127 && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return text
    }
}
