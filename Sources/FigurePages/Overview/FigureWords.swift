import Access
import Charts
import Components
import Figures
import Kernel
import Overview
import PlanText
import Targets
import Work
import Province
import WebDesk

/// How figures are written on pages.
enum FigureWords {
    static let unknown = "chưa có số liệu"

    static func people(_ number: Int?) -> String { number.map { VietnameseText.grouped($0) } ?? unknown }

    /// With its sign: `+1.204`, `−320`, `0`.
    static func signed(_ number: Int?) -> String {
        guard let number else { return unknown }
        return number > 0
            ? "+\(VietnameseText.grouped(number))" : number < 0 ? "−\(VietnameseText.grouped(-number))" : "0"
    }

    static func percent(_ share: Double) -> String {
        "\(VietnameseText.oneDecimal(share * 100)) %".replacing("-", with: "−")
    }

    /// An amount in words that can be read aloud: `1.275 tỷ đồng`, `44 triệu đồng`.
    static func money(_ dong: Int) -> String {
        switch abs(dong) {
        case 10_000_000_000...: "\(VietnameseText.grouped((dong + 500_000_000) / 1_000_000_000)) tỷ đồng"
        case 1_000_000_000...: "\(VietnameseText.oneDecimal(Double(dong) / 1_000_000_000)) tỷ đồng"
        case 1_000_000...: "\(VietnameseText.grouped((dong + 500_000) / 1_000_000)) triệu đồng"
        default: "\(VietnameseText.grouped(dong)) đồng"
        }
    }

    /// How far the way from start to target is done, in words.
    static func progress(_ progress: Progress) -> String {
        switch progress.reading {
        case .noFigure: unknown
        case .noTarget: "chưa có chỉ tiêu"
        case .noStart(let share): "bằng \(percent(share)) chỉ tiêu (chưa có số liệu gốc cuối năm trước)"
        case .growing(let share) where share < 0:
            "đang thấp hơn đầu năm \(VietnameseText.grouped((progress.start ?? 0) - (progress.now ?? 0))) người (\(percent(share)) quãng đường từ đầu năm đến chỉ tiêu)"
        case .growing(let share): "đã đi \(percent(share)) quãng đường từ đầu năm đến chỉ tiêu"
        case .keeping(let surplus):
            surplus >= 0
                ? "đầu năm đã ở mức chỉ tiêu; đang cao hơn chỉ tiêu \(VietnameseText.grouped(surplus)) người"
                : "đầu năm đã ở mức chỉ tiêu; đang thấp hơn chỉ tiêu \(VietnameseText.grouped(-surplus)) người"
        }
    }

    /// The same for a narrow column.
    static func shortProgress(_ progress: Progress) -> String {
        switch progress.reading {
        case .noFigure, .noTarget: "–"
        case .noStart(let share): "\(percent(share)) chỉ tiêu"
        case .growing(let share): percent(share)
        case .keeping(let surplus): signed(surplus)
        }
    }

    /// Against what was expected by now.
    static func ahead(_ progress: MeasureProgress) -> String {
        guard let ahead = progress.ahead, let expectation = progress.expectation else {
            return "chưa tính được kỳ vọng đến nay"
        }
        let people = VietnameseText.grouped(expectation.people)
        let difference =
            ahead == 0
            ? "đúng kỳ vọng"
            : ahead > 0
                ? "vượt \(VietnameseText.grouped(ahead)) người" : "thiếu \(VietnameseText.grouped(-ahead)) người"
        return "kỳ vọng đến nay \(people), \(expectation.basis.words): \(difference)"
    }

    static func badge(_ standing: Standing) -> Badge { Badge(standing.title, look: standing.rawValue) }

    static func level(_ standing: Standing) -> AreaMap.Level {
        switch standing {
        case .unknown: .missing
        case .farBehind: .farBehind
        case .behind: .behind
        case .onCourse: .onCourse
        case .ahead: .ahead
        case .farAhead: .farAhead
        }
    }

    /// `Bảo hiểm xã hội thành phố, chốt 31/10/2026; và 1 nguồn khác`
    static func sources(_ sources: [FigureSource]) -> String {
        guard let first = sources.first else { return "chưa có nguồn" }
        let others = sources.count - 1
        return "\(first.source), chốt \(first.cutoff.vietnamese)" + (others > 0 ? "; và \(others) nguồn khác" : "")
    }

    static func slug(_ scheme: Scheme) -> String { scheme == .compulsory ? "bat-buoc" : "tu-nguyen" }

    static func scheme(_ slug: String) -> Scheme? { Scheme.allCases.first { self.slug($0) == slug } }
}

extension FigurePages {
    /// The pages about numbers, each a click from the others.
    func figureTabs(_ current: Address, for request: MemberRequest) -> [Frame.Link] {
        [
            ("Tổng quan", Addresses.dashboard()), ("Số liệu tháng", Addresses.figures()),
            ("Biến động", Addresses.movements()),
            ("Chỉ tiêu", Addresses.targets()), ("Phân bổ", Addresses.scenarios()),
            ("Dự báo", Addresses.forecast()), ("Xếp hạng", Addresses.scores()),
            ("Đề nghị sửa số liệu", Addresses.contests()),
        ]
        .filter { $0.1 != Addresses.scenarios() || mayReadAllocation(request.viewer) }
        .map { Frame.Link($0, $1, current: $1 == current) }
    }

    /// What ``figureTabs(_:for:)`` depends on: pages kept with their tabs are kept apart by it.
    func mayReadAllocation(_ viewer: Viewer) -> Bool {
        viewer.may(.readScenarios) || viewer.may(.allocateTargets) || viewer.may(.keepGroups)
    }

    /// The rules of standing; the usual ones when the plan has no file of them.
    var scoringRules: ScoringRules { definition.scoring ?? .standard }
}
