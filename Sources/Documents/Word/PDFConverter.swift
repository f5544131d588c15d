import Foundation

/// Makes PDF of DOCX through LibreOffice, where it is installed; the DOCX is the master copy.
public enum PDFConverter {
    public struct Failure: Error, Sendable, CustomStringConvertible {
        public let description: String
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
            throw Failure(description: "Máy chủ chưa cài LibreOffice nên chưa tạo được PDF; hãy tải tệp Word.")
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("baophu-pdf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("van-ban.docx")
        try Data(bytes).write(to: source)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        // A profile of its own: two conversions at once would otherwise wait for one another, or fail.
        process.arguments = [
            "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--norestore", "--convert-to", "pdf",
            "--outdir", folder.path, source.path,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let deadline = Date().addingTimeInterval(seconds)
        while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.02) }
        guard !process.isRunning else {
            process.terminate()
            throw Failure(
                description: "LibreOffice không trả lời trong \(Int(seconds)) giây; hãy thử lại hoặc tải tệp Word.")
        }
        guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent("van-ban.pdf").path) else {
            throw Failure(description: "LibreOffice không chuyển được tệp này (mã \(process.terminationStatus)).")
        }
        return Array(data)
    }
}
