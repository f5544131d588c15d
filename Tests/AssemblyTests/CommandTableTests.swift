import Foundation
import Testing

/// The README's table of commands beside the program's own account of them.
@Suite
struct CommandTableTests {
    /// What `--experimental-dump-help` tells of a command.
    struct Command: Decodable {
        struct Argument: Decodable {
            let kind: String
            let valueName: String?
        }

        let commandName: String
        let subcommands: [Command]?
        let arguments: [Argument]?

        var parts: [Command] { (subcommands ?? []).filter { $0.commandName != "help" } }
        var takesJSON: Bool { (arguments ?? []).contains { $0.kind == "flag" && $0.valueName == "json" } }
        var operands: [String] {
            (arguments ?? []).filter { $0.kind == "positional" }.compactMap { $0.valueName?.uppercased() }
        }
        /// Those that do something, by their words.
        func leaves(_ words: [String] = []) -> [(words: [String], command: Command)] {
            parts.isEmpty ? [(words, self)] : parts.flatMap { $0.leaves(words + [$0.commandName]) }
        }
    }

    struct Help: Decodable {
        let command: Command
    }

    /// A command as the table names it.
    struct Named {
        let words: [String]
        let operands: [String]
        let takesJSON: Bool
    }

    /// `account list` ● · `invite` ●: later commands of a row leave out the words they share with the first.
    static func named(in readme: String) -> [Named] {
        let rows = readme.split(separator: "\n").drop { $0 != "| command | |" }.dropFirst(2).prefix {
            $0.hasPrefix("| ")
        }
        return rows.flatMap { row in
            var shared: [String] = []
            return row.dropFirst(2).prefix { $0 != "|" }.matches(of: /`([^`]+)`( ●)?/).map { match in
                let words = match.1.split(separator: " ").map(String.init)
                let command = words.filter { $0 != $0.uppercased() }
                defer { if shared.isEmpty { shared = Array(command.dropLast()) } }
                return Named(
                    words: shared + command, operands: words.filter { $0 == $0.uppercased() }, takesJSON: match.2 != nil
                )
            }
        }
    }

    @Test
    func `the README names every command once, with its operands and whether it takes --json`() async throws {
        let help = try await Executable.run(["--experimental-dump-help"])
        var left = try JSONDecoder().decode(Help.self, from: Data(help.output.utf8)).command.leaves()
        #expect(left.count > 20)
        let readme = try String(contentsOf: Scene.repository.appendingPathComponent("README.md"), encoding: .utf8)
        for named in Self.named(in: readme) {
            let covered = left.filter { $0.words.starts(with: named.words) }
            #expect(!covered.isEmpty, "there is no command \(named.words), or it stands there twice")
            left.removeAll { $0.words.starts(with: named.words) }
            #expect(covered.contains { $0.command.takesJSON } == named.takesJSON, "\(named.words): ●")
            // A group's commands have operands of their own.
            if covered.count == 1, let only = covered.first, only.words == named.words, !named.operands.isEmpty {
                #expect(only.command.operands == named.operands, "\(named.words)")
            }
        }
        #expect(left.map { $0.words.joined(separator: " ") } == [], "not in the README's table")
    }
}
