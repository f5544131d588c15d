public import Kernel

/// The fields of forms of accounts and of coming in.
public enum AccountField: String, FormKey, CaseIterable {
    case again, agency, code, communes, day, email, group, login, name, new, old, password, reason, role, session, unit
    case lock = "khoa"
    case revoke = "thu-hoi"
}
