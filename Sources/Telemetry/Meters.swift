public import CoreMetrics

extension CoreMetrics.Timer {
    /// Records the time that went by.
    public func record(since start: ContinuousClock.Instant) {
        let (seconds, attoseconds) = start.duration(to: .now).components
        recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}

extension MeterRegistry {
    /// - Parameter labels: values in the order of the family's labels.
    public func counter(_ family: MeterFamily, _ labels: String...) -> Counter {
        Counter(label: family.name, dimensions: Self.dimensions(family, labels), factory: self)
    }

    public func gauge(_ family: MeterFamily, _ labels: String...) -> Meter {
        Meter(label: family.name, dimensions: Self.dimensions(family, labels), factory: self)
    }

    public func timer(_ family: MeterFamily, _ labels: String...) -> CoreMetrics.Timer {
        CoreMetrics.Timer(label: family.name, dimensions: Self.dimensions(family, labels), factory: self)
    }

    private static func dimensions(_ family: MeterFamily, _ values: [String]) -> [(String, String)] {
        precondition(values.count == family.labels.count, "\(family.name) has the labels \(family.labels)")
        return Array(zip(family.labels, values))
    }
}
