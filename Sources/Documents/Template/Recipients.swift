import Kernel

/// Who gets a paper besides those it is addressed to.
enum Recipients {
    /// The lines without whoever has the paper anyhow: its issuer, and the addressees, whom “Như trên” names.
    /// - Parameter lines: a body each, or several with commas: `Sở Nội vụ, Bảo hiểm xã hội thành phố (để phối hợp)`.
    static func others(_ lines: [String], than known: [String]) -> [String] {
        let known = known.map { VietnameseText.fold($0) }
        return lines.compactMap { line in
            let purpose = line.firstRange(of: " (").map { line[$0.lowerBound...] } ?? ""
            let names = line.dropLast(purpose.count).split(separator: ", ").map(String.init)
            let left = names.filter { name in
                let name = VietnameseText.fold(name)
                return !known.contains { $0 == name || $0.hasPrefix(name + " ") }
            }
            return left.isEmpty ? nil : left.joined(separator: ", ") + purpose
        }
    }
}
