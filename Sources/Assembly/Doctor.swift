import Access
import Components
import Database
import Foundation
public import Kernel
import Legislation
import Documents
import Overview
import PlanText
import Targets
import Work
import Reports
import Province
import Vault

/// Looks at everything the system stands on and says what is wrong and what to do about it.
public struct Doctor: Sendable {
    public struct Finding: Sendable, Equatable, Encodable {
        public enum Severity: String, Sendable, Encodable { case ok, warning, fault }

        public let check: String
        public let severity: Severity
        public let message: String
        public let remedy: String
    }

    public struct Report: Sendable, Equatable, Encodable {
        public let findings: [Finding]
        public let settings: [Settings.Line]

        public var isHealthy: Bool { !findings.contains { $0.severity == .fault } }
    }

    let settings: Settings
    let clock: Clock

    public init(settings: Settings, clock: Clock = .machine) {
        self.settings = settings
        self.clock = clock
    }

    public func examine() async -> Report {
        Report(
            findings: [plan(), await legislation(), templates(), guide()] + (await database()) + [
                await keys(), await numberKeys(), disk(), await clockFinding(),
            ],
            settings: settings.report
        )
    }

    func ok(_ check: String, _ message: String) -> Finding {
        Finding(check: check, severity: .ok, message: message, remedy: "")
    }

    private func plan() -> Finding {
        do {
            let plan = try PlanFolder.load(settings.planFolder)
            return ok(
                "plan",
                "\(plan.id): \(plan.tasks.count) tasks, \(plan.agencies.count) agencies, \(plan.communes.communes.count) communes"
            )
        } catch {
            return Finding(
                check: "plan", severity: .fault, message: "\(error)",
                remedy: "mend the lines named, then run `baophu plan check --plan \(settings.planFolder)`")
        }
    }

    private func legislation() async -> Finding {
        guard settings.legislationFolder != nil else {
            return Finding(
                check: "legislation", severity: .warning,
                message: "no folder of the law's parameters: the law's pages and calculations are left out",
                remedy:
                    "put the folder `legislation` beside the plans' folder, or name one with --set legislation=FOLDER")
        }
        do {
            let table = try await lawTable()
            let today = clock.today
            let awaited = table.awaited(on: today)
            let count = "\(table.parameters.count) parameters in \(table.subjects.count) subjects"
            // Known beforehand and the law's own doing: told, not a fault of the installation, until values are missing.
            let words = awaited.map { document in
                let keys = document.values.compactMap(\.key)
                let whose =
                    keys.isEmpty
                    ? document.subject : keys.prefix(2).joined(separator: ", ") + (keys.count > 2 ? ", …" : "")
                return "\(whose) (\(document.values.count)) until \(document.lastDay): \(document.document)"
            }
            let note =
                words.isEmpty
                ? ""
                : "; within \(ParameterTable.noticeDays) days these values end and wait for a document: "
                    + words.joined(separator: "; ")
            guard awaited.contains(where: { $0.lastDay < today }) else { return ok("legislation", count + note) }
            return Finding(
                check: "legislation", severity: .warning, message: count + note,
                remedy:
                    "enter the values that are missing on screen (Văn bản và tham số) once their document is issued; `baophu law list --awaited` lists them"
            )
        } catch {
            return Finding(
                check: "legislation", severity: .fault, message: "\(error)", remedy: "mend the file and key named")
        }
    }

    /// With what administrators entered; a database that does not answer is a finding of its own.
    private func lawTable() async throws -> ParameterTable {
        do {
            return try await settings.lawTable(clock: clock)
        } catch let error as LegislationError {
            throw error
        } catch {
            return try ParameterTable(folder: URL(fileURLWithPath: settings.legislationFolder ?? "legislation"))
        }
    }

    private func guide() -> Finding {
        guard let folder = settings.guideFolder else {
            return Finding(
                check: "guide", severity: .warning, message: "no folder of the users' guide: pages have no help",
                remedy: "put the folder `docs` beside the plans' folder, or name one with --set guide=FOLDER")
        }
        do {
            let book = try GuideBook(docs: URL(fileURLWithPath: folder))
            return ok("guide", "\(book.chapters.count) chapters, \(book.glossary.terms.count) words explained")
        } catch {
            return Finding(
                check: "guide", severity: .fault, message: "\(error)", remedy: "mend the file and line named")
        }
    }

