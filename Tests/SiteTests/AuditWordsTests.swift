import Assembly
import Exchange
import Foundation
import Kernel
import PlanText
import Province
import Registry
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
        // Actions that end with what happened.
        let families = [
            #"instance.\(kind.rawValue)"#: InstanceEventKind.allCases.map { "instance.\($0.rawValue)" },
            #"request.\(kind.rawValue)"#: DataRequestEvent.Kind.allCases.map { "request.\($0.rawValue)" },
            #"agreement.\(kind.rawValue)"#: AgreementEvent.Kind.allCases.map { "agreement.\($0.rawValue)" },
            #"subject-request.\(state.rawValue)"#: SubjectRequest.State.allCases.map {
                "subject-request.\($0.rawValue)"
            },
            #"registry.doubt-\(kind.rawValue)"#: DoubtEvent.Kind.allCases.map { "registry.doubt-\($0.rawValue)" },
        ]
        var written = Written()
        for (file, text) in texts {
            for call in text.components(separatedBy: "AuditEvent(").dropFirst() {
                let action = call.components(separatedBy: "subject:")[0]
                let rest = call.dropFirst(action.count)
                let kind = Self.kind(rest, in: text)
                let found = action.matches(of: /"([a-z-]+\.[a-z-]+)"/).map { String($0.1) }
                let events = families.filter { action.contains("\"\($0.key)\"") }.flatMap(\.value)
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
        #expect(AuditWords.prefix(of: "việc II.8") == "instance/II.8" && AuditWords.prefix(of: "file/") == "file/")
    }

    @Test
    func `codes of units, periods and schemes are read by name, and nothing else is taken for one`() throws {
        let plan = try PlanFolder.load(SiteHarness.planFolder)
        func subject(_ text: String) -> String { AuditWords.subject(text, in: plan) }
        let ward = plan.name(of: .commune(try #require(CommuneCode("10507"))))
        #expect(subject("instance/II.8/2027/thue-thanh-pho") == "Việc II.8, năm 2027, Thuế thành phố")
        #expect(subject("instance/II.8/2026-Q4/khong-co") == "Việc II.8, quý IV/2026, khong-co")
        #expect(subject("figures/10507/2026-09/voluntary") == "Số liệu \(ward), tháng 9/2026, tự nguyện")
        #expect(subject("steering/10507") == "Ban Chỉ đạo \(ward)")
        #expect(subject("figure-batch/10507") == "Lô số liệu 10507", "a number of its own")
        #expect(subject("account/so-noi-vu") == "Tài khoản so-noi-vu", "a login of its own")
        #expect(subject("plan/units") == "Kế hoạch: danh sách đơn vị trực thuộc")
        #expect(subject("plan/identities") == "Kế hoạch: tên, ký hiệu, chức danh của cơ quan")
        #expect(subject("unheard/of") == "unheard/of")
        func detail(_ text: String, _ action: String) -> String { AuditWords.detail(text, of: action, in: plan) }
        #expect(
            detail("Cán bộ; so-noi-vu → Cán bộ; 10507. Lý do: về 10507", "account.changed")
                == "Cán bộ; \(plan.name(of: .agency(plan.coordinatingAgency))) → Cán bộ; \(ward). Lý do: về 10507")
        #expect(
            detail("I.5/2026-Q3/10507: bao-cao.pdf", "file.opened") == "I.5, quý III/2026, \(ward): bao-cao.pdf")
        #expect(detail("9000 → 10507", "figures.contested") == "9000 → 10507")
    }
}
