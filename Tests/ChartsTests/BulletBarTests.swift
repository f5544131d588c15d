import Foundation
import Testing

@testable import Charts

@Suite
struct BulletBarTests {
    static func bar(start: Int?, now: Int?, expected: Int?, target: Int?) -> BulletBar {
        BulletBar(id: "muc", title: "An Biên", start: start, now: now, expected: expected, target: target)
    }

    /// Where the filled bar ends; `nil` without one.
    static func end(_ drawing: Drawing) -> Double? {
        guard let bar = drawing.all("rect").last(where: { $0.attributes["fill"] == Palette.blue }),
            let x = bar.number("x"), let width = bar.number("width")
        else { return nil }
        return x + width
    }

    /// Where the flag stands.
    static func flag(_ drawing: Drawing) -> Double? {
        let flags = drawing.all("path").filter { $0.attributes["fill"] == Palette.deepOrange }
        let data = flags.first?.attributes["d"] ?? ""
        return data.dropFirst().split(separator: " ").first.flatMap { Double($0) }
    }

    /// Where the mark of what is expected stands.
    static func mark(_ drawing: Drawing) -> Double? {
        let marks = drawing.all("path").filter { $0.attributes["stroke"] == Palette.ink }
        let data = marks.first?.attributes["d"] ?? ""
        return data.dropFirst().split(separator: " ").first.flatMap { Double($0) }
    }

    @Test
    func `what goes beyond the target is drawn beyond it`() throws {
        let bar = Self.bar(start: 1000, now: 1500, expected: 1100, target: 1400)
        let drawing = try soundDrawing(of: bar.chart())
        let end = try #require(Self.end(drawing))
        let flag = try #require(Self.flag(drawing))
        #expect(end > flag + 50)
        #expect(bar.alternative.hasSuffix("Vượt chỉ tiêu 100 người."))
    }

    @Test
    func `what falls short of the target ends before it`() throws {
        let bar = Self.bar(start: 1000, now: 1200, expected: 1150, target: 1400)
        let drawing = try soundDrawing(of: bar.chart())
        #expect(Self.end(drawing) == 180)
        #expect(Self.flag(drawing) == 350)
        let words = "Đầu kỳ: 1.000 người; hiện nay: 1.200 người; dự kiến đến nay: 1.150 người; chỉ tiêu: 1.400 người."
        #expect(bar.alternative == "\(words) Còn thiếu 200 người.")
    }

    @Test
    func `a loss since the start is hatched`() throws {
        let drawing = try soundDrawing(of: Self.bar(start: 1000, now: 900, expected: 1100, target: 1400).chart())
        #expect(Self.end(drawing) == nil)
        #expect(drawing.all("rect").last?.attributes["fill"] == "url(#muc-h)")
    }

    /// January: yearly payments ran out, fewer are expected than began, and there are fewer still.
    @Test(arguments: [(845, true), (859, true), (861, false), (870, false), (900, false)])
    func `what is short of what is expected ends before its mark, also below where it began`(
        now: Int, isShort: Bool
    ) throws {
        let drawing = try soundDrawing(of: Self.bar(start: 881, now: now, expected: 860, target: 930).chart())
        let bar = try #require(drawing.all("rect").last)
        let (x, width) = (try #require(bar.number("x")), try #require(bar.number("width")))
        let mark = try #require(Self.mark(drawing))
        #expect(x == 10 && width > 1)
        #expect((x + width < mark) == isShort)
    }

    @Test
    func `what is missing is named and not drawn`() throws {
        let bar = Self.bar(start: nil, now: nil, expected: nil, target: nil)
        let drawing = try soundDrawing(of: bar.chart())
        #expect(drawing.texts == ["Chưa có số liệu"])
        #expect(drawing.all("rect").count == 1)
        let missing = bar.alternative.components(separatedBy: "chưa có số liệu").count - 1
        #expect(missing == 4)
        let unknown = try soundDrawing(of: Self.bar(start: 5, now: nil, expected: nil, target: 9).chart())
        #expect(unknown.texts == ["?"])
    }

    @Test(arguments: [Int.min, -1, 0, 7, Int.max])
    func `any numbers can be drawn`(number: Int) throws {
        try soundDrawing(of: Self.bar(start: number, now: number, expected: nil, target: number).chart())
        try soundDrawing(of: Self.bar(start: 0, now: number, expected: Int.min, target: Int.max).chart())
    }

    @Test
    func `a target just reached is said to be`() {
        #expect(Self.bar(start: 1, now: 9, expected: 5, target: 9).alternative.hasSuffix("Đạt chỉ tiêu."))
    }
}
