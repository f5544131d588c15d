import Tabular

extension TableLimits {
    /// For tables with a row for each unit and year: many times what a province has, and read in a moment whatever stands there.
    static var units: TableLimits {
        var limits = TableLimits()
        limits.cells = 200_000
        return limits
    }
}
