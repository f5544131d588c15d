public import Kernel

// Coming in, accounts, the audit trail.
extension Addresses {
    public static let signIn = FixedPlace("/dang-nhap")
    public static let secondFactor = FixedPlace("/dang-nhap/ma")
    public static let invitation = Place<String>("/loi-moi/{token}")
    public static let signOut = FixedPlace("/dang-xuat").form(on: home)

    public static let ownAccount = FixedPlace("/tai-khoan")
    public static let changePassword = ownAccount.form("mat-khau")
    public static let changeEmail = ownAccount.form("thu")
    public static let endSession = ownAccount.form("phien")
    public static let renewCalendar = ownAccount.form("lich")
    public static let ownSecondFactor = FixedPlace("/tai-khoan/xac-thuc")
    public static let turnOnSecondFactor = ownSecondFactor.form("bat")
    public static let changeSecondFactor = ownSecondFactor.form("doi")
    public static let turnOffSecondFactor = ownSecondFactor.form("tat")
    public static let renewRecoveryCodes = ownSecondFactor.form("ma-du-phong")

    public static let accounts = FixedPlace("/quan-tri/tai-khoan")
    public static let account = Place<RecordID>("/quan-tri/tai-khoan/{id}")
    public static let changeAccount = account.form("pham-vi")
    public static let inviteAccount = accounts.form("moi")
    public static let reinviteAccount = Place<RecordID>("/quan-tri/tai-khoan/{id}/lien-ket").form(on: accounts)
    public static let lockAccount = Place<RecordID>("/quan-tri/tai-khoan/{id}/khoa").form(on: accounts)
    public static let audit = FixedPlace("/quan-tri/nhat-ky")
    /// Every component of the pages.
    public static let design = FixedPlace("/thiet-ke")
    public static let serverClock = FixedPlace("/quan-tri/dong-ho")
}
