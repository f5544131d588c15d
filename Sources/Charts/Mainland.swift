import Foundation

/// Tells the areas drawn in their place from those too far out at sea, and keeps points apart.
enum Mainland {
    /// The median distance of a point to the nearest one elsewhere; `nil` when all coincide.
    static func spacing(of points: [PlanePoint]) -> Double? {
        var nearest: [Double] = []
        for point in points {
            var least = Double.infinity
            for other in points {
                let distance = point.distance(to: other)
                if distance > 1e-6 { least = min(least, distance) }
            }
            if least.isFinite { nearest.append(least) }
        }
        return median(of: nearest)
    }

    /// Of an even number of values the upper one of the middle; `nil` without values.
    static func median(of values: [Double]) -> Double? {
        values.isEmpty ? nil : values.sorted()[values.count / 2]
    }

    /// Whether each point is part of the main body: the largest group of neighbours, and every group that lies within
    /// three times the usual spacing of a part of it.
    static func members(of points: [PlanePoint], neighbours: [[Int]], spacing: Double) -> [Bool] {
        var apart = groups(of: neighbours)
        var members = points.map { (_: PlanePoint) -> Bool in false }
        guard let most = apart.map(\.count).max(), let start = apart.firstIndex(where: { $0.count == most }) else {
            return members
        }
        var joining: [Int]? = apart.remove(at: start)
        while let group = joining {
            for index in group { members[index] = true }
            let next = apart.firstIndex { (candidates: [Int]) -> Bool in
                candidates.contains { (candidate: Int) -> Bool in
                    points.indices.contains { (index: Int) -> Bool in
                        members[index] && points[index].distance(to: points[candidate]) <= 3 * spacing
                    }
                }
            }
            joining = next.map { (position: Int) -> [Int] in apart.remove(at: position) }
        }
        return members
    }

    /// The connected groups, each ascending, in the order of their first members.
    private static func groups(of neighbours: [[Int]]) -> [[Int]] {
        var isSeen = neighbours.map { (_: [Int]) -> Bool in false }
        var groups: [[Int]] = []
        for start in neighbours.indices where !isSeen[start] {
            isSeen[start] = true
            var group: [Int] = []
            var waiting = [start]
            while let index = waiting.popLast() {
                group.append(index)
                for next in neighbours[index] where !isSeen[next] {
                    isSeen[next] = true
                    waiting.append(next)
                }
            }
            groups.append(group.sorted())
        }
        return groups
    }

    /// The points, each moved by a little when it lies within `least` of an earlier one, so that all have room.
    static func separated(_ points: [PlanePoint], by least: Double) -> [PlanePoint] {
        var placed: [PlanePoint] = []
        for point in points {
            var candidate = point
            var turn = 0
            // A sunflower's spiral around the point: as many places as there may be points to keep clear of.
            while turn < 4 * points.count + 8, placed.contains(where: { $0.distance(to: candidate) < least }) {
                turn += 1
                let radius = 1.2 * least * Double(turn).squareRoot()
                let angle = 2.399_963 * Double(turn)
                candidate = PlanePoint(x: point.x + radius * cos(angle), y: point.y + radius * sin(angle))
            }
            placed.append(candidate)
        }
        return placed
    }
}
