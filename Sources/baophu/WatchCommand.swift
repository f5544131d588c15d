import ArgumentParser
import Assembly
import Exchange
import Jobs
import Kernel

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Receives the files that came to rest in the watched folders (exchange.folders).",
        discussion: """
            A running server looks every half minute by itself. Complete files alone are taken, each once: they go to `dang-nhan`, \
            then to `da-nhan` or `tra-lai` with a receipt beside them. A file's name holds the month of its data (2026-09); \
            “dinh-chinh” in it makes it a correction. Killed, the command goes on when it is given again.
            Exit code 65 where a folder cannot be used.
            """)

    @Flag(help: "Look once and end, instead of every half minute.")
    var once = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        let done: [String]
        let problems: [String]
    }

    func run() async throws {
        try await reporting {
            let answer = try await withRegister(try await settings.read()) { system in
                guard !system.watch.folders.isEmpty else {
                    throw ValidationError("no folder is watched: set exchange.folders")
                }
                var done: [String] = []
                repeat {
                    let words = try await DeliveryWatch(system: system, tells: !output.json).takeDrops()
                    done += words
                    guard !once else { break }
                    for line in words { say(line) }
                    done = []
                    try await Task.sleep(for: .seconds(30))
                } while !Task.isCancelled
                return Answer(done: done, problems: system.watch.problems)
            }
            if output.json {
                try sayJSON(answer)
            } else {
                for line in answer.done { say(line) }
                for problem in answer.problems { complain(problem) }
            }
            guard answer.problems.isEmpty else { throw ExitCode(65) }
        }
    }
}
