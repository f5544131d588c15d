import Kernel
import Testing

@Suite
struct TenthsOfPercentTests {
    @Test(arguments: [
        (98_963, 99_000, 999), (99_000, 99_000, 1_000), (99_001, 99_000, 1_000), (0, 9, 0), (1, 3, 333), (2, 3, 667),
        (1_182_798, 1_184_000, 999), (769_654_000_000, 29_100_000_000_000, 26),
    ])
    func `a share is rounded to a tenth, and what falls short is never the whole`(part: Int, whole: Int, tenths: Int) {
        #expect(TenthsOfPercent.of(part, in: whole) == tenths)
    }

    @Test
    func `nothing is a share of nothing, and what no number holds is none`() {
        #expect(TenthsOfPercent.of(1, in: 0) == nil && TenthsOfPercent.of(-1, in: 9) == nil)
        #expect(TenthsOfPercent.of(.max, in: 1) == nil && TenthsOfPercent.of(1, in: .max) == nil)
    }
}
