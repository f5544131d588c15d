import Access
import Kernel
import Testing

@Suite
struct RoleTests {
    static let agency = AgencyCode("so-noi-vu")
    static let communes = ["90001", "90002"].compactMap { CommuneCode($0) }

    /// Bounds that fit a role, by the role's own words.
    static func fitting(_ role: Role) -> AccountDraft {
        let bounds = role.bounds
        let own: [CommuneCode] =
            switch bounds.communes {
            case .none: []
            case .one: [communes[0]]
            case .several: communes
            }
        return AccountDraft(
            login: "lan.nguyen", name: "Nguyễn Thị Lan", role: role, agency: bounds.agency ? agency : nil,
            communes: own,
            residentialGroup: bounds.group ? "Tổ dân phố 3" : nil)
    }

    static func fields(_ draft: AccountDraft) -> [String] { draft.problems().map(\.field) }

    static let bounds: [(role: Role, agency: Bool, communes: RoleBounds.Communes, group: Bool)] = [
        (.leader, true, .none, false), (.analyst, true, .none, false), (.agencyOfficer, true, .none, false),
        (.insuranceProvince, true, .none, false), (.insuranceBase, true, .several, false),
        (.communeLeader, false, .one, false), (.communeOfficer, false, .one, false), (.groupHead, false, .one, true),
        (.inspector, true, .none, false), (.auditor, false, .none, false), (.administrator, false, .none, false),
    ]

    @Test
    func `the table of bounds names every role once`() {
        #expect(Self.bounds.map(\.role) == Role.allCases)
    }

    @Test(arguments: bounds.map { ($0.role, RoleNeeds(agency: $0.agency, communes: $0.communes, group: $0.group)) })
    func `a role is bounded by what its work needs`(role: Role, needs: RoleNeeds) {
        #expect(role.bounds.agency == needs.agency)
        #expect(role.bounds.communes == needs.communes)
        #expect(role.bounds.group == needs.group)
        #expect(Self.fields(Self.fitting(role)).isEmpty)
    }

    struct RoleNeeds: Sendable {
        let agency: Bool
        let communes: RoleBounds.Communes
        let group: Bool
    }

    @Test(arguments: Role.allCases)
    func `bounds that are missing or superfluous are refused`(role: Role) {
        var other = Self.fitting(role)
        other.agency = other.agency == nil ? Self.agency : nil
        #expect(Self.fields(other) == ["agency"])

        for count in 0...2 {
            var draft = Self.fitting(role)
            draft.communes = Array(Self.communes.prefix(count))
            let fits =
                switch role.bounds.communes {
                case .none: count == 0
                case .one: count == 1
                case .several: count >= 1
                }
            #expect(Self.fields(draft) == (fits ? [] : ["communes"]))
        }

        for group in [nil, ""] as [String?] {
            var draft = Self.fitting(role)
            draft.residentialGroup = group
            #expect(Self.fields(draft) == (role.bounds.group ? ["group"] : []))
        }
    }

    static let drafts: [(change: String, field: String?)] = [
        ("login:ab", "login"), ("login:abc", nil), ("login:Lan.Nguyen", "login"), ("login:lan nguyen", "login"),
        ("login:lân.nguyen", "login"), ("login:lan-n_1@so.vn", nil),
        ("login:" + String(repeating: "a", count: 80), nil),
        ("login:" + String(repeating: "a", count: 81), "login"), ("login:", "login"),
        ("name:", "name"), ("name:" + String(repeating: "ở", count: 120), nil),
        ("name:" + String(repeating: "ở", count: 121), "name"),
        ("email:lan@so.vn", nil), ("email:lan.so.vn", "email"), ("email:lan @so.vn", "email"), ("email:", "email"),
    ]

    @Test(arguments: drafts)
    func `login, name and address are checked`(change: String, field: String?) throws {
        let parts = change.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var draft = Self.fitting(.agencyOfficer)
        switch parts[0] {
        case "login": draft.login = parts[1]
        case "name": draft.name = parts[1]
        default: draft.email = parts[1]
        }
        #expect(Self.fields(draft) == (field.map { [$0] } ?? []))
    }

    @Test
    func `every problem of a draft is told at once`() {
        let draft = AccountDraft(login: "X", name: "", role: .groupHead, agency: Self.agency, email: "x")
        #expect(Self.fields(draft) == ["login", "name", "agency", "communes", "group", "email"])
    }

    @Test
    func `whoever reaches lists of persons or the accounts needs a second factor, nobody else`() {
        let needing = Role.allCases.filter { AccessWorld.grants.needsSecondFactor($0) }
        #expect(
            Set(needing) == [
                .administrator, .insuranceProvince, .insuranceBase, .communeLeader, .communeOfficer, .inspector,
            ])
    }

    @Test
    func `a role that the table leaves out may do nothing`() {
        #expect(AccessWorld.grants.rights(of: .leader).isEmpty)
        #expect(AccessWorld.grants.rights(of: .auditor) == [.viewAudit])
    }

    @Test
    func `a right is known by its name`() {
        #expect(Right("audit.read", "Khác") == .viewAudit)
        #expect(Right("audit.write", Right.viewAudit.title) != .viewAudit)
    }
}
