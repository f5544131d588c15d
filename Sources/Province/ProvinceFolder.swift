public import Kernel

/// What a province's folder says of its units: `agencies.yaml`, `communes.csv`, and when they are there `adjacency.csv`,
/// `boundaries.geojson`, `old-units.csv`, `units.csv`.
///
/// Every file is read and every fault found is told, not only the first, each with file, line and reason.
public struct ProvinceFolder: Sendable {
    /// Nil when the file cannot be read at all.
    public private(set) var agencies: [Agency]?
    public private(set) var communes: CommuneDirectory?
    public private(set) var units = AgencyUnits()
    public private(set) var faults: [DataFault] = []

    /// - Parameter read: the bytes of a file of the folder, nil when it is not there. The edge of the program knows disks.
    public static func load(_ read: (String) -> [UInt8]?) -> ProvinceFolder {
        var folder = ProvinceFolder()
        folder.loadAgencies(read)
        folder.loadCommunes(read)
        folder.loadUnits(read)
        return folder
    }

    private mutating func file(_ name: String, _ read: (String) -> [UInt8]?) -> [UInt8]? {
        let bytes = read(name)
        if bytes == nil {
            faults.append(DataFault(file: name, line: 0, reason: "thiếu tệp này trong thư mục kế hoạch"))
        }
        return bytes
    }

    private mutating func loadAgencies(_ read: (String) -> [UInt8]?) {
        let name = "agencies.yaml"
        guard let bytes = file(name, read) else { return }
        do {
            var file = try YAMLFile(name: name, bytes: bytes)
            agencies = AgencySection.read(&file)
            faults += file.faults
        } catch {
            faults.append(error)
        }
    }

    private mutating func loadUnits(_ read: (String) -> [UInt8]?) {
        let name = "units.csv"
        guard let agencies, let communes, let bytes = read(name), !bytes.isEmpty else { return }
        let found = UnitFile.read(bytes, file: name, agencies: agencies, communes: Set(communes.codes))
        units = AgencyUnits(found.units)
        faults += found.faults
    }

    private mutating func loadCommunes(_ read: (String) -> [UInt8]?) {
        let name = "communes.csv"
        guard let bytes = file(name, read) else { return }
        let result = CommuneFile.read(bytes, file: name)
        faults += result.faults
        let codes = Set(result.communes.map(\.code))
        var neighbours: [CommunePair] = []
        var oldUnits: [OldUnit] = []
        if let bytes = read("adjacency.csv"), !bytes.isEmpty {
            let found = AdjacencyFile.read(bytes, file: "adjacency.csv", communes: codes)
            neighbours = found.pairs
            faults += found.faults
        }
        if let bytes = read("old-units.csv"), !bytes.isEmpty {
            let found = OldUnitFile.read(bytes, file: "old-units.csv", communes: codes)
            oldUnits = found.units
            faults += found.faults
        }
        var boundaries: [Boundary] = []
        if let bytes = read("boundaries.geojson"), !bytes.isEmpty {
            let found = BoundaryFile.read(bytes, file: "boundaries.geojson", communes: result.communes)
            boundaries = found.boundaries
            faults += found.faults
        }
        communes = CommuneDirectory(
            result.communes, neighbours: neighbours, oldUnits: oldUnits, boundaries: boundaries)
    }
}
