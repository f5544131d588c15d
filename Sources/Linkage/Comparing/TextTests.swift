import Kernel

/// Tests of two folded texts or dates that are more than a distance.
enum TextTests {
    /// Whether all words of the shorter name stand in the longer one in their order, first and last word alike: a middle name
    /// was left out.
    static func contained(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard let a = left.first, let b = right.first, a == b, left[left.count - 1] == right[right.count - 1] else {
            return false
        }
        let (first, second) = (StringDistance.words(left), StringDistance.words(right))
        let (short, long) = first.count <= second.count ? (first, second) : (second, first)
        let (shortText, longText) = first.count <= second.count ? (left, right) : (right, left)
        guard short.count >= 2 else { return false }
        func equal(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
            a.count == b.count
                && (0..<a.count).allSatisfy { shortText[a.lowerBound + $0] == longText[b.lowerBound + $0] }
        }
        guard equal(short[0], long[0]), equal(short[short.count - 1], long[long.count - 1]) else { return false }
        var next = 1
        for word in short.dropFirst().dropLast() {
            while next < long.count - 1, !equal(word, long[next]) { next += 1 }
            guard next < long.count - 1 else { return false }
            next += 1
        }
        return true
    }

    /// Whether two names have as many words, the last alike, and of each other two the one is the other or its first letter.
    static func abbreviated(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        let (first, second) = (StringDistance.words(left), StringDistance.words(right))
        guard first.count == second.count, first.count >= 2 else { return false }
        for (place, (one, other)) in zip(first, second).enumerated() {
            let (a, b) = (left[one], right[other])
            let isShort = place < first.count - 1 && min(a.count, b.count) == 1
            guard isShort ? a.first == b.first : a.elementsEqual(b) else { return false }
        }
        return true
    }

    /// Whether one, of five letters at least, is the beginning of the other.
    @inline(__always)
    static func isCutOff(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        let count = min(left.count, right.count)
        // Most unlike texts part within the first four letters.
        guard count >= 5,
            left.loadUnaligned(fromByteOffset: 0, as: UInt32.self)
                == right.loadUnaligned(fromByteOffset: 0, as: UInt32.self)
        else { return false }
        var place = 4
        while place < count, left[place] == right[place] { place += 1 }
        return place == count
    }

    /// Whether the calendar has the day of a whole date.
    static func isInCalendar(_ date: Int32) -> Bool {
        Day(year: Int(date) / 10_000, month: Int(date) / 100 % 100, day: Int(date) % 100) != nil
    }

    /// Days of a date, near enough for differences: months of 31 days would count a month's end twice.
    static func days(_ date: Int32) -> Int {
        let (year, month, day) = (Int(date) / 10_000, max(Int(date) / 100 % 100, 1), max(Int(date) % 100, 1))
        let shifted = month <= 2 ? year - 1 : year
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (153 * (month + (month > 2 ? -3 : 9)) + 2)
            / 5 + day
    }
}
