public import Database
public import Kernel

/// Somebody who may sign in.
public struct Account: Sendable, Equatable {
    public enum State: String, Sendable {
        case invited, active, disabled

        public var title: String {
            switch self {
            case .invited: "Đã mời, chưa kích hoạt"
            case .active: "Đang hoạt động"
            case .disabled: "Đã khóa"
            }
        }
    }

    public let id: RecordID
    public let login: String
    public let name: String
    public let role: Role
    public let agency: AgencyCode?
    public let unit: AgencyUnitCode?
    public let communes: [CommuneCode]
    public let residentialGroup: String?
    public let email: String?
    public let state: State
    public let hasSecondFactor: Bool
    public let createdAt: Timestamp

    public func viewer(_ grants: Grants, session: RecordID? = nil) -> Viewer {
        Viewer(
            account: id, login: login, name: name, role: role, rights: grants.rights(of: role), agency: agency,
            unit: unit, communes: communes, residentialGroup: residentialGroup, session: session)
    }
}

/// What a new account is made of; checked as a whole by ``problems()``.
public struct AccountDraft: Sendable, Equatable {
    public var login: String
    public var name: String
    public var role: Role
    public var agency: AgencyCode?
    /// One of the agency's many units.
    public var unit: AgencyUnitCode?
    public var communes: [CommuneCode]
    public var residentialGroup: String?
    public var email: String?

    public init(
        login: String, name: String, role: Role, agency: AgencyCode? = nil, unit: AgencyUnitCode? = nil,
        communes: [CommuneCode] = [], residentialGroup: String? = nil, email: String? = nil
    ) {
        self.login = login
        self.name = name
        self.role = role
        self.agency = agency
        self.unit = unit
        self.communes = communes
        self.residentialGroup = residentialGroup
        self.email = email
    }

    /// Everything that is wrong, by field. An account without its bounds would see too much, so bounds are refused when
    /// missing and when superfluous.
    public func problems() -> [Refusal.FieldProblem] {
        var problems: [Refusal.FieldProblem] = []
        let loginBytes = Array(login.utf8)
        let allowed = loginBytes.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 || $0 == 95 || $0 == 64
        }
        if !(3...80).contains(loginBytes.count) || !allowed {
            problems.append(
                .init(
                    AccountField.login,
                    "Tên đăng nhập gồm 3 đến 80 ký tự: chữ thường không dấu, chữ số và các dấu . - _ @."))
        }
        if name.isEmpty || name.count > 120 {
            problems.append(.init(AccountField.name, "Hãy nhập họ và tên (không quá 120 ký tự)."))
        }
        let bounds = role.bounds
        if bounds.agency, agency == nil {
            problems.append(.init(AccountField.agency, "Vai trò “\(role.title)” cần thuộc một cơ quan."))
        }
        if !bounds.agency, agency != nil {
            problems.append(
                .init(AccountField.agency, "Vai trò “\(role.title)” không thuộc cơ quan nào; hãy để trống."))
        }
        if let unit {
            if ![.agencyOfficer, .insuranceBase].contains(role) {
                problems.append(
                    .init(
                        AccountField.unit,
                        "Vai trò “\(role.title)” làm việc cho cả cơ quan; hãy để trống đơn vị trực thuộc."))
            } else if unit.agency != agency {
                problems.append(.init(AccountField.unit, "Đơn vị “\(unit)” không thuộc cơ quan đã chọn."))
            }
        }
        switch bounds.communes {
        case .none where !communes.isEmpty:
            problems.append(
                .init(AccountField.communes, "Vai trò “\(role.title)” không gắn với xã, phường, đặc khu; hãy để trống.")
            )
        case .one where communes.count != 1:
            problems.append(
                .init(AccountField.communes, "Vai trò “\(role.title)” cần đúng một xã, phường hoặc đặc khu."))
        case .several where communes.isEmpty:
            problems.append(
                .init(AccountField.communes, "Vai trò “\(role.title)” cần ít nhất một xã, phường hoặc đặc khu."))
        default: break
        }
        if bounds.group, (residentialGroup ?? "").isEmpty {
            problems.append(.init(AccountField.group, "Vai trò “\(role.title)” cần tên tổ dân phố hoặc địa bàn thu."))
        }
        if let email, !email.contains("@") || email.contains(where: \.isWhitespace) {
            problems.append(.init(AccountField.email, "Địa chỉ thư “\(email)” không đúng; để trống nếu không có."))
        }
        return problems
    }
}

