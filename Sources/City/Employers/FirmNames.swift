import Kernel

/// What the city's employers are called: made of words that such names are made of, none of a real firm.
struct FirmNames: Sendable {
    let city: City

    private static let trades = [
        ("Thương mại và Dịch vụ", "G"), ("Xây dựng", "F"), ("Cơ khí", "C"), ("May", "C"), ("Da giày", "C"),
        ("Vận tải biển", "H"), ("Tiếp vận", "H"), ("Vận tải", "H"), ("Điện tử", "C"), ("Bao bì", "C"), ("Nhựa", "C"),
        ("Thủy sản", "A"), ("Chế biến nông sản", "C"), ("Nội thất", "C"), ("Vật liệu xây dựng", "C"),
        ("Công nghệ", "J"), ("Tư vấn thiết kế", "M"), ("Bảo vệ", "N"), ("Du lịch", "N"), ("Khách sạn", "I"),
        ("Thực phẩm", "C"), ("Cảng", "H"), ("Đóng tàu", "C"), ("In", "C"), ("Giáo dục", "P"), ("Dược", "G"),
    ]
    private static let first = [
        "Minh", "Hoàng", "An", "Đại", "Hải", "Phú", "Tân", "Thành", "Việt", "Nam", "Đông", "Bình", "Quang", "Kim",
        "Ngọc", "Thiên", "Trường", "Hưng", "Gia", "Sao", "Bảo", "Long", "Đức", "Thái", "Vạn", "Tâm", "Hà", "Trung",
    ]
    private static let second = [
        "Phát", "Long", "Thịnh", "Đạt", "Hưng", "Anh", "Phương", "Lộc", "Sơn", "Hà", "Đăng", "Thành", "Vinh", "Tiến",
        "Cường", "Khánh", "Phong", "Dương", "Minh", "Nguyên", "Lâm", "Quân", "Hải", "Châu", "Tín", "Hoà", "Mai", "Á",
    ]
    private static let foreign = [
        "Vina", "Orient", "Asia", "Pacific", "Nippon", "Hanseong", "Daehan", "Sunrise", "Golden", "Global",
    ]
    private static let foreignEnds = ["Tech", "Electronics", "Precision", "Garment", "Footwear", "Plastics", "Wire"]

    func name(_ employer: Int) -> String {
        let one = city.employers.all[employer]
        let place = city.plan.places[Int(one.place)]
        if one.parent != .max {
            return "Chi nhánh \(one.branch) - \(name(Int(one.parent)))"
        }
        var draws = Draws(city.plan.seed, .firmNames, employer)
        let proper = "\(draws.one(of: Self.first)) \(draws.one(of: Self.second))"
        let trade = Self.trades[draws.below(Self.trades.count)].0
        switch one.kind {
        case .state: return "Công ty TNHH MTV \(trade) \(place.name)"
        case .foreign:
            return "Công ty TNHH \(draws.one(of: Self.foreign)) \(draws.one(of: Self.foreignEnds)) Việt Nam"
                + (draws.chance(0.3) ? " \(1 + draws.below(3))" : "")
        case .company:
            let form = draws.unit()
            return
                (form < 0.62
                ? "Công ty TNHH"
                : form < 0.72
                    ? "Công ty TNHH MTV"
                    : form < 0.97
                        ? "Công ty cổ phần" : "Doanh nghiệp tư nhân") + " \(trade) \(proper)"
        case .household: return "Hộ kinh doanh \(city.name(of: Int(one.owner)))"
        case .publicUnit:
            let sorts = ["Trường Mầm non", "Trường Tiểu học", "Trường THCS", "Trường THPT", "Trạm Y tế", "Bệnh viện"]
            return "\(sorts[draws.below(sorts.count)]) \(place.name)"
                + (one.serial > UInt32(city.plan.places.count) ? " \(one.serial % 9 + 1)" : "")
        case .cooperative: return "Hợp tác xã \(draws.chance(0.6) ? "Dịch vụ nông nghiệp" : "Vận tải") \(proper)"
        case .administration:
            return draws.chance(0.75) || one.serial < UInt32(city.plan.places.count)
                ? "UBND \(place.fullName)" : "Đảng ủy \(place.fullName)"
        }
    }

    /// A letter of the economic classification (Decision 36/2025/QĐ-TTg) by the words of the name; nil where none is drawn.
    func industry(_ employer: Int) -> String {
        let one = city.employers.all[employer]
        switch one.kind {
        case .publicUnit: return "P"
        case .administration: return "O"
        case .cooperative: return "A"
        case .foreign: return "C"
        case .household: return "G"
        case .state, .company:
            var draws = Draws(city.plan.seed, .firmNames, one.parent != .max ? Int(one.parent) : employer)
            _ = (draws.next(), draws.next())
            return Self.trades[draws.below(Self.trades.count)].1
        }
    }

    /// Ten digits, a branch's with three more, a household's owner's own number; of public bodies none.
    func taxCode(_ employer: Int) -> String {
        let one = city.employers.all[employer]
        if one.kind == .household { return city.identity(of: Int(one.owner)) }
        if one.parent != .max {
            return digits(Int(city.employers.all[Int(one.parent)].taxCode), 10) + "-" + digits(Int(one.branch), 3)
        }
        return digits(Int(one.taxCode), 10)
    }

    /// Seven digits (mã số đơn vị quan hệ ngân sách); empty for whoever has none.
    func budgetCode(_ employer: Int) -> String {
        let one = city.employers.all[employer]
        return one.kind.hasBudgetCode ? digits(1_000_000 + employer * 7 % 8_999_993, 7) : ""
    }

    /// Two letters, four digits, one letter; nil for a household business without insured workers.
    func unitCode(_ employer: Int) -> String {
        let one = city.employers.all[employer]
        guard employer < city.employers.units else { return "" }
        let letter = UnicodeScalar(UInt8(65 + Int(one.serial) / 10_000 % 26))
        return one.kind.codeLetters + digits(Int(one.serial) % 10_000, 4) + String(letter)
    }

    /// As people shorten, shout or flatten it.
    func variant(_ name: String, _ draws: inout Draws) -> String {
        switch draws.below(4) {
        case 0:
            return name.replacing("Công ty TNHH", with: "Cty TNHH").replacing("Công ty cổ phần", with: "CTCP")
                .replacing("Hộ kinh doanh", with: "HKD").replacing("Hợp tác xã", with: "HTX")
        case 1: return name.uppercased()
        case 2: return DirtyText.flat(name)
        default: return name.replacing("Thương mại và Dịch vụ", with: "TM & DV").replacing("Xây dựng", with: "XD")
        }
    }

    func address(_ employer: Int, old: Bool) -> String {
        var draws = Draws(city.plan.seed, .firmNames, employer, 3)
        let place = city.plan.places[Int(city.employers.all[employer].place)]
        let start =
            draws.chance(0.2) ? "Lô \(1 + draws.below(40)), KCN \(place.name), " : "Số \(1 + draws.below(500)), "
        guard old else { return start + "\(place.fullName), thành phố \(city.plan.cityName)" }
        let former = place.former[draws.below(place.former.count)]
        return start + "\(former.name), \(former.district), \(former.province)"
    }
}
