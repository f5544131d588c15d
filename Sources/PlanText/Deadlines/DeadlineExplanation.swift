import Kernel

extension DeadlineRule {
    /// The years a phrase names as the time of its work; nil for phrases of every year, and for a single named day, which
    /// may lie after the plan's end.
    var namedYears: ClosedRange<Int>? {
        switch self {
        case .quarter(let quarter): quarter.year...quarter.year
        case .year(let year): year...year
        case .overYears(let first, let last): first...last
        default: nil
        }
    }

    /// The rule in words, for whoever asks why a day is what it is.
    public var explanation: String {
        switch self {
        case .quarter(let quarter):
            "Một lần, hạn là ngày cuối quý: \(quarter.lastDay.vietnamese)."
        case .monthEachYear(let month):
            "Mỗi năm một lần, hạn là ngày cuối tháng \(month)."
        case .eachYear:
            "Mỗi năm một lần, hạn là ngày 31/12."
        case .eachQuarter:
            "Mỗi quý một lần, hạn là ngày cuối quý."
        case .year(let year):
            "Một lần, hạn là ngày 31/12/\(year)."
        case .yearThenEachYear(let year):
            "Lần đầu hạn 31/12/\(year), sau đó cập nhật mỗi năm một lần, hạn 31/12."
        case .overYears(let first, let last):
            "Một việc kéo dài từ năm \(first), hạn là ngày 31/12/\(last), có mốc kiểm tra ngày 31/12 các năm trước đó."
        case .setByLead(let withUnplanned):
            "Đơn vị chủ trì tự ấn định, được hỏi vào tháng 1 hằng năm"
                + (withUnplanned ? "; có thể mở thêm việc đột xuất bất cứ lúc nào." : ".")
        case .beforeDayEachYear(let month, let day):
            "Mỗi năm một lần, hạn là ngày liền trước ngày \(day)/\(month)."
        case .before(let day):
            "Một lần, hạn là ngày liền trước: \(day.adding(days: -1).vietnamese)."
        }
    }
}
