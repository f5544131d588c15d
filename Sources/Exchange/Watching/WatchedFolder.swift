import Foundation
public import Kernel

/// A folder into which programs of a sender put lists: an SFTP drop, a share. Whatever comes to rest in it is of one sender
/// and one format.
public struct WatchedFolder: Sendable, Hashable {
    public let path: String
    public let sender: UnitCode
    public let format: String

    public init(path: String, sender: UnitCode, format: String) {
        (self.path, self.sender, self.format) = (path, sender, format)
    }

    /// `SENDER:FORMAT:PATH`, as the setting has it; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map {
            VietnameseText.tidy(String($0))
        }
        guard parts.count == 3, let sender = UnitCode(parts[0]), !parts[1].isEmpty, parts[2].hasPrefix("/") else {
            return nil
        }
        self.init(path: parts[2], sender: sender, format: parts[1])
    }

    /// Where a file lies while it is received, when it was taken, and when it was not.
    var receiving: String { path + "/dang-nhan" }
    var taken: String { path + "/da-nhan" }
    var refused: String { path + "/tra-lai" }
    var own: [String] { [receiving, taken, refused] }
}

/// When a file is complete, and how long it stays behind its receipt.
public struct WatchRules: Sendable, Equatable {
    /// For so many seconds nothing of it has changed.
    public var settledSeconds: Int
    /// So many days a file stays after it was taken or refused: it holds persons' numbers. Its receipt stays.
    public var keptDays: Int

    public init(settledSeconds: Int = 60, keptDays: Int = 14) {
        (self.settledSeconds, self.keptDays) = (settledSeconds, keptDays)
    }
}

/// What a file's name says.
enum DropName {
    private static let unfinished = [
        ".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".download", ".swp", "~",
    ]

    /// What programs call a file while they write it, and what they lay beside it.
    static func isUnfinished(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix(".") || name.hasPrefix("~$") || unfinished.contains { name.hasSuffix($0) }
    }

    static func isCorrection(_ name: String) -> Bool {
        VietnameseText.fold(name).filter(\.isLetter).contains("dinhchinh")
    }

    /// The month that a name holds: `2026-09`, `202609`, `09-2026`, `thang 9.2026`; nil where it holds none, or several.
    static func month(_ name: String) -> Month? {
        let groups = groups(of: name)
        var found: Set<Month> = []
        for (index, group) in groups.enumerated() {
            if group.digits.count == 6, let month = month(group.digits.prefix(4), group.digits.suffix(2)) {
                found.insert(month)
            }
            if index + 1 < groups.count, groups[index + 1].isNext, groups[index + 1].digits.count == 2,
                let month = month(Substring(group.digits), Substring(groups[index + 1].digits))
            {
                found.insert(month)
            }
        }
        guard found.isEmpty else { return found.count == 1 ? found.first : nil }
        for (index, group) in groups.enumerated().dropFirst() where group.isNext && groups[index - 1].digits.count <= 2
        {
            if let month = month(Substring(group.digits), Substring(groups[index - 1].digits)) { found.insert(month) }
        }
        return found.count == 1 ? found.first : nil
    }

    private static func month(_ year: Substring, _ month: Substring) -> Month? {
        guard year.count == 4, year.hasPrefix("20"), let year = Int(year), let month = Int(month) else { return nil }
        return Month(year: year, month: month)
    }

    /// Runs of digits, each with whether one sign alone parts it from the run before.
    private static func groups(of name: String) -> [(digits: String, isNext: Bool)] {
        var groups: [(digits: String, isNext: Bool)] = []
        var (run, between) = ("", "")
        func end() {
            guard !run.isEmpty else { return }
            groups.append((run, !groups.isEmpty && between.count == 1 && "-_. ".contains(between)))
            (run, between) = ("", "")
        }
        for character in name {
            if character.isASCII, character.isNumber {
                run.append(character)
            } else {
                end()
                between.append(character)
            }
        }
        end()
        return groups
    }
}
