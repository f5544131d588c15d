import Foundation
public import Kernel

/// The lunar calendar of Viet Nam: months begin on the civil day (UTC+7) of the new moon, the eleventh holds the winter
/// solstice, and of thirteen months between two elevenths the first without a principal term of the sun is the leap month.
///
/// It is computed from the zone of Viet Nam, so that it parts from China's where a new moon falls between 23:00 and midnight
/// (Tết 2007 and 2030). New moons and the sun's longitude are those of J. Meeus, *Astronomical Algorithms*, 2nd edition,
/// chapters 49 and 25 (within seconds, and about a minute of arc); the earth's slowing is that of Espenak and Meeus, *Five
/// Millennium Canon of Solar Eclipses* (NASA/TP-2006-214141). The rules of months are told by Hồ Ngọc Đức, *Thuật toán tính
/// âm lịch*.
public enum LunarCalendar {
    /// Years the formulas are used for: from 1968 Viet Nam's calendar goes by UTC+7.
    public static let years = 1968...2100

    /// The civil day of a day of the lunar year; of a month that stands twice, of the first.
    /// - Parameters:
    ///   - year: the lunar year that begins in the Gregorian year of this number.
    ///   - day: 1...30; nil is answered for the thirtieth of a month of 29 days.
    public static func day(year: Int, month: Int, day: Int) -> Day? {
        guard years.contains(year), (1...12).contains(month), (1...30).contains(day) else { return nil }
        let span = months(from: month >= 11 ? year : year - 1)
        // Months behind the eleventh that opens the span.
        var offset = month >= 11 ? month - 11 : month + 1
        if let leap = span.leap, offset >= leap { offset += 1 }
        let first = newMoonDay(span.first + offset)
        let found = first + day - 1
        return found < newMoonDay(span.first + offset + 1) ? Day(julianDayNumber: found) : nil
    }

    /// The month that stands twice in a lunar year; nil in a year of twelve.
    public static func leapMonth(of year: Int) -> Int? {
        guard years.contains(year) else { return nil }
        // The first ten months and what repeats them lie in the span that began the year before.
        if let leap = months(from: year - 1).leap, leap > 2 { return leap - 2 }
        if let leap = months(from: year).leap, leap <= 2 { return leap + 10 }
        return nil
    }

    /// The months from the eleventh of one year to the eleventh of the next.
    private static func months(from year: Int) -> (first: Int, leap: Int?) {
        let (first, last) = (eleventhMonth(of: year), eleventhMonth(of: year + 1))
        guard last - first == 13 else { return (first, nil) }
        let leap = (1...12).first { index in
            principalTerm(newMoonDay(first + index)) == principalTerm(newMoonDay(first + index + 1))
        }
        return (first, leap)
    }

    /// The number of the new moon that begins the month with the winter solstice.
    private static func eleventhMonth(of year: Int) -> Int {
        let lastDay = Day.lastDay(ofYear: year).julianDayNumber
        var moon = Int(((Double(lastDay) - 2_451_550.1) / 29.530_588_861).rounded(.down)) + 1
        while newMoonDay(moon) > lastDay { moon -= 1 }
        // The solstice, 270°, is the ninth term; it lies before the month when the month begins behind it.
        return principalTerm(newMoonDay(moon)) >= 9 ? moon - 1 : moon
    }

    /// The day (Julian day number, UTC+7) of a new moon, counted from that of 6 January 2000.
    private static func newMoonDay(_ moon: Int) -> Int {
        let moment = newMoon(moon)
        return Int((moment - slowing(moment) / 86_400 + 0.5 + zone).rounded(.down))
    }

    /// Which twelfth of its path, 0...11, the sun stands in when a day begins.
    private static func principalTerm(_ julianDayNumber: Int) -> Int {
        let midnight = Double(julianDayNumber) - 0.5 - zone
        return Int(sunLongitude(midnight + slowing(midnight) / 86_400) / 30) % 12
    }

    private static let zone = 7.0 / 24

    private static func sine(_ degrees: Double) -> Double { sin(degrees * .pi / 180) }

