import Foundation

@testable import Linkage

/// Made-up people in two lists, with what is wrong in real ones; equal for equal seeds.
struct People {
    var left: [[String]] = []
    var right: [[String]] = []
    /// Left id, right id.
    var truth: Set<[String]> = []

    static let header = ["id", "name", "birth", "cccd", "sex"]
    static let surnames = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Đinh", "Lương"]
    static let middles = ["Văn", "Thị", "Đức", "Minh", "Thu", "Ngọc", "Hữu", "Quang", "Thanh", "Hồng"]
    static let givens = [
        "An", "Anh", "Bình", "Châu", "Dung", "Dũng", "Giang", "Hà", "Hải", "Hiền", "Hòa", "Hùng", "Huyền", "Lan",
        "Linh",
        "Long", "Mai", "Nam", "Ngân", "Nhung", "Phong", "Phương", "Quân", "Sơn", "Thảo", "Thúy", "Trang", "Tuấn", "Vân",
        "Yến",
    ]

    init(_ count: Int, shared: Int, seed: UInt64 = 1) {
        var generator = SplitMix(state: seed)
        func draw(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        for index in 0..<count {
            let parts = (
                Self.surnames[min(draw(Self.surnames.count), draw(Self.surnames.count))],
                Self.middles[draw(Self.middles.count)], Self.givens[draw(Self.givens.count)]
            )
            var (day, month) = (1 + draw(28), 1 + draw(12))
            let year = 1950 + draw(58)
            let number = "031" + String(100_000_000 + draw(899_999_999))
            let sex = draw(2) == 0 ? "nam" : "nữ"
            left.append(
                ["P\(index)", "\(parts.0) \(parts.1) \(parts.2)", "\(two(day))/\(two(month))/\(year)", number, sex])
            guard index < shared else { continue }
            var name = "\(parts.0) \(parts.1) \(parts.2)"
            if draw(100) < 15 {
                name = name.folding(options: .diacriticInsensitive, locale: nil).replacingOccurrences(
                    of: "đ", with: "d"
                )
                .replacingOccurrences(of: "Đ", with: "D").uppercased()
            }
            if draw(100) < 5 { name = "\(parts.0) \(parts.2)" }
            if draw(100) < 3, day <= 12 { swap(&day, &month) }
            var birth = "\(two(day))/\(two(month))/\(year)"
            if draw(100) < 4 { birth = "\(year)" }
            var typed = number
            if draw(100) < 25 {
                typed = ""
            } else if draw(100) < 4 {
                var digits = Array(number)
                digits.swapAt(5, 6)
                typed = String(digits)
            }
            right.append(["T\(index)", name, birth, typed, sex])
            truth.insert(["P\(index)", "T\(index)"])
        }
    }

    static func csv(_ rows: [[String]]) -> Data {
        Data(([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined().utf8)
    }

    static let settings = LinkSettings(
        id: "id",
        columns: [
            "name": .init(kind: .personName), "birth": .init(kind: .date), "cccd": .init(kind: .identifier),
            "sex": .init(kind: .category),
        ],
        blocking: ["cccd", "fold(name) & year(birth)", "given(name) & birth", "birth & sex"], oneToOne: true)

    func link(_ settings: LinkSettings = settings, threads: Int = 2, model: LinkModel? = nil) async throws -> LinkResult
    {
        try await Linker(settings, threads: threads).link(
            left: Self.csv(left), leftName: "left.csv", right: Self.csv(right), rightName: "right.csv", model: model)
    }

    func evaluation(of result: LinkResult) -> Evaluation {
        Evaluation(
            result.pairs.map { ([result.leftIDs[$0.left], result.rightIDs[$0.right]], $0.weight) }, truth: truth)
    }
}
