import Foundation
import Kernel

/// Takes corners out of borders so that neighbours still fit together: a line that two communes share is simplified once,
/// by Douglas and Peucker's rule, and its ends stay where they are.
struct BoundarySimplifying {
    private struct Arc {
        let points: [Commune.Point]
        /// Of each point, how far the line would move without it, in degrees of latitude; of the ends, without bound.
        let weights: [Double]
    }

    /// A part of a ring: an arc in its own direction or against it.
    private struct Step {
        let arc: Int
        let isReversed: Bool
    }

    private struct Turn: Hashable {
        let one: Commune.Point
        let other: Commune.Point

        init(_ first: Commune.Point, _ second: Commune.Point) {
            let isOrdered = Self.key(first) < Self.key(second)
            (one, other) = isOrdered ? (first, second) : (second, first)
        }

        static func key(_ point: Commune.Point) -> (Double, Double) { (point.latitude, point.longitude) }
    }

    private var arcs: [Arc] = []
    private var numbers: [[Commune.Point]: Int] = [:]
    private var steps: [CommuneCode: [[Step]]] = [:]
    private let narrowing: Double

    init(_ rings: [CommuneCode: [[Commune.Point]]]) {
        let latitudes = rings.values.joined().joined().map(\.latitude)
        let middle = ((latitudes.min() ?? 0) + (latitudes.max() ?? 0)) / 2
        narrowing = cos(middle * Double.pi / 180)
        let nodes = Self.nodes(rings.values.joined())
        for (code, own) in rings {
            for ring in own { steps[code, default: []].append(cut(ring, at: nodes)) }
        }
    }

    /// Where lines part: points that different rings come to or leave by different ways.
    private static func nodes(_ rings: some Sequence<[Commune.Point]>) -> Set<Commune.Point> {
        var turns: [Commune.Point: Turn] = [:]
        var nodes: Set<Commune.Point> = []
        for ring in rings {
            for (index, point) in ring.enumerated() {
                let turn = Turn(ring[(index + ring.count - 1) % ring.count], ring[(index + 1) % ring.count])
                if let known = turns[point], known != turn { nodes.insert(point) }
                turns[point] = turn
            }
        }
        return nodes
    }

    private mutating func cut(_ ring: [Commune.Point], at nodes: Set<Commune.Point>) -> [Step] {
        // A ring that shares nothing, or all, begins at a corner that does not hang on where the file begins it.
        let start =
            ring.firstIndex(where: nodes.contains)
            ?? ring.indices.min { Turn.key(ring[$0]) < Turn.key(ring[$1]) } ?? ring.startIndex
        var cutting: [Step] = []
        var part = [ring[start]]
        for offset in 1...ring.count {
            let point = ring[(start + offset) % ring.count]
            part.append(point)
            if offset == ring.count || nodes.contains(point) {
                cutting.append(step(along: part))
                part = [point]
            }
        }
        return cutting
    }

    private mutating func step(along part: [Commune.Point]) -> Step {
        let reversed = Array(part.reversed())
        // Of a line and its reverse the same one is kept, whichever comes first.
        let isReversed = reversed.lexicographicallyPrecedes(part) { Turn.key($0) < Turn.key($1) }
        let points = isReversed ? reversed : part
        if let known = numbers[points] { return Step(arc: known, isReversed: isReversed) }
        numbers[points] = arcs.count
        arcs.append(Arc(points: points, weights: weights(of: points)))
        return Step(arc: arcs.count - 1, isReversed: isReversed)
    }

    private func weights(of points: [Commune.Point]) -> [Double] {
        var weights = points.map { _ in 0.0 }
        weights[0] = .infinity
        weights[points.count - 1] = .infinity
        var open = [(first: 0, last: points.count - 1, most: Double.infinity)]
        while let (first, last, most) = open.popLast() {
            guard last - first > 1 else { continue }
            var farthest = first + 1
            var distance = -1.0
            for index in (first + 1)..<last {
                let away = self.distance(of: points[index], from: points[first], to: points[last])
                if away > distance { (farthest, distance) = (index, away) }
            }
            // No point outlasts the one between whose sides it lies.
            let weight = min(distance, most)
            weights[farthest] = weight
            open.append((first, farthest, weight))
            open.append((farthest, last, weight))
        }
        return weights
    }

    /// From the line between two points; where both are one, from that.
    private func distance(of point: Commune.Point, from start: Commune.Point, to end: Commune.Point) -> Double {
        func plane(_ place: Commune.Point) -> (x: Double, y: Double) {
            ((place.longitude - start.longitude) * narrowing, place.latitude - start.latitude)
        }
        let (target, across) = (plane(point), plane(end))
        let length = (across.x * across.x + across.y * across.y)
        let share = length > 0 ? min(max((target.x * across.x + target.y * across.y) / length, 0), 1) : 0
        let (x, y) = (target.x - share * across.x, target.y - share * across.y)
        return (x * x + y * y).squareRoot()
    }

    /// The rings with the corners that matter most, so many in all at most where the ends of lines leave that choice.
    /// Islets that are lost at that measure are left out, but never the largest ring of a commune.
    func rings(atMost corners: Int) -> [CommuneCode: [[Commune.Point]]] {
        let weights = arcs.flatMap(\.weights).filter { $0.isFinite }.sorted(by: >)
        // Corners between two communes stand in both.
        let room = max(0, corners / 2)
        let least = room < weights.count ? weights[room] : -1
        return steps.mapValues { rings in
            let drawn = rings.map { ring in ring.flatMap { points(of: $0, over: least) } }
            let areas = drawn.map(area)
            let largest = areas.indices.max { areas[$0] < areas[$1] }
            return drawn.indices.compactMap { index in
                if index != largest {
                    return drawn[index].count >= 3 && areas[index] > 9 * least * least ? drawn[index] : nil
                }
                return drawn[index].count >= 3 ? drawn[index] : whole(rings[index])
            }
        }
    }

    /// Without the last point, with which the next step begins.
    private func points(of step: Step, over least: Double) -> [Commune.Point] {
        let arc = arcs[step.arc]
        let kept = zip(arc.points, arc.weights).filter { $0.1 > least }.map(\.0)
        return Array((step.isReversed ? kept.reversed() : kept).dropLast())
    }

    private func whole(_ ring: [Step]) -> [Commune.Point] { ring.flatMap { points(of: $0, over: -1) } }

    /// In square degrees of latitude.
    private func area(of ring: [Commune.Point]) -> Double {
        guard var previous = ring.last else { return 0 }
        var doubled = 0.0
        for point in ring {
            doubled += (previous.longitude * point.latitude - point.longitude * previous.latitude) * narrowing
            previous = point
        }
        return abs(doubled) / 2
    }
}
