import Forecast
import Testing

/// The code of `Forecast.docc`, as it stands there (`ArticleTests` compares the two).
@Suite
struct ForecastArticleTests {
    @Test
    func `a target's chance is told as the article shows`() {
        let counts = (0..<36).map { (month: Int) -> Double in
            let season = month % 12 == 0 ? 0.97 : 1
            return (10_000 + 60 * Double(month)) * season
        }
        let forecast = CountForecast(counts, horizon: 12)
        let december = forecast?.points[11]
        let bounds = december.map { $0.low...$0.high }

        #expect(bounds?.contains(12_820) == true && forecast?.basis == .seasonal)
        #expect((forecast?.trials ?? 0) >= 3)

        let likely = forecast?.chance(ofAtLeast: 12_000, step: 12)
        let unlikely = forecast?.chance(ofAtLeast: 15_000, step: 12)

        #expect((likely ?? 0) > 0.9 && (unlikely ?? 1) < 0.1)
    }
}
