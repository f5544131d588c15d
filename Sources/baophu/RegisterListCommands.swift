import Access
import ArgumentParser
import Assembly
import Exchange
import Foundation
import Kernel
import Synchronization

struct RecordsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records", abstract: "Writes which person or employer each record in force belongs to.",
        discussion:
            "CSV: delivery,row,kind,entity. The row of a file of several sheets is written as SHEET!ROW. An entity is named by its first record, so that the same deliveries give the same file."
    )

    @OptionGroup var output: RegisterOutput

    func run() async throws {
        try await output.write { system, line in
            try await system.deliveries.exportRecords(within: .ofSystem, line)
        }
    }
}

struct SpellsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spells", abstract: "Writes where and when each person took part.",
        discussion:
            "CSV: person,scheme,employer,from,to,begins,ends,base. Persons and employers are named as by “records”; from is empty where it goes back to before the records, to while it goes on."
    )

    @OptionGroup var output: RegisterOutput

    func run() async throws {
        try await output.write { system, line in
            try await system.deliveries.exportSpells(within: .ofSystem, line)
        }
    }
}

struct EmployersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "employers", abstract: "Writes the employers with what their records come to.",
        discussion: "CSV: employer,commune,block,status,name. Employers are named as by “records”.")

    @OptionGroup var output: RegisterOutput

    func run() async throws {
        try await output.write { system, line in
            try await system.deliveries.exportEmployers(within: .ofSystem, line)
        }
    }
}

/// A list that the register writes into a file.
struct RegisterOutput: ParsableArguments {
    @Option(help: ArgumentHelp("The file to write; it appears whole or not at all.", valueName: "file"))
    var output: String

    @OptionGroup var settings: SettingsOptions

    func write(
        _ body: @escaping @Sendable (BaoPhuSystem, @escaping @Sendable (String) throws -> Void) async throws -> Void
    ) async throws {
        try await reporting {
            let draft = output + ".part"
            guard FileManager.default.createFile(atPath: draft, contents: nil),
                let handle = FileHandle(forWritingAtPath: draft)
            else { throw Refusal(.invalid, "Không ghi được tệp \(output).") }
            do {
                let lines = LineFile(handle)
                try await withExistingRegister(try await settings.read()) { system in
                    try await body(system) { try lines.write($0) }
                }
                try lines.finish()
                guard rename(draft, output) == 0 else { throw Refusal(.invalid, "Không ghi được tệp \(output).") }
            } catch {
                try? FileManager.default.removeItem(atPath: draft)
                throw error
            }
        }
    }
}

/// Lines written in large pieces.
private final class LineFile: Sendable {
    private let handle: FileHandle
    private let buffer = Mutex<[UInt8]>([])

    init(_ handle: FileHandle) { self.handle = handle }

    func write(_ line: String) throws {
        let full: [UInt8]? = buffer.withLock { buffer in
            buffer += line.utf8
            buffer.append(UInt8(ascii: "\n"))
            guard buffer.count > 1 << 20 else { return nil }
            defer { buffer = [] }
            return buffer
        }
        if let full { try handle.write(contentsOf: full) }
    }

    func finish() throws {
        try handle.write(contentsOf: buffer.withLock { $0 })
        try handle.close()
    }
}
