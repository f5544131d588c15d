import Access
import ArgumentParser
import Assembly
import Components
import Database
import Kernel
import Notices
import PlanText
import Province
import Targets
import WebDesk
import Work

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Accounts: list, invite, new link, lock, unlock.",
        subcommands: [
            AccountListCommand.self, AccountInviteCommand.self, AccountLinkCommand.self, AccountDisableCommand.self,
            AccountEnableCommand.self,
        ])
}

private struct AccountLine: Encodable {
    let login: String
    let name: String
    let role: String
    let agency: String?
    let unit: String?
    let communes: [String]
    let state: String
    let secondFactor: Bool
}

private struct InvitationLine: Encodable {
    let login: String
    let link: String
    let expiresAt: String
}

/// The access service of the settings' database, with its schema up to date.
private func withAccess(
    _ options: SettingsOptions, _ body: (AccessService, Settings) async throws -> Void
) async throws {
    try await reporting {
        let settings = try await options.read()
        // At a doubted time a link is what lets in whoever confirms the time: it does not speak for it itself.
        if let doubt = try await ClockRepair.doubt(settings.database, at: BaoPhuSystem.now) { complain("\(doubt)") }
        let store = try Storage.open(settings.database)
        _ = try await Storage.migrator.migrate(store, at: BaoPhuSystem.now)
        let access = AccessService(
            store: store, clock: .machine, passwords: PasswordHasher(cost: settings.passwordCost),
            grants: .ofRoles, policy: settings.access, keys: try settings.keyRing(),
            tell: NoticeService.accountTeller(mails: settings.mail != nil))
        try await body(access, settings)
        try await store.close()
    }
}

private func account(_ login: String, in access: AccessService) async throws -> Account {
    guard let account = try await access.store.read({ try Accounts.find(login: login, on: $0) }) else {
        throw Refusal(.notFound, "Không có tài khoản “\(login)”.")
    }
    return account
}

private func tell(_ issued: IssuedInvitation, _ settings: Settings, json: Bool) throws {
    let link = "\(settings.site.publicURL)\(Addresses.invitation(issued.token))"
    if json { return try sayJSON(InvitationLine(login: issued.login, link: link, expiresAt: "\(issued.expiresAt)")) }
    say("One-time link for \(issued.login), valid until \(issued.expiresAt.vietnamese):\n  \(link)")
}

struct AccountListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists all accounts.")

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            let store = try Storage.openExisting(try await settings.read().database)
            let accounts = try await store.read { try Accounts.all(within: .ofSystem, on: $0) }
            try await store.close()
            if output.json {
                return try sayJSON(
                    accounts.map {
                        AccountLine(
                            login: $0.login, name: $0.name, role: $0.role.rawValue, agency: $0.agency?.text,
                            unit: $0.unit?.text,
                            communes: $0.communes.map(\.text), state: $0.state.rawValue,
                            secondFactor: $0.hasSecondFactor)
                    })
            }
            for account in accounts {
                let bodies = [account.agency?.text, account.unit?.text].compactMap(\.self)
                let bounds = (bodies + account.communes.map(\.text)).joined(separator: " ")
                say(
                    "\(account.login.padding(to: 24)) \(account.state.rawValue.padding(to: 9)) \(account.role.rawValue.padding(to: 18)) \(bounds)"
                )
            }
        }
    }
}

struct AccountInviteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite", abstract: "Creates an account and prints its one-time link.")

    @Option(help: "Login: lower-case letters, digits and . - _ @.")
    var login: String

    @Option(help: "Name of the person.")
    var name: String

    @Option(help: ArgumentHelp("Role.", discussion: Role.allCases.map(\.rawValue).joined(separator: ", ")))
    var role: String

    @Option(help: "Code of the agency, for roles that belong to one.")
    var agency: String?

    @Option(help: "Code of one of the agency's many units (bhxh-co-so:thuy-nguyen), for whoever works for it alone.")
    var unit: String?

    @Option(help: "Code of a commune; may be repeated for a base social-insurance office.")
    var commune: [String] = []

    @Option(help: "Residential group, for group heads.")
    var group: String?

    @Option(help: "E-mail address, for reminders.")
    var email: String?

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func validate() throws {
        if Role(rawValue: role) == nil {
            throw ValidationError("--role \(role): one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
        }
    }

    func run() async throws {
        try await withAccess(settings) { access, settings in
            let plan = try PlanFolder.load(settings.planFolder)
            try await plan.unitsInForce.refresh(from: access.store)
            guard let role = Role(rawValue: role) else { throw ExitCode(64) }
            if let agency, AgencyCode(agency).flatMap({ plan.agency($0) }) == nil {
                throw Refusal(.invalid, "Kế hoạch không có cơ quan “\(agency)”.")
            }
            if let unknown = commune.first(where: { text in !plan.communes.codes.contains { $0.text == text } }) {
                throw Refusal(.invalid, "Kế hoạch không có xã, phường, đặc khu mã “\(unknown)”.")
            }
            let unit = unit.flatMap { AgencyUnitCode($0) }
            if let text = self.unit, unit.flatMap({ plan.units[$0] }) == nil {
                throw Refusal(.invalid, "Danh sách đơn vị không có “\(text)”.")
            }
            var communes = commune.compactMap { CommuneCode($0) }
            if communes.isEmpty, role.bounds.communes == .several, let unit {
                communes = plan.units[unit]?.communes ?? []
            }
            let draft = AccountDraft(
                login: login, name: name, role: role, agency: agency.flatMap { AgencyCode($0) } ?? unit?.agency,
                unit: unit, communes: communes, residentialGroup: group, email: email)
            try tell(try await access.invite(draft, by: .commandLine), settings, json: output.json)
        }
    }
}

struct AccountLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Prints a new one-time link; password, second factor and sessions end.")

    @Argument(help: "Login.")
    var login: String

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await withAccess(settings) { access, settings in
            let known = try await account(login, in: access)
            try tell(try await access.reinvite(known.id, by: .commandLine), settings, json: output.json)
        }
    }
}

struct AccountDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Locks an account and ends its sessions.")

    @Argument(help: "Login.")
    var login: String

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        try await withAccess(settings) { access, _ in
            try await access.setDisabled(true, account: try await account(login, in: access).id, by: .commandLine)
            say("\(login) is locked.")
        }
    }
}

struct AccountEnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "enable", abstract: "Unlocks an account.")

    @Argument(help: "Login.")
    var login: String

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        try await withAccess(settings) { access, _ in
            try await access.setDisabled(false, account: try await account(login, in: access).id, by: .commandLine)
            say("\(login) is unlocked.")
        }
    }
}
