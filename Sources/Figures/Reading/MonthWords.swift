import Foundation
import Kernel

/// The month and the cut-off day that titles and file names speak of.
struct MonthWords {
    /// The month a line of text names: `Tháng 09/2026`, `Kỳ báo cáo: 10/2026`, `tháng 9 năm 2026`, `T9/2026`. Nil when it
    /// names none, or several: a span or a comparison says nothing about the month of the figures.
    static func month(in text: String) -> Month? {
        let folded = VietnameseText.fold(text)
        let pattern =
            /(?:^|[^a-z0-9])(?:thang|ky bao cao|ky|t)[ :]*0?(\d{1,2})[ ,]*(?:\/|-|\.|nam|_| ) *(?:nam *)?(\d{4})(?=$|[^0-9])/
        let months = folded.matches(of: pattern).compactMap { match -> Month? in
            guard let month = Int(match.1), let year = Int(match.2) else { return nil }
            return Month(year: year, month: month)
        }
        return Set(months).count == 1 ? months.first : nil
    }

    /// The day figures are counted to: `đến ngày 30/09/2026`, `tính đến hết ngày 30.9.2026`, `chốt 30/09/2026`.
    static func cutoff(in text: String) -> Day? {
        let folded = VietnameseText.fold(text)
        let pattern = /(?:den|chot)[^0-9]{0,24}(\d{1,2})[\/.\-](\d{1,2})[\/.\-](\d{4})/
        guard let match = folded.firstMatch(of: pattern), let day = Int(match.1), let month = Int(match.2),
            let year = Int(match.3)
        else { return nil }
        return Day(year: year, month: month, day: day)
    }

    enum FileName: Equatable {
        case month(Month)
        /// A month without its year.
        case number(Int)
        case nothing
    }

    /// What a file's name says: `BHXH_10_2026.csv`, `tong-hop-2026-09.xlsx`, `T9.2026.xlsx`, `so-lieu-06.csv`.
    static func month(ofFile name: String) -> FileName {
        let stem = VietnameseText.fold(name.split(separator: "/").last.map { String($0.prefix { _ in true }) } ?? name)
        let base = stem.split(separator: ".").dropLast().joined(separator: ".")
        let text = base.isEmpty ? stem : base
        // A quarter's or a year's file names no month, whatever numbers stand in its name.
        if text.contains(/(?:^|[^a-z])(?:quy|q)[ _.\-]?[1-4iv]/) { return .nothing }
        if let match = text.firstMatch(of: /(?:^|[^0-9])0?(\d{1,2})[ _.\-](20\d{2})(?:$|[^0-9])/),
            let month = Int(match.1), let year = Int(match.2),
            let found = Month(year: year, month: month)
        {
            return .month(found)
        }
        if let match = text.firstMatch(of: /(?:^|[^0-9])(20\d{2})[ _.\-]?0?(\d{1,2})(?:$|[^0-9])/),
            let month = Int(match.2), let year = Int(match.1),
            let found = Month(year: year, month: month)
        {
            return .month(found)
        }
        if let match = text.firstMatch(of: /(?:^|[^0-9])(0[1-9]|1[0-2])(20\d{2})(?:$|[^0-9])/),
            let month = Int(match.1), let year = Int(match.2),
            let found = Month(year: year, month: month)
        {
            return .month(found)
        }
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }.filter { (1...12).contains($0) }
        let others = text.split { !$0.isNumber }.count
        if numbers.count == 1, others == 1 { return .number(numbers[0]) }
        return .nothing
    }
}