    /// Meeus, chapter 49: the Julian ephemeris day of a new moon.
    private static func newMoon(_ moon: Int) -> Double {
        let k = Double(moon)
        let t = k / 1_236.85
        let (t2, t3, t4) = (t * t, t * t * t, t * t * t * t)
        let mean =
            2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t2 - 0.000_000_150 * t3 + 0.000_000_000_73 * t4
        let e = 1 - 0.002_516 * t - 0.000_007_4 * t2
        let sun = 2.5534 + 29.105_356_70 * k - 0.000_001_4 * t2 - 0.000_000_11 * t3
        let anomaly =
            201.5643 + 385.816_935_28 * k + 0.010_758_2 * t2 + 0.000_012_38 * t3 - 0.000_000_058 * t4
        let latitude =
            160.7108 + 390.670_502_84 * k - 0.001_611_8 * t2 - 0.000_002_27 * t3 + 0.000_000_011 * t4
        let node = 124.7746 - 1.563_755_88 * k + 0.002_067_2 * t2 + 0.000_002_15 * t3
        var sum = -0.000_17 * sine(node)
        for term in moonTerms {
            let weight = abs(term.sun) == 1 ? e : abs(term.sun) == 2 ? e * e : 1
            sum +=
                term.size * weight
                * sine(term.sun * sun + term.anomaly * anomaly + term.latitude * latitude)
        }
        for planet in planetTerms { sum += planet.size * sine(planet.base + planet.rate * k) }
        return mean + sum + 0.000_325 * sine(299.77 + 0.107_408 * k - 0.009_173 * t2)
    }

    /// Size in days, multiples of the sun's and the moon's anomaly and of the moon's argument of latitude.
    private static let moonTerms: [(size: Double, sun: Double, anomaly: Double, latitude: Double)] = [
        (-0.407_20, 0, 1, 0), (0.172_41, 1, 0, 0), (0.016_08, 0, 2, 0), (0.010_39, 0, 0, 2), (0.007_39, -1, 1, 0),
        (-0.005_14, 1, 1, 0), (0.002_08, 2, 0, 0), (-0.001_11, 0, 1, -2), (-0.000_57, 0, 1, 2), (0.000_56, 1, 2, 0),
        (-0.000_42, 0, 3, 0), (0.000_42, 1, 0, 2), (0.000_38, 1, 0, -2), (-0.000_24, -1, 2, 0), (-0.000_07, 2, 1, 0),
        (0.000_04, 0, 2, -2), (0.000_04, 3, 0, 0), (0.000_03, 1, 1, -2), (0.000_03, 0, 2, 2), (-0.000_03, 1, 1, 2),
        (0.000_03, -1, 1, 2), (-0.000_02, -1, 1, -2), (-0.000_02, 1, 3, 0), (0.000_02, 0, 4, 0),
    ]

    private static let planetTerms: [(size: Double, base: Double, rate: Double)] = [
        (0.000_165, 251.88, 0.016_321), (0.000_164, 251.83, 26.651_886), (0.000_126, 349.42, 36.412_478),
        (0.000_110, 84.66, 18.206_239), (0.000_062, 141.74, 53.303_771), (0.000_060, 207.14, 2.453_732),
        (0.000_056, 154.84, 7.306_860), (0.000_047, 34.52, 27.261_239), (0.000_042, 207.19, 0.121_824),
        (0.000_040, 291.34, 1.844_379), (0.000_037, 161.72, 24.198_154), (0.000_035, 239.56, 25.513_099),
        (0.000_023, 331.55, 3.592_518),
    ]

    /// Meeus, chapter 25: the sun's apparent longitude, 0..<360.
    private static func sunLongitude(_ julianDay: Double) -> Double {
        let t = (julianDay - 2_451_545) / 36_525
        let mean = 280.466_46 + 36_000.769_83 * t + 0.000_303_2 * t * t
        let anomaly = 357.529_11 + 35_999.050_29 * t - 0.000_153_7 * t * t
        let centre =
            (1.914_602 - 0.004_817 * t - 0.000_014 * t * t) * sine(anomaly)
            + (0.019_993 - 0.000_101 * t) * sine(2 * anomaly) + 0.000_289 * sine(3 * anomaly)
        let longitude = mean + centre - 0.005_69 - 0.004_78 * sine(125.04 - 1_934.136 * t)
        return longitude - 360 * (longitude / 360).rounded(.down)
    }

    /// Seconds by which the earth's turning lags behind even time (ΔT), Espenak and Meeus.
    private static func slowing(_ julianDay: Double) -> Double {
        let year = 2_000 + (julianDay - 2_451_544.5) / 365.2425
        let t = year - 2_000
        switch year {
        case ..<1_986:
            let u = year - 1_975
            return 45.45 + 1.067 * u - u * u / 260 - u * u * u / 718
        case ..<2_005:
            return 63.86 + 0.334_5 * t - 0.060_374 * t * t + 0.001_727_5 * t * t * t + 0.000_651_814 * t * t * t * t
                + 0.000_023_735_99 * t * t * t * t * t
        case ..<2_050: return 62.92 + 0.322_17 * t + 0.005_589 * t * t
        default:
            let u = (year - 1_820) / 100
            return -20 + 32 * u * u - 0.562_8 * (2_150 - year)
        }
    }
}

extension Day {
    /// Days since noon of 1 January 4713 BC, as astronomers count them.
    fileprivate var julianDayNumber: Int { daysSinceEpoch + 2_440_588 }

    fileprivate init(julianDayNumber: Int) { self.init(daysSinceEpoch: julianDayNumber - 2_440_588) }
}
