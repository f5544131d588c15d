import Foundation
import Kernel

/// The month and the cut-off day that titles and file names speak of.
struct MonthWords {
    /// The month a line of text names: `Tháng 09/2026`, `Kỳ báo cáo: 10/2026`, `tháng 9 năm 2026`, `T9/2026`. Nil when it
    /// names none, or several: a span or a comparison says nothing about the month of the figures.
    static func month(in text: String) -> Month? {
        let months = Set(mentions(in: text).map { Month(year: $0.year, month: $0.month) })
        return months.count == 1 ? months.first ?? nil : nil
    }

    /// A month that is written and does not exist, as written: `13/2026`.
    static func impossible(in text: String) -> String? {
        mentions(in: text).first { Month(year: $0.year, month: $0.month) == nil }.map { "\($0.month)/\($0.year)" }
    }

    private static func mentions(in text: String) -> [(month: Int, year: Int)] {
        // Days are no months: a place and date line, a decree, the day figures are counted to.
        let folded = VietnameseText.fold(String(text.prefix(longest)))
            .replacing(/ngay *\d{1,2} *thang *\d{1,2} *(?:nam)? *\d{4}/, with: "ngay")
        let pattern =
            /(?:^|[^a-z0-9])(?:thang|ky bao cao|ky|t)[ :]*0?(\d{1,2})[ ,]*(?:\/|-|\.|nam|_| ) *(?:nam *)?(\d{4})(?=$|[^0-9])/
        return folded.matches(of: pattern).compactMap { match in
            guard let month = Int(match.1), let year = Int(match.2) else { return nil }
            return (month, year)
        }
    }

    /// A month without its year, as sheets are named: `Tháng 8`, `T9`.
    static func number(ofSheet name: String) -> Int? {
        let pattern = /(?:^|[^a-z0-9])(?:thang|t)[ _.\-]?0?(\d{1,2})(?=$|[^0-9])/
        let numbers = VietnameseText.fold(name).matches(of: pattern).compactMap { Int($0.1) }
        return numbers.count == 1 && (1...12).contains(numbers[0]) ? numbers[0] : nil
    }

    /// The one year that a text names: `năm 2026`, `2026`; nil for none or several.
    static func year(in text: String) -> Int? {
        let years = Set(
            VietnameseText.fold(String(text.prefix(longest))).matches(of: /(?:^|[^0-9])(20\d{2})(?=$|[^0-9])/)
                .compactMap { Int($0.1) })
        return years.count == 1 ? years.first : nil
    }

    /// Characters of a text that are looked at.
    private static let longest = 600

    /// The day figures are counted to: `đến ngày 30/09/2026`, `tính đến hết ngày 30.9.2026`, `chốt 30/09/2026`,
    /// `đến ngày 30 tháng 9 năm 2026`.
    static func cutoff(in text: String) -> Day? {
        let folded = VietnameseText.fold(String(text.prefix(longest)))
        let pattern =
            /(?:den|chot)[^0-9]{0,24}(\d{1,2})(?:[\/.\-]| *thang *)(\d{1,2})(?:[\/.\-]| *(?:nam)? *)(\d{4})(?=$|[^0-9])/
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
        let stem = VietnameseText.fold(name.split(separator: "/").last.map { String($0) } ?? name)
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
        // A number alone is a month only when it is written as one: `T9`, `thang 9`, `06`; not `Book1`, `lan 2`, `(1)`.
        if let match = text.firstMatch(of: /(?:^|[^a-z0-9])(?:thang|t)[ _.\-]?0?(\d{1,2})(?:$|[^0-9])/),
            let number = Int(match.1), (1...12).contains(number)
        {
            return .number(number)
        }
        let alone = text.split { !$0.isNumber }
        if alone.count == 1, let match = text.firstMatch(of: /(?:^|[^a-z0-9])(0[1-9]|1[0-2])(?:$|[^0-9])/),
            !text.contains(/(?:lan|tuan|ban|book|sheet|so|v)[ _.\-]?\d/), let number = Int(match.1)
        {
            return .number(number)
        }
        return .nothing
    }
}
