/// A point of a drawing plane: `x` grows to the right, `y` downwards.
public struct PlanePoint: Sendable, Hashable {
    public let x: Double
    public let y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    func distance(to other: PlanePoint) -> Double {
        let across = other.x - x
        let down = other.y - y
        return (across * across + down * down).squareRoot()
    }

    /// - Parameter direction: a unit vector
    func moved(by length: Double, along direction: PlanePoint) -> PlanePoint {
        PlanePoint(x: x + length * direction.x, y: y + length * direction.y)
    }

    /// The unit vector towards another point; `nil` when both coincide.
    func direction(to other: PlanePoint) -> PlanePoint? {
        let length = distance(to: other)
        guard length > 0 else { return nil }
        return PlanePoint(x: (other.x - x) / length, y: (other.y - y) / length)
    }
}

/// The side of a straight line that `outward` points away from, the line included.
struct HalfPlane: Sendable {
    /// A unit vector at right angles to the line.
    let outward: PlanePoint
    private let offset: Double

    /// The line stands `distance` away from a point, in the direction `outward`.
    init(reaching distance: Double, from point: PlanePoint, towards outward: PlanePoint) {
        self.outward = outward
        offset = point.x * outward.x + point.y * outward.y + distance
    }

    /// How far a point lies beyond the line; negative inside.
    func excess(of point: PlanePoint) -> Double {
        point.x * outward.x + point.y * outward.y - offset
    }
}

/// A convex polygon. Its corners turn from the x axis towards the y axis, so that its area is positive.
struct Polygon: Sendable {
    let corners: [PlanePoint]

    /// In square units of the plane; 0 for fewer than three corners.
    var area: Double {
        guard corners.count >= 3, var previous = corners.last else { return 0 }
        var doubled = 0.0
        for corner in corners {
            doubled += previous.x * corner.y - corner.x * previous.y
            previous = corner
        }
        return doubled / 2
    }

    /// What of the polygon lies in a half-plane (Sutherland and Hodgman's clipping); without corners when nothing does.
    func clipped(to half: HalfPlane) -> Polygon {
        guard var previous = corners.last else { return self }
        var kept: [PlanePoint] = []
        kept.reserveCapacity(corners.count + 1)
        var before = half.excess(of: previous)
        for corner in corners {
            let after = half.excess(of: corner)
            if (before < 0 && after > 0) || (before > 0 && after < 0) {
                let part = before / (before - after)
                let x = previous.x + part * (corner.x - previous.x)
                let y = previous.y + part * (corner.y - previous.y)
                kept.append(PlanePoint(x: x, y: y))
            }
            if after <= 0 { kept.append(corner) }
            previous = corner
            before = after
        }
        return Polygon(corners: kept)
    }

    /// The half-planes whose common part the polygon is, one an edge; edges without length have none.
    var sides: [HalfPlane] {
        guard var previous = corners.last else { return [] }
        var sides: [HalfPlane] = []
        for corner in corners {
            if let along = previous.direction(to: corner) {
                let outward = PlanePoint(x: along.y, y: -along.x)
                sides.append(HalfPlane(reaching: 0, from: previous, towards: outward))
            }
            previous = corner
        }
        return sides
    }

    /// Whether a point lies inside, at least `margin` away from every edge.
    func contains(_ point: PlanePoint, margin: Double = 0) -> Bool {
        guard corners.count >= 3 else { return false }
        return sides.allSatisfy { (side: HalfPlane) -> Bool in side.excess(of: point) <= -margin }
    }
}
