import Access
import ArgumentParser
import Assembly
import Database
import Kernel
import Notices

struct NoticesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notices", abstract: "What people are told: to whom, read or not, over or not.",
        subcommands: [NoticesListCommand.self])
}

/// A notice as JSON.
private struct NoticeAnswer: Encodable {
    let id: String
    let kind: String
    let at: String
    let title: String
    let subject: String
    let addressees: [String]
    let readers: Int
    let until: String?
    let resolvedAt: String?

    init(_ notice: PostedNotice) {
        id = notice.id.text
        kind = notice.kind
        at = notice.at.description
        title = notice.title
        subject = notice.subject.text
        addressees = notice.addressees
        readers = notice.readers
        until = notice.until?.description
        resolvedAt = notice.resolvedAt?.description
    }
}

struct NoticesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Prints what was told, the latest first.")

    @Option(help: "The most to print.")
    var limit = 50

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            let store = try Storage.openExisting(try await settings.read().database)
            let notices = try await NoticeService(store: store, clock: .machine, areas: .ofAllParts).board(limit)
            try await store.close()
            if output.json { return try sayJSON(notices.map { NoticeAnswer($0) }) }
            for notice in notices {
                let state = notice.resolvedAt == nil ? "read by \(notice.readers)" : "over"
                say("\(notice.id)  \(notice.at)  \(state)  \(notice.kind)  \(notice.title)")
                say("    to \(notice.addressees.joined(separator: ", ")), about \(notice.subject)")
            }
        }
    }
}