    private func templates() -> Finding {
        guard let folder = settings.templateFolder else {
            return Finding(
                check: "templates", severity: .warning,
                message: "no folder of documents' templates: official documents are left out",
                remedy: "put the folder `templates` beside the plans' folder, or name one with --set templates=FOLDER")
        }
        do {
            let templates = try TemplateFolder(URL(fileURLWithPath: folder))
            let count = templates.templates.count
            let unknown = (try? PlanFolder.load(settings.planFolder)).map { PaperKind.unknown(in: $0, templates) } ?? []
            if let first = unknown.first {
                return Finding(
                    check: "templates", severity: .warning,
                    message: "task \(first.task) names a kind of paper “\(first.paper)” that does not exist",
                    remedy: "mend `papers` in \(settings.planFolder)/tasks.yaml, or add the kind and its template")
            }
            let office =
                PDFConverter.program == nil
                ? "; PDF is left out: LibreOffice is not installed" : "; PDF through LibreOffice"
            return ok("templates", "\(count) templates\(office)")
        } catch {
            return Finding(
                check: "templates", severity: .fault, message: "\(error)", remedy: "mend the file and place named")
        }
    }

    private func database() async -> [Finding] {
        if !Storage.exists(settings.database) {
            return [
                Finding(
                    check: "database", severity: .warning, message: "there is no file \(settings.database) yet",
                    remedy: "the server makes it at its first start (`make run`); or name another with --database")
            ]
        }
        do {
            let store = try Storage.open(settings.database)
            var findings = [ok("database", "\(store.engine.rawValue) at \(store.location)")]
            let pending = try await Storage.migrator.pending(in: store)
            findings.append(
                pending.isEmpty
                    ? ok("schema", "up to date")
                    : Finding(
                        check: "schema", severity: .warning, message: "\(pending.count) migrations are missing",
                        remedy: "run `baophu migrate` (or start the server, which does it)"))
            let problems = try await store.read { try $0.integrityProblems() }
            findings.append(
                problems.isEmpty
                    ? ok("integrity", "no damage found")
                    : Finding(
                        check: "integrity", severity: .fault, message: problems.prefix(5).joined(separator: "; "),
                        remedy: "stop the server and restore the last backup with `baophu restore`"))
            if pending.isEmpty {
                let noted = settings.heads.noted()
                let verdict = try await AuditTrail.verify(expecting: noted, in: store)
                findings.append(
                    verdict.problems.isEmpty
                        ? ok("audit", "\(verdict.entries) entries, unbroken")
                        : Finding(
                            check: "audit", severity: .fault,
                            message:
                                "\(verdict.problems.count) problems, the first at entry \(verdict.problems[0].sequence)",
                            remedy: "run `baophu audit verify` and report to the inspector"))
                findings.append(
                    ok(
                        "heads",
                        noted.isEmpty
                            ? "none noted yet in \(settings.heads.file ?? "a file"); the server does so each day"
                            : "\(noted.count) noted in \(settings.heads.file ?? "a file")"))
                findings.append(try await pairs(in: store))
                findings += try await TrailCheck.examine(store).map { finding in
                    guard let first = finding.problems.first else { return ok(finding.check, finding.words) }
                    return Finding(
                        check: finding.check, severity: .fault,
                        message:
                            "\(finding.problems.count) problems, the first: \(first)",
                        remedy:
                            "run `baophu audit verify` for all of them; restore what was changed from a backup, and report to the inspector"
                    )
                }
            }
            try await store.close()
            return findings
        } catch {
            return [
                Finding(
                    check: "database", severity: .fault, message: "\(error)",
                    remedy: "check --database, the folder's permissions, or that PostgreSQL runs and takes this user")
            ]
        }
    }