/// Accounts as stored.
public enum Accounts {
    static let columns = """
        a.id, a.login, a.display_name, a.role, a.agency, a.unit, a.residential_group, a.email, a.password_hash,
        a.one_time_confirmed_at, a.created_at, a.disabled_at
        """

    static func account(_ row: SQLRow, on connection: any SQLConnection) throws -> Account {
        let id = try row.recordID("id")
        let role: Role = try row.choice("role")
        guard role.bounds.communes != .none else { return try account(row, communes: []) }
        let communes = try connection.rows("SELECT commune FROM account_commune WHERE account = ? ORDER BY commune", id)
            .compactMap { CommuneCode(try $0.text("commune")) }
        return try account(row, communes: communes)
    }

    private static func account(_ row: SQLRow, communes: [CommuneCode]) throws -> Account {
        let state: Account.State =
            if try row.optionalTimestamp("disabled_at") != nil {
                .disabled
            } else if try row.optionalText("password_hash") == nil {
                .invited
            } else {
                .active
            }
        return Account(
            id: try row.recordID("id"), login: try row.text("login"), name: try row.text("display_name"),
            role: try row.choice("role"), agency: try row.optionalText("agency").flatMap { AgencyCode($0) },
            unit: try row.optionalText("unit").flatMap { AgencyUnitCode($0) }, communes: communes,
            residentialGroup: try row.optionalText("residential_group"),
            email: try row.optionalText("email"), state: state,
            hasSecondFactor: try row.optionalTimestamp("one_time_confirmed_at") != nil,
            createdAt: try row.timestamp("created_at"))
    }

    /// The accounts within a scope, by login.
    public static func all(within scope: Scope, on connection: any SQLConnection) throws -> [Account] {
        var communes: [String: [CommuneCode]] = [:]
        for row in try connection.rows("SELECT account, commune FROM account_commune ORDER BY account, commune") {
            if let code = CommuneCode(try row.text("commune")) {
                communes[try row.text("account"), default: []].append(code)
            }
        }
        return try connection.rows("SELECT \(columns) FROM account a ORDER BY a.login").map { row in
            try account(row, communes: communes[try row.text("id")] ?? [])
        }.filter(scope.covers)
    }

    /// What people are called, by account.
    public static func names(on connection: any SQLConnection) throws -> [RecordID: String] {
        var names: [RecordID: String] = [:]
        try connection.forEachRow("SELECT id, display_name FROM account", []) { row in
            names[try row.recordID("id")] = try row.text("display_name")
        }
        return names
    }

    public static func find(_ id: RecordID, on connection: any SQLConnection) throws -> Account? {
        try connection.row("SELECT \(columns) FROM account a WHERE a.id = ?", id).map {
            try account($0, on: connection)
        }
    }

    public static func find(login: String, on connection: any SQLConnection) throws -> Account? {
        try connection.row("SELECT \(columns) FROM account a WHERE a.login = ?", login)
            .map { try account($0, on: connection) }
    }

    static func insert(_ draft: AccountDraft, id: RecordID, at moment: Timestamp, on connection: any SQLConnection)
        throws
    {
        try connection.execute(
            """
            INSERT INTO account (id, login, display_name, role, agency, unit, residential_group, email, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            id, draft.login, draft.name, draft.role.rawValue, draft.agency?.text, draft.unit?.text,
            draft.residentialGroup, draft.email, moment)
        for commune in Set(draft.communes) {
            try connection.execute("INSERT INTO account_commune (account, commune) VALUES (?, ?)", id, commune)
        }
    }

    /// Brings the communes of accounts that work for one unit in line with the unit's area, so that they follow its list.
    /// Units without a stated area leave what the account was given.
    /// - Returns: how many accounts changed.
    @discardableResult
    public static func follow(
        _ areas: [AgencyUnitCode: [CommuneCode]], on connection: any SQLConnection
    ) throws -> Int {
        var changed = 0
        for account in try all(within: .ofSystem, on: connection) where account.role.bounds.communes == .several {
            guard let unit = account.unit, let area = areas[unit], Set(area) != Set(account.communes) else { continue }
            try connection.execute("DELETE FROM account_commune WHERE account = ?", account.id)
            for commune in Set(area) {
                try connection.execute(
                    "INSERT INTO account_commune (account, commune) VALUES (?, ?)", account.id, commune)
            }
            changed += 1
        }
        return changed
    }
}
