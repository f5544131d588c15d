public import Database
public import Formats
public import Kernel
public import Vault

/// Who gives what to whom: agreements, requests for data, what is due, what is destroyed, and the journal of all that.
public struct ExchangeService: Sendable {
    public let deliveries: DeliveryService
    public var store: any DataStore { deliveries.store }
    public var clock: Clock { deliveries.clock }
    public var keys: NumberKeys? { deliveries.keys }
    /// By key.
    public var formats: [String: Format] { deliveries.formats }
    /// What a unit is called, in full.
    public let name: @Sendable (UnitCode) -> String

    public init(deliveries: DeliveryService, name: @escaping @Sendable (UnitCode) -> String) {
        (self.deliveries, self.name) = (deliveries, name)
    }

    /// What a list is called on screens.
    public func title(ofFormat key: String) -> String { formats[key]?.title ?? key }

    /// What a field is called in a list: the heading of its own column, or of one that may hold it beside others.
    public func title(of field: RecordField, in format: String) -> String {
        let columns = columns(ofFormat: format)
        let column = columns.first { $0.fields.first == field } ?? columns.first { $0.fields.contains(field) }
        return column?.name ?? field.rawValue
    }

    /// All that a list says, beside its table as well.
    func columns(ofFormat key: String) -> [FormatColumn] {
        formats[key].map { $0.columns + $0.heads.map(\.column) } ?? []
    }

    /// What several fields are called, each column once.
    public func titles(of fields: [RecordField], in format: String) -> [String] {
        AgreementDraft.names(fields) { title(of: $0, in: format) }
    }
}
