/// What somebody said of the columns of a list that comes in a layout of the sender's own: which field each fills.
public struct ColumnMapping: Codable, Sendable, Equatable {
    public struct Column: Codable, Sendable, Equatable {
        /// What stands over it, folded, from the upmost heading down.
        public let path: [String]
        /// The same as the sender writes it.
        public let title: String
        /// Nil: it is passed over.
        public let field: RecordField?

        public init(path: [String], title: String, field: RecordField?) {
            (self.path, self.title, self.field) = (path, title, field)
        }
    }

    public let columns: [Column]

    public init(_ columns: [Column]) { self.columns = columns }
}

extension Format {
    /// The format as it reads a list whose columns somebody explained: a column that the format has keeps its checks under
    /// the sender's name; one for another field is added.
    public func explained(by mapping: ColumnMapping) -> Format {
        var format = self
        var taken: Set<Int> = []
        for column in mapping.columns {
            guard let field = column.field else {
                format.explained[column.path] = .some(nil)
                continue
            }
            let place =
                format.columns.indices.first { !taken.contains($0) && format.columns[$0].fields.first == field }
                ?? format.columns.indices.first { !taken.contains($0) && format.columns[$0].fields.contains(field) }
            if let place {
                taken.insert(place)
                format.explained[column.path] = place
            } else {
                taken.insert(format.columns.count)
                format.explained[column.path] = format.columns.count
                format.columns.append(FormatColumn(name: column.title, fields: [field]))
            }
        }
        return format
    }
}
