public import Database
public import Kernel

/// What was done to an account that its holder has to know of.
public enum AccountNews: Sendable, Equatable {
    /// The account was made; its link may be taken up until then.
    case invited(until: Timestamp)
    /// Password, second factor and sessions ended; a new link may be taken up until then.
    case linkRenewed(until: Timestamp)
    case postChanged(from: AccountPost, to: AccountPost, reason: String)
    case emailChanged(from: String?, to: String?)
    case passwordChanged
    /// The account came in with a browser that it never came in with before.
    case newBrowser(device: String, address: String)
    case secondFactor(SecondFactorNews)
}

/// What became of an account's second factor.
public enum SecondFactorNews: Sendable, Equatable {
    case turnedOn, turnedOff
    /// Another phone.
    case changed
    /// New recovery codes.
    case codesMade
    /// A recovery code took the place of the phone; so many are left.
    case codeUsed(left: Int)
    /// A code that had opened a session was typed once more, from there.
    case codeReused(address: String)
    /// Somebody who has the password types wrong codes, last from there.
    case codeGuessed(address: String)
}

/// Whoever tells holders of accounts what was done to them, in the transaction that did it. The account is as it was before.
public typealias AccountTeller = @Sendable (AccountNews, Account, Timestamp, any SQLConnection) throws -> Void
