import Dispatch
import Foundation

/// Makes PDF of DOCX through LibreOffice, where it is installed; the DOCX is the master copy.
public enum PDFConverter {
    public enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// LibreOffice is not installed.
        case missing
        /// What draws pages of PDF is not installed.
        case noDrawer
        /// The program ended without a result; another try may bring one.
        case noResult
        /// The program did not end in time.
        case tooSlow(seconds: Int)

        public var description: String {
            switch self {
            case .missing: "Máy chủ chưa cài LibreOffice nên chưa tạo được PDF; hãy tải tệp Word."
            case .noDrawer: "Máy chủ chưa cài poppler-utils nên chưa tạo được ảnh; hãy tải tệp Word."
            case .noResult: "LibreOffice không chuyển được tệp này."
            case .tooSlow(let seconds):
                "Chuyển đổi tệp không xong trong \(seconds) giây; hãy thử lại hoặc tải tệp Word."
            }
        }
    }

    /// The program; nil where LibreOffice is not installed.
    public static let program: String? = ["/usr/bin/soffice", "/usr/bin/libreoffice", "/usr/local/bin/soffice"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// - Parameters:
    ///   - parent: an existing folder, where that of the program's work is made, and removed again.
    ///   - seconds: after which a conversion that hangs is ended.
    /// - Throws: ``Failure`` with what to do.
    public static func pdf(
        ofDOCX bytes: [UInt8], in parent: String, seconds: Double = 60
    ) throws -> [UInt8] {
        guard let program else { throw Failure.missing }
        let folder = try scratch(in: parent)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("van-ban.docx")
        try Data(bytes).write(to: source)
        // A profile of its own: two conversions at once would otherwise wait for one another, or fail.
        try run(
            program,
            [
                "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--norestore", "--convert-to",
                "pdf", "--outdir", folder.path, source.path,
            ], seconds: seconds)
        guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent("van-ban.pdf").path) else {
            throw Failure.noResult
        }
        return Array(data)
    }

    /// Draws pages of PDF (poppler); nil where it is not installed.
    private static let drawer: String? = ["/usr/bin/pdftoppm", "/usr/local/bin/pdftoppm"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Whether pages can be made pictures here.
    public static var makesPictures: Bool { program != nil && drawer != nil }

    /// The first page as a picture (PNG), to be sent with a message.
    /// - Throws: ``Failure`` with what to do.
    public static func picture(
        ofDOCX bytes: [UInt8], in parent: String, seconds: Double = 60
    ) throws -> [UInt8] {
        guard let drawer else { throw Failure.noDrawer }
        let folder = try scratch(in: parent)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("van-ban.pdf")
        try Data(try pdf(ofDOCX: bytes, in: parent, seconds: seconds)).write(to: source)
        let target = folder.appendingPathComponent("trang")
        try run(drawer, ["-r", "110", "-singlefile", "-png", source.path, target.path], seconds: seconds)
        guard let data = FileManager.default.contents(atPath: target.path + ".png") else {
            throw Failure.noResult
        }
        return Array(data)
    }

    private static func scratch(in parent: String) throws -> URL {
        let folder = URL(fileURLWithPath: parent).appendingPathComponent("pdf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Runs a program that must not hang.
    private static func run(_ program: String, _ arguments: [String], seconds: Double) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        guard ended.wait(timeout: .now() + seconds) == .success else {
            process.terminate()
            throw Failure.tooSlow(seconds: Int(seconds))
        }
    }
}
