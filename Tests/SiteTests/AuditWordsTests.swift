import Foundation
import Testing
import Work

@testable import AccountPages

/// Every action and every kind of subject that Sources write into the audit trail has Vietnamese words, and no others do.
@Suite
struct AuditWordsTests {
    struct Written {
        var actions: Set<String> = []
        var kinds: Set<String> = []
        /// Calls whose action or subject cannot be read from the text.
        var unread: [String] = []
    }

    static let written: Written = {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
        var texts: [String: String] = [:]
        for case let file as URL in FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
            ?? .init() where file.pathExtension == "swift"
        {
            texts[file.path] = try? String(contentsOf: file, encoding: .utf8)
        }
        /// `public static let figureBatch = Self("figure-batch")`
        let words = Dictionary(
            texts.values.flatMap { text in
                text.matches(of: /static let (\w+) = Self\("([a-z-]+)"\)/).map { (String($0.1), String($0.2)) }
            }, uniquingKeysWith: { first, _ in first })
        var written = Written()
        for (file, text) in texts {
            for call in text.components(separatedBy: "AuditEvent(").dropFirst() {
                let action = call.components(separatedBy: "subject:")[0]
                let rest = call.dropFirst(action.count)
                let kind = Self.kind(rest, in: text)
                let found = action.matches(of: /"([a-z]+\.[a-z-]+)"/).map { String($0.1) }
                let events =
                    action.contains(#""instance.\(kind.rawValue)""#)
                    ? InstanceEventKind.allCases.map { "instance.\($0.rawValue)" } : []
                written.actions.formUnion(found + events)
                if let word = kind.flatMap({ words[$0] }) { written.kinds.insert(word) }
                if kind == nil || found.isEmpty && events.isEmpty { written.unread.append(file) }
            }
        }
        return written
    }()

    /// The name of the kind in `subject: Subject(.kind, …`; of a subject made before the call, or of a thing's own (`job.subject`).
    private static func kind(_ rest: Substring, in file: String) -> String? {
        if let found = rest.prefixMatch(of: /subject: Subject\(\.(\w+)/) { return String(found.1) }
        if rest.hasPrefix("subject: subject") {
            return file.firstMatch(of: /subject = Subject\(\.(\w+)/).map { String($0.1) }
        }
        return rest.prefixMatch(of: /subject: (\w+)\.subject/).map { String($0.1) }
    }

    @Test
    func `every action written anywhere has a title, and every title an action`() {
        #expect(Self.written.unread.isEmpty)
        #expect(Self.written.actions.count > 50)
        for action in Self.written.actions {
            #expect(AuditWords.title(of: action) != action, "\(action) has no Vietnamese title")
        }
        #expect(Set(AuditWords.actions.keys).subtracting(Self.written.actions).isEmpty)
        let titles = AuditWords.actions.values
        #expect(Set(titles).count == titles.count, "two actions read alike")
    }

    @Test
    func `every kind of subject has a title, and every title a kind`() {
        #expect(Self.written.kinds == Set(AuditWords.subjects.map(\.kind)))
        #expect(AuditWords.subject("instance/II.8/2027/thue") == "Việc II.8/2027/thue")
        #expect(AuditWords.subject("unheard/of") == "unheard/of")
        #expect(AuditWords.prefix(of: "việc II.8") == "instance/II.8" && AuditWords.prefix(of: "file/") == "file/")
    }
}
