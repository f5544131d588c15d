import Dispatch
import Foundation

/// Makes PDF of DOCX through LibreOffice, where it is installed; the DOCX is the master copy.
public enum PDFConverter {
    public struct Failure: Error, Sendable, CustomStringConvertible {
        public let description: String

        public static var missing: String {
            "Máy chủ chưa cài LibreOffice nên chưa tạo được PDF; hãy tải tệp Word."
        }
    }

    /// The program; nil where LibreOffice is not installed.
    public static let program: String? = ["/usr/bin/soffice", "/usr/bin/libreoffice", "/usr/local/bin/soffice"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// - Parameters:
    ///   - seconds: after which a conversion that hangs is ended.
    /// - Throws: ``Failure`` with what to do.
    public static func pdf(ofDOCX bytes: [UInt8], seconds: Double = 60) throws -> [UInt8] {
        guard let program else {
            throw Failure(description: Failure.missing)
        }
        let folder = try scratch()
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
            throw Failure(description: "LibreOffice không chuyển được tệp này.")
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
    public static func picture(ofDOCX bytes: [UInt8], seconds: Double = 60) throws -> [UInt8] {
        guard let drawer else {
            throw Failure(description: "Máy chủ chưa cài poppler-utils nên chưa tạo được ảnh; hãy tải tệp Word.")
        }
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("van-ban.pdf")
        try Data(try pdf(ofDOCX: bytes, seconds: seconds)).write(to: source)
        let target = folder.appendingPathComponent("trang")
        try run(drawer, ["-r", "110", "-singlefile", "-png", source.path, target.path], seconds: seconds)
        guard let data = FileManager.default.contents(atPath: target.path + ".png") else {
            throw Failure(description: "Không vẽ được trang của tệp này.")
        }
        return Array(data)
    }

    private static func scratch() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("baophu-pdf-\(UUID().uuidString)")
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
            throw Failure(
                description: "Chuyển đổi tệp không xong trong \(Int(seconds)) giây; hãy thử lại hoặc tải tệp Word.")
        }
    }
}
