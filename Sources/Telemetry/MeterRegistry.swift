public import CoreMetrics
import Synchronization

/// Keeps the series of one process and tells them to Prometheus: a backend of swift-metrics.
///
/// It is handed down as a value, so that two systems in one process (tests) count apart; whoever wants what libraries
/// measure by themselves bootstraps swift-metrics with it.
public final class MeterRegistry: MetricsFactory {
    /// Upper bounds of histograms, in seconds. A page is to come within one (docs/decisions/0026).
    public static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// Series of one family. A label that grew without bound would fill the memory; what comes on top is counted nowhere.
    public static let mostSeries = 4_000

    struct Label: Hashable {
        let name: String
        let value: String
    }

    private typealias Family = [[Label]: Series]
    private let families = Mutex<[String: (shape: MeterFamily.Shape, series: Family)]>([:])

    public init() {}

    private func series(_ name: String, _ shape: MeterFamily.Shape, _ dimensions: [(String, String)]) -> Series {
        let labels = dimensions.map { Label(name: Exposition.name($0.0), value: $0.1) }
        return families.withLock { families in
            var family = families[name] ?? (shape, [:])
            if let known = family.series[labels], family.shape == shape { return known }
            let fresh = Series(shape)
            guard family.shape == shape, family.series.count < Self.mostSeries else { return fresh }
            family.series[labels] = fresh
            families[name] = family
            return fresh
        }
    }

    /// What Prometheus reads (text format 0.0.4).
    public func exposition() -> String {
        let known = families.withLock { $0 }
        let told = MeterFamily.all.map(\.name)
        let others = known.keys.filter { !told.contains($0) }.sorted()
        var text = Exposition()
        for name in told + others {
            guard let family = known[name] else { continue }
            text.begin(name, family.shape, MeterFamily.all.first { $0.name == name }?.meaning ?? "")
            let rows = family.series.map { (Exposition.labels($0.key), $0.value.reading) }.sorted { $0.0 < $1.0 }
            for (labels, reading) in rows { text.add(name, family.shape, labels, reading) }
        }
        return text.text
    }

    /// Forgets a family's series: a gauge whose thing is gone must not go on telling what it was.
    public func clear(_ family: MeterFamily) {
        families.withLock { $0[family.name] = nil }
    }

    // MARK: swift-metrics

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(Exposition.name(label), .counter, dimensions)
    }

    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(Exposition.name(label), .counter, dimensions)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(Exposition.name(label), .gauge, dimensions)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        series(Exposition.name(label), aggregate ? .histogram : .gauge, dimensions)
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(Exposition.name(label), .histogram, dimensions)
    }

    // Series stay: a counter that vanished and came back would look like a restart.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
}
