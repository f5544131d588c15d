public import Kernel

/// The border of a commune on the map, simplified: not fit for anything but a small picture.
public struct Boundary: Sendable, Hashable {
    public let commune: CommuneCode
    /// Closed lines, each from its first corner over the last one back to it: outlines and holes alike, told apart by the
    /// even-odd rule.
    public let rings: [[Commune.Point]]

    public init(commune: CommuneCode, rings: [[Commune.Point]]) {
        self.commune = commune
        self.rings = rings
    }
}

/// Reads `boundaries.geojson` (RFC 7946): a collection of features with polygons in degrees of WGS 84. One of the features'
/// properties holds the communes' codes, whatever it is called; several features of a commune are taken together.
public enum BoundaryFile {
    /// On average, of a commune: what a page of under 100 KB has room for.
    public static let cornersOfCommune = 14

    /// - Parameter communes: every one of them must have a border, or the map would hide it
    /// - Returns: the simplified borders in the order of the communes, none when there are faults
    public static func read(
        _ bytes: [UInt8], file: String, communes: [Commune]
    ) -> (boundaries: [Boundary], faults: [DataFault]) {
        var reading = BoundaryReading(file: file, communes: communes)
        reading.read(bytes)
        guard reading.faults.isEmpty else { return ([], reading.faults) }
        let simple = BoundarySimplifying(reading.rings).rings(atMost: cornersOfCommune * communes.count)
        return (
            communes.compactMap { commune in
                simple[commune.code].map { Boundary(commune: commune.code, rings: $0) }
            }, []
        )
    }
}
