import Kernel
import Charts
import Province
import Synchronization

/// The map of the communes, laid out once for each set of borders that comes into force.
final class MapLayouts: Sendable {
    private let communes: CommuneDirectory
    /// Of the first map that is asked for, so that no start waits for it.
    private let kept = Mutex<(boundaries: [Boundary], layout: MapLayout?)?>(nil)

    init(_ communes: CommuneDirectory) {
        self.communes = communes
    }

    /// The borders that a map is drawn by; none: by where the communes lie.
    /// - Parameter loaded: on screen, over the folder's.
    func boundaries(over loaded: [Boundary]) -> [Boundary] {
        // Of communes that are not these any more they would hide some.
        loaded.map(\.commune) == communes.codes ? loaded : communes.boundaries
    }

    /// Nil when there are neither borders nor places.
    func layout(over loaded: [Boundary]) -> MapLayout? {
        let boundaries = boundaries(over: loaded)
        return kept.withLock { kept in
            if let kept, kept.boundaries == boundaries { return kept.layout }
            let layout = Self.layout(of: communes, by: boundaries)
            kept = (boundaries, layout)
            return layout
        }
    }

    static func layout(of directory: CommuneDirectory, by boundaries: [Boundary]) -> MapLayout? {
        let neighbours = directory.neighbours.map { ($0.first.text, $0.second.text) }
        if !boundaries.isEmpty {
            return MapLayout(
                outlines: boundaries.map { boundary in
                    MapLayout.Outline(
                        id: boundary.commune.text,
                        rings: boundary.rings.map { ring in ring.map { ($0.latitude, $0.longitude) } })
                }, neighbours: neighbours)
        }
        let areas = directory.communes.compactMap { commune in
            commune.point.map {
                Cartogram.Area(
                    id: commune.code.text, latitude: $0.latitude, longitude: $0.longitude,
                    squareKilometres: commune.mappedArea ?? commune.area)
            }
        }
        // A map that lacks units would hide them.
        guard !areas.isEmpty, areas.count == directory.communes.count else { return nil }
        return MapLayout(Cartogram(areas: areas, neighbours: neighbours))
    }
}
