import Foundation
import Kernel

/// What a GeoJSON file says of the communes' borders, and what is wrong with it.
struct BoundaryReading {
    private let file: String
    private let communes: [CommuneCode: Commune]
    private(set) var rings: [CommuneCode: [[Commune.Point]]] = [:]
    private(set) var faults: [DataFault] = []

    init(file: String, communes: [Commune]) {
        self.file = file
        self.communes = Dictionary(communes.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private struct Collection: Decodable {
        let type: String
        let features: [Feature]
    }

    private struct Feature: Decodable {
        let properties: [String: Property]?
        let geometry: Geometry?
    }

    /// A property that may be a code.
    private enum Property: Decodable {
        case text(String)
        case other

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self = .text(text)
            } else if let number = try? value.decode(Int.self) {
                // Programs that take a code for a number lose its zeros.
                self = .text(String(repeating: "0", count: max(0, 5 - String(number).count)) + String(number))
            } else {
                self = .other
            }
        }
    }

    private struct Geometry: Decodable {
        /// Nil for a geometry that is no surface.
        let polygons: [[[[Double]]]]?

        private enum Key: String, CodingKey {
            case type
            case coordinates
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            switch try container.decode(String.self, forKey: .type) {
            case "Polygon": polygons = [try container.decode([[[Double]]].self, forKey: .coordinates)]
            case "MultiPolygon": polygons = try container.decode([[[[Double]]]].self, forKey: .coordinates)
            default: polygons = nil
            }
        }
    }

    mutating func read(_ bytes: [UInt8]) {
        guard let collection = try? JSONDecoder().decode(Collection.self, from: Data(bytes)),
            collection.type == "FeatureCollection"
        else {
            fault(
                "không phải tệp GeoJSON kiểu FeatureCollection với các vùng Polygon, MultiPolygon; hãy xuất lại từ phần mềm bản đồ (QGIS: Export → GeoJSON)"
            )
            return
        }
        guard let key = codeKey(of: collection.features) else {
            fault("không thuộc tính nào của các vùng là mã 5 chữ số của đơn vị trong communes.csv")
            return
        }
        for (index, feature) in collection.features.enumerated() {
            guard let code = code(of: feature, key) else {
                fault("vùng thứ \(index + 1): “\(key)” không phải mã của đơn vị nào trong communes.csv")
                continue
            }
            take(feature, of: code)
        }
        let missing = communes.values.filter { rings[$0.code] == nil }.sorted { $0.code < $1.code }
        if faults.isEmpty, !missing.isEmpty {
            let names = missing.prefix(5).map { "\($0.code) \($0.fullName)" }.joined(separator: ", ")
            fault("thiếu ranh giới của \(missing.count) đơn vị: \(names)\(missing.count > 5 ? " …" : "")")
        }
    }

    /// The property that tells the most communes apart.
    private func codeKey(of features: [Feature]) -> String? {
        var known: [String: Set<CommuneCode>] = [:]
        for feature in features {
            for name in (feature.properties ?? [:]).keys {
                if let code = code(of: feature, name) { known[name, default: []].insert(code) }
            }
        }
        return known.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
    }

    private func code(of feature: Feature, _ key: String) -> CommuneCode? {
        guard case .text(let text) = feature.properties?[key], let code = CommuneCode(text) else { return nil }
        return communes[code] == nil ? nil : code
    }

    private mutating func take(_ feature: Feature, of code: CommuneCode) {
        guard let polygons = feature.geometry?.polygons, !polygons.isEmpty else {
            fault("đơn vị \(code): hình không phải Polygon hay MultiPolygon")
            return
        }
        for ring in polygons.joined() {
            var points: [Commune.Point] = []
            for position in ring {
                guard position.count >= 2, (-180...180).contains(position[0]), (-90...90).contains(position[1]) else {
                    fault(
                        "đơn vị \(code): tọa độ phải là kinh độ, vĩ độ WGS 84 (EPSG:4326), không phải mét của VN-2000; hãy chuyển hệ tọa độ khi xuất tệp"
                    )
                    return
                }
                let point = Commune.Point(latitude: position[1], longitude: position[0])
                if points.last != point { points.append(point) }
            }
            if points.count > 1, points.first == points.last { points.removeLast() }
            guard points.count >= 3 else {
                fault("đơn vị \(code): một đường ranh giới có ít hơn ba đỉnh")
                return
            }
            rings[code, default: []].append(points)
        }
    }

    private mutating func fault(_ reason: String) {
        faults.append(DataFault(file: file, line: 0, reason: reason))
    }
}
