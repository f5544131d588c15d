/// A test of two values of one column by their codes, as a value rather than a closure: many pairs run through one test without a
/// call for each (``PairLevels``).
///
/// It holds addresses alone; whoever runs it holds the ``PinnedValues`` they are of.
enum ValueTest: Sendable {
    /// The same value, as far as values of its kind are told apart (``LinkData/Column/alike``).
    case sameValue
    /// A part of both is there and the same.
    case same(Address<UInt32>)
    case contained(Texts, ends: Address<UInt32>?)
    case abbreviated(Texts, given: Address<UInt32>?, initials: Address<UInt32>?)
    case cutOff(Texts)
    case similar(Texts, least: Double)
    case near(Texts, most: Int)
    case tokens(Texts, least: Double)
    case sharedWord(Texts)
    case samePrefix(Texts, Int)
    case sameSuffix(Texts, Int)
    case sameMailbox(Texts)
    case otherLength(Texts)
    case failsCheck(Address<UInt8>)
    case dates(Address<Int32>, DateTest)
    case within(Address<Double>, share: Double)
    /// Communes that border on one another, or one of which went into the other.
    case areas(Address<UInt32>, AreaTests, neighbours: Bool)

    @inline(__always)
    func holds(_ left: UInt32, _ right: UInt32) -> Bool {
        switch self {
        case .sameValue: return left != 0 && left == right
        case .same(let codes):
            let code = codes[left]
            return code != 0 && code == codes[right]
        case .contained(let texts, let ends):
            // First and last word must be equal: looked up before any letter is read.
            if let ends, ends[left] != ends[right] { return false }
            return texts.both(left, right) { TextTests.contained($0, $1) }
        case .abbreviated(let texts, let given, let initials):
            // First letters and last word must be equal: looked up before any letter is read.
            if let given, let initials, given[left] != given[right] || initials[left] != initials[right] {
                return false
            }
            return texts.both(left, right) { TextTests.abbreviated($0, $1) }
        case .cutOff(let texts): return texts.both(left, right) { TextTests.isCutOff($0, $1) }
        case .similar(let texts, let least):
            return left != 0 && right != 0
                && Texts.Similarity(least: least).mayHold(texts.entries[left], texts.entries[right])
                && StringDistance.jaroWinkler(texts[left], texts[right]) >= least
        case .near(let texts, let most):
            return left != 0 && right != 0 && texts.mayBeNear(left, right, most: most)
                && texts.distance(left, right, most: most) <= most
        case .tokens(let texts, let least):
            return texts.mayShare(left, right, least: least)
                && texts.both(left, right) { StringDistance.tokenOverlap($0, $1) >= least }
        case .sharedWord(let texts): return texts.both(left, right) { StringDistance.sharesWord($0, $1) }
        case .samePrefix(let texts, let length):
            return texts.both(left, right) { left, right in
                left.count >= length && right.count >= length
                    && left.prefix(length).elementsEqual(right.prefix(length))
            }
        case .sameSuffix(let texts, let length):
            return texts.both(left, right) { left, right in
                left.count >= length && right.count >= length
                    && left.suffix(length).elementsEqual(right.suffix(length))
            }
        case .sameMailbox(let texts):
            return texts.both(left, right) { left, right in
                // Up to the at sign.
                let (first, second) = (left.prefix { $0 != 64 }, right.prefix { $0 != 64 })
                return first.count > 2 && first.elementsEqual(second)
            }
        case .otherLength(let texts): return texts.both(left, right) { $0.count != $1.count }
        case .failsCheck(let broken): return broken[left] != 0 || broken[right] != 0
        case .dates(let dates, let test):
            let (first, second) = (dates[left], dates[right])
            return first != 0 && second != 0 && test.holds(first, second)
        case .within(let numbers, let share):
            let (first, second) = (numbers[left], numbers[right])
            return abs(first - second) <= share * max(abs(first), abs(second))
        case .areas(let folded, let areas, let neighbours):
            return neighbours
                ? areas.areNeighbours(folded[left], folded[right]) : areas.areSuccessors(folded[left], folded[right])
        }
    }
}

/// What two dates, of which something is known each, are tested for.
enum DateTest: Sendable {
    case sameYear, sameMonth, sameDay, yearAlone, swapped
    /// The same year, and in it the same month or day.
    case sameYearAndOther
    case apart(DatePart, most: Int32)

    @inline(__always)
    func holds(_ first: Int32, _ second: Int32) -> Bool {
        switch self {
        case .sameYear: return first / 10_000 == second / 10_000
        case .sameMonth: return first / 100 % 100 == second / 100 % 100 && first / 100 % 100 != 0
        case .sameDay: return first % 100 == second % 100 && first % 100 != 0
        case .sameYearAndOther:
            return first / 10_000 == second / 10_000
                && (first / 100 % 100 == second / 100 % 100 && first / 100 % 100 != 0
                    || first % 100 == second % 100 && first % 100 != 0)
        case .yearAlone:
            return first / 10_000 == second / 10_000 && (first % 10_000 == 0) != (second % 10_000 == 0)
        case .swapped:
            return first / 10_000 == second / 10_000 && first % 10_000 != 0 && first / 100 % 100 == second % 100
                && first % 100 == second / 100 % 100
        case .apart(.year, let most): return abs(first / 10_000 - second / 10_000) <= most
        case .apart(.month, let most):
            return first % 10_000 != 0 && second % 10_000 != 0
                && abs(first / 10_000 * 12 + first / 100 % 100 - second / 10_000 * 12 - second / 100 % 100) <= most
        case .apart(.day, let most): return abs(TextTests.days(first) - TextTests.days(second)) <= Int(most)
        }
    }
}
