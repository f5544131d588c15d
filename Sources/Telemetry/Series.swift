import CoreMetrics
import Synchronization

/// One series: a number, or how observations spread over the bounds.
final class Series: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    struct Reading {
        /// Of a counter or gauge; the sum of a histogram.
        var value = 0.0
        var observations = 0
        /// Observations up to each bound and above the one before.
        var spread: [Int]
    }

    private let shape: MeterFamily.Shape
    private let state: Mutex<Reading>

    init(_ shape: MeterFamily.Shape) {
        self.shape = shape
        state = Mutex(Reading(spread: shape == .histogram ? MeterRegistry.bounds.map { _ in 0 } : []))
    }

    var reading: Reading { state.withLock { $0 } }

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { state.withLock { $0.value += amount } }
    func decrement(by amount: Double) { state.withLock { $0.value -= amount } }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { state.withLock { $0.value = value } }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard shape == .histogram else { return set(value) }
        state.withLock { reading in
            reading.value += value
            reading.observations += 1
            if let place = MeterRegistry.bounds.firstIndex(where: { value <= $0 }) { reading.spread[place] += 1 }
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func reset() {
        state.withLock { reading in
            reading = Reading(spread: reading.spread.map { _ in 0 })
        }
    }
}
