import CQREncode
import Kernel

/// QR codes (ISO/IEC 18004) as pictures inside a page, drawn by libqrencode.
public enum QRCode {
    /// Modules of light margin that a reader needs on every side (ISO/IEC 18004, "quiet zone").
    private static let quietZone = 4

    /// A self-contained `<svg>` of the code, one unit per module, dark on its own white ground so that it reads on a
    /// dark page too. It carries no `style` attribute, so it stands under a strict content security policy; its size on
    /// the page is the style sheet's.
    ///
    /// - Parameters:
    ///   - text: what a reader gets, as UTF-8 bytes; error correction level M.
    ///   - label: what the picture is for, read out instead of it; plain text.
    /// - Returns: `nil` for an empty text, one with a NUL, or one too long for the largest code (2331 bytes).
    public static func svg(_ text: String, label: String) -> String? {
        guard !text.utf8.contains(0), let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else {
            return nil
        }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard width > 0, let data = code.pointee.data else { return nil }
        // The lowest bit of a module's byte tells dark from light (qrencode.h).
        let path = outline(UnsafeBufferPointer(start: data, count: width * width).map { $0 & 1 == 1 }, width: width)
        let side = width + 2 * quietZone
        return """
            <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 \(side) \(side)" \
            shape-rendering="crispEdges"><title>\(XMLText.escaped(label))</title>\
            <rect width="\(side)" height="\(side)" fill="#fff"/><path fill="#000" d="\(path)"/></svg>
            """
    }

    /// Path data with one rectangle for each run of dark modules in a row.
    private static func outline(_ isDark: [Bool], width: Int) -> String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let start = column
                while column < width, isDark[row * width + column] { column += 1 }
                if column > start {
                    path += "M\(start + quietZone) \(row + quietZone)h\(column - start)v1h-\(column - start)z"
                }
                column += 1
            }
        }
        return path
    }
}
