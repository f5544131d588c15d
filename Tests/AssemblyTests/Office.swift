import Foundation

/// LibreOffice and poppler, as the tests ask them.
enum Office {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A page and its ink, in millimetres.
    struct Page: CustomStringConvertible {
        let width: Double
        let height: Double
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double

        var description: String {
            String(
                format: "%.0f × %.0f mm, ink from %.1f left, %.1f right, %.1f top, %.1f bottom", width, height, left,
                right, top, bottom)
        }
    }

    @discardableResult
    private static func run(_ program: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(program) \(arguments.last ?? "") ended with \(process.terminationStatus)")
        }
        return data
    }

    static func convert(_ folder: URL, _ names: [String], to format: String) throws {
        try run(
            "/usr/bin/soffice",
            [
                "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--norestore", "--convert-to",
                format,
                "--outdir", folder.path,
            ] + names.map { folder.appendingPathComponent($0).path })
        for name in names {
            let made = folder.appendingPathComponent("\(name.split(separator: ".")[0]).\(format.prefix { $0 != ":" })")
                .path
            guard FileManager.default.fileExists(atPath: made) else { throw Failure(description: "no \(made)") }
        }
    }

    /// The first page drawn at 100 dots an inch, and where its ink lies.
    static func firstPage(of pdf: URL) throws -> Page {
        let data = try run("/usr/bin/pdftoppm", ["-r", "100", "-f", "1", "-l", "1", "-gray", pdf.path])
        // PGM: "P5\nwidth height\n255\n" and a byte a dot.
        var fields: [Int] = []
        var index = data.startIndex + 2
        while fields.count < 3 {
            while data[index] <= 32 { index += 1 }
            var number = 0
            while data[index] > 32 {
                number = number * 10 + Int(data[index] - 48)
                index += 1
            }
            fields.append(number)
        }
        index += 1
        let (width, height) = (fields[0], fields[1])
        guard data.count - index >= width * height else {
            throw Failure(description: "\(pdf.lastPathComponent) is cut")
        }
        var (left, right, top, bottom) = (width, -1, height, -1)
        data.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
            for y in 0..<height {
                for x in 0..<width where bytes[index + y * width + x] < 160 {
                    left = min(left, x)
                    right = max(right, x)
                    top = min(top, y)
                    bottom = max(bottom, y)
                }
            }
        }
        func millimetres(_ dots: Int) -> Double { Double(dots) * 25.4 / 100 }
        return Page(
            width: millimetres(width), height: millimetres(height), left: millimetres(left),
            right: millimetres(width - 1 - right), top: millimetres(top), bottom: millimetres(height - 1 - bottom))
    }
}