    /// Whether the keys are there, closed to others, and open what they should.
    private func keys() async -> Finding {
        let lost =
            "put back the key file of the server that sealed them, or give those people new links (`baophu account link`)"
        do {
            if let file = settings.keyFile, !FileManager.default.fileExists(atPath: file) {
                return Finding(
                    check: "keys", severity: .warning, message: "there is no key file \(file) yet",
                    remedy: "the server makes it at its first start; after a restore, put back the copy")
            }
            guard let ring = try settings.existingKeyRing() else { throw VaultError.noKey }
            if let file = settings.keyFile, KeyFile.isOpenToOthers(file) {
                return Finding(
                    check: "keys", severity: .fault, message: "others may read \(file)",
                    remedy: "run `chmod 600 \(file)`")
            }
            guard Storage.exists(settings.database) else { return ok("keys", "\(ring.ids.count) keys") }
            let store = try Storage.open(settings.database)
            guard try await Storage.migrator.pending(in: store).isEmpty else {
                try await store.close()
                return ok("keys", "\(ring.ids.count) keys")
            }
            let access = AccessService(store: store, clock: clock, grants: .ofRoles, keys: ring)
            let problems = try await access.closedSecrets()
            try await store.close()
            guard let first = problems.first else { return ok("keys", "\(ring.ids.count) keys, open every secret") }
            return Finding(
                check: "keys", severity: .fault,
                message: "\(problems.count) second factors stay closed: \(first)", remedy: lost)
        } catch {
            return Finding(
                check: "keys", severity: .fault, message: "\(error)",
                remedy: "make the file readable for the server's user, or put back its copy")
        }
    }

    private func disk() -> Finding {
        guard let megabytes = DiskSpace.freeMegabytes(beside: settings.database) else {
            return Finding(
                check: "disk", severity: .warning, message: "free space is unknown", remedy: "look with `df -h`")
        }
        return megabytes >= 1_024
            ? ok("disk", "\(megabytes) MB free")
            : Finding(
                check: "disk", severity: megabytes < 200 ? .fault : .warning, message: "only \(megabytes) MB free",
                remedy: "free space or move the database to a larger disk")
    }

    /// A clock that is far off makes deadlines wrong and one-time codes useless.
    private func clockFinding() async -> Finding {
        let now = clock.now
        let trust =
            "set it, best by NTP (`timedatectl set-ntp true`); if it is right, an administrator confirms it on screen, or you by `baophu doctor --trust-clock`, which also puts right what a wrong clock left"
        guard (2026...2100).contains(now.day.year) else {
            return Finding(
                check: "clock", severity: .fault, message: "the machine's clock says \(now)", remedy: trust)
        }
        guard let state = try? await clockState() else { return ok("clock", "\(now) in Viet Nam") }
        let verdict = state.verdict(at: now)
        if verdict != .sound {
            return Finding(
                check: "clock", severity: .fault,
                message: Self.words(of: verdict, at: now, by: state), remedy: trust)
        }
        guard state.isOvertaken(at: now), let last = state.last else { return ok("clock", "\(now) in Viet Nam") }
        return Finding(
            check: "clock", severity: .fault, message: Self.words(of: .behind(last), at: now, by: state),
            remedy: trust)
    }

    private static func words(of verdict: ClockState.Verdict, at now: Timestamp, by state: ClockState) -> String {
        switch verdict {
        case .sound: "the machine's clock says \(now)"
        case .ahead(let last):
            "the machine's clock says \(now); the last written moment is \(last), more than \(ClockState.longestPauseDays) days before"
        case .behind(let last):
            "the machine's clock says \(now); \(state.newestEntry == last ? "the audit trail holds entries dated up to" : "a server last noted") \(last): one of the two is, or was, wrong"
        }
    }

    /// Nil without a database, or with one of an earlier release.
    private func clockState() async throws -> ClockState? {
        guard Storage.exists(settings.database) else { return nil }
        let store = try Storage.open(settings.database)
        let state = try await store.read { connection -> ClockState? in
            guard try connection.tableNames().contains("clock_mark") else { return nil }
            return try ClockState.read(on: connection)
        }
        try await store.close()
        return state
    }
}
