import Kernel
import Notices
import Testing

@Suite
struct DayListTests {
    static let today = Day.known(2027, 3, 10)

    static func item(_ kind: DayKind, _ key: String, in days: Int? = nil) -> DayItem {
        DayItem(kind, Subject(Subject.Kind("thing"), key), "Việc \(key)", due: days.map { today.adding(days: $0) })
    }

    @Test
    func `what presses stands above what is coming, the nearest day first`() {
        let list = DayList(
            [
                Self.item(.due, "a", in: 30), Self.item(.due, "b", in: 3), Self.item(.late, "c", in: -2),
                Self.item(.contest, "d"), Self.item(.late, "e", in: -9), Self.item(.coming, "f", in: 90),
                Self.item(.coming, "g", in: 60),
            ], on: Self.today)
        #expect(list.items.map(\.subject.key) == ["e", "c", "d", "b", "a"])
        #expect(list.sections.map(\.kind) == [.late, .contest, .due])
        #expect(list.next?.subject.key == "g")
        #expect(!list.isEmpty && DayList([Self.item(.coming, "f")], on: Self.today).isEmpty)
    }

    @Test
    func `a day is told in words, from today`() {
        #expect(Self.item(.late, "a", in: -2).distance(from: Self.today) == "trễ 2 ngày")
        #expect(Self.item(.due, "a", in: 0).distance(from: Self.today) == "hạn hôm nay")
        #expect(Self.item(.due, "a", in: 5).distance(from: Self.today) == "còn 5 ngày")
        #expect(Self.item(.contest, "a").distance(from: Self.today).isEmpty)
        #expect(Self.item(.due, "a", in: 5).sentence == "Việc a, hạn 15/03/2027")
    }

    @Test
    func `a text lists ten of a sort and counts the others`() {
        let contests = (1...14).map { Self.item(.contest, "\($0)") }
        let list = DayList(contests + [Self.item(.due, "x", in: 1)], on: Self.today)
        let lines = DayList.lines(list.sections)
        #expect(lines.count == 1 + 10 + 1 + 2)
        #expect(lines.contains("và 4 mục khác.") && lines.last == "- Việc x, hạn 11/03/2027")
    }

    @Test(arguments: DayKind.allCases)
    func `every sort has a title of its own`(kind: DayKind) {
        #expect(DayKind.allCases.filter { $0.title == kind.title } == [kind])
    }
}
