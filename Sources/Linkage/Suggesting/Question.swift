/// A guess of `suggest` that somebody who knows the lists can confirm or correct.
public struct SuggestionQuestion: Codable, Sendable, Equatable {
    /// In Vietnamese: what was guessed, and what else it may be.
    public let text: String
    /// In Vietnamese: what to change in the settings when it is otherwise.
    public let change: String
    /// How many of the pairs taken would be others then, as a share of those that either answer takes.
    public let difference: Double
}

/// Another answer to a guess, with how likely it is before anybody was asked.
struct SuggestionDoubt: Sendable {
    let text: String
    let change: String
    let settings: LinkSettings
    let chance: Double
}

extension ColumnKind {
    /// What a column of such values is in the words of people who know it.
    var vietnamese: String {
        switch self {
        case .personName: "họ và tên người"
        case .namePart: "một phần của tên người"
        case .text: "lời văn tự do"
        case .date: "ngày"
        case .identifier: "số riêng của từng người hoặc đơn vị"
        case .code: "mã mà nhiều bản ghi có chung"
        case .phone: "số điện thoại"
        case .number: "số lượng hoặc số tiền"
        case .category: "một trong vài loại"
        case .organisation: "tên đơn vị"
        case .commune: "tên xã, phường"
        case .email: "thư điện tử"
        case .list: "danh sách nhiều giá trị"
        }
    }

    /// What values taken for this kind are instead, when the guess is wrong.
    var mistakenFor: [ColumnKind] {
        switch self {
        case .text: [.code]
        case .code: [.text, .identifier]
        case .identifier: [.code]
        case .phone: [.identifier]
        case .number, .category: [.code]
        case .personName, .namePart, .organisation, .commune, .list: [.text]
        case .date, .email: []
        }
    }

    /// How likely such a column holds something else: names and places are told by their words, codes and texts by little.
    var chanceOfMistake: Double {
        switch self {
        case .text, .code, .number, .category, .list: 0.3
        case .identifier, .phone: 0.15
        case .personName, .namePart, .organisation, .commune, .date, .email: 0.05
        }
    }
}
