public import Access
import Crypto
import Database
import Foundation
public import Kernel
import Vault

/// What programs of other agencies may ask of the exchange, and who lets them. Each call names its agreement and purpose; one
/// that its agreement does not cover is refused and audited.
public struct ProgramService: Sendable {
    public let exchange: ExchangeService
    let pairs: PairPolicy
    let known = KnownPrograms()
    let use = ProgramUse()
    let pace = ProgramPace()
    let told = ToldOnce()
    let tokens = TokenReader()
    let areas = CountedAreas()

    /// - Parameter pairs: whether two people are needed to issue a key.
    public init(exchange: ExchangeService, pairs: PairPolicy = PairPolicy()) {
        (self.exchange, self.pairs) = (exchange, pairs)
    }

    var store: any DataStore { exchange.store }
    var clock: Clock { exchange.clock }

    /// How long a token lives.
    public static let tokenSeconds = 600
}

/// What a program says with each call: under which agreement it asks, and what for.
public struct ProgramErrand: Sendable, Equatable {
    public let agreement: Int
    public let purpose: String

    /// - Throws: a refusal where one of them is missing.
    public init(agreement: Int?, purpose: String?) throws(Refusal) {
        guard let agreement, agreement > 0 else {
            throw Refusal(.invalid, "Thiếu số thỏa thuận; hãy ghi số nguyên dương trong tiêu đề Exchange-Agreement.")
        }
        let purpose = VietnameseText.tidy(purpose ?? "")
        guard !purpose.isEmpty, purpose.count <= 200, Self.isPlain(purpose) else {
            throw Refusal(
                .invalid,
                "Thiếu mục đích, hoặc mục đích dài quá 200 chữ hay có ký tự điều khiển; hãy ghi trong tiêu đề Exchange-Purpose."
            )
        }
        (self.agreement, self.purpose) = (agreement, purpose)
    }

    /// Without characters that no database keeps and no page shows.
    static func isPlain(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}

/// A program that showed a key or a token that holds.
public struct ProgramCaller: Sendable, Equatable {
    public let program: Program
    /// What the token allows; all of the program's for its key.
    public let scopes: Set<ProgramScope>
    /// What its token says of agreement and purpose; nil where it says nothing.
    public let agreement: Int?
    public let purpose: String?
    public let address: String
    /// Calls that are left in this minute, and seconds until the next.
    public let left: Int
    public let resetSeconds: Int

    public var actor: Actor { Actor(account: nil, name: program.actor.name, address: address) }

    /// What a call is for: as its headers say, or its token; where both do, they say the same.
    public func errand(agreement: Int?, purpose: String?) throws(Refusal) -> ProgramErrand {
        if let own = self.agreement, let agreement, own != agreement {
            throw Refusal(
                .forbidden, "Token chỉ dùng cho thỏa thuận số \(own), không phải số \(agreement).")
        }
        return try ProgramErrand(agreement: self.agreement ?? agreement, purpose: purpose ?? self.purpose)
    }
}

/// A token just made.
public struct IssuedToken: Sendable, Equatable {
    public let token: String
    public let seconds: Int
    /// Words of ``ProgramScope``, one blank between.
    public let scope: String
}

/// No key or token, or none that holds. Does not tell what was wrong.
public struct UnknownProgram: Error, Sendable {
    public var message: String { "Khóa hoặc token không đúng, đã hết hạn hoặc đã bị thu." }

    public init() {}
}

/// More calls than a program may make in a minute.
public struct TooManyCalls: Error, Sendable {
    public let caller: ProgramCaller
    public var message: String {
        "Chương trình gọi quá \(caller.program.perMinute) lần trong một phút; hãy đợi \(caller.resetSeconds) giây."
    }
}
