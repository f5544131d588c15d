public import Kernel
public import Targets

/// Courses of figures for tests of progress and of what is made of it.
public enum SampleProgress {
    public static func month(_ text: String) -> Month {
        guard let month = Month(text) else { preconditionFailure("no month \(text)") }
        return month
    }

    public static func course(_ people: [String: Int]) -> [Month: Int] {
        Dictionary(people.map { (month($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// 1,000 at the end of 2026 and so many in June 2027; 1,200 to be reached: 1,100 are expected by a straight line.
    public static func june(_ now: Int?, start: Int? = 1_000, target: Int? = 1_200) -> MeasureProgress {
        var people: [String: Int] = [:]
        people["2026-12"] = start
        people["2027-06"] = now
        return MeasureProgress(.total, year: 2027, course: course(people), target: target, until: month("2027-06"))
    }
}
