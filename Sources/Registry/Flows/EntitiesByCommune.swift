public import Database

/// How many persons or employers the records of one delivery are of, by commune.
public enum EntitiesByCommune {
    /// Of records in force; an empty code for those that no commune is known of. By code.
    ///
    /// Takes as long as the delivery is large; its records never change, so that whoever asks keeps the answer while the delivery
    /// stands.
    public static func count(
        of delivery: Int, on connection: any SQLConnection
    ) throws -> [(commune: String, count: Int)] {
        let places = RecordPlace.all(of: delivery)
        var found: [(commune: String, count: Int)] = []
        var next = try connection.row("SELECT MIN(commune) AS commune FROM record")?.optionalText("commune")
        // From commune to commune along the key: the records of other deliveries are passed over.
        while let commune = next {
            let count =
                try connection.integer(
                    """
                    SELECT COUNT(DISTINCT m.entity) FROM record r JOIN membership m ON m.place = r.place
                    WHERE r.commune = ? AND r.place >= ? AND r.place < ?
                    """, commune, places.lowerBound, places.upperBound) ?? 0
            if count > 0 { found.append((commune, count)) }
            next = try connection.row("SELECT MIN(commune) AS commune FROM record WHERE commune > ?", commune)?
                .optionalText("commune")
        }
        return found
    }

    /// The least number that aggregates show to who may not open records.
    public static func leastShown() throws -> Int { try DerivationRules.shipped().bounds.smallNumber }
}
