public import Kernel

/// Reads `communes.csv`: one line a commune, with at least the columns `code`, `name` and `kind`.
///
/// `former_district_main`, `area_km2_published`, `population_published`, `name_alt_spelling`, `centroid_lat`,
/// `centroid_lon`, `area_km2_polygon` and `place_in_full` are taken when present; a published area only where `area_published_ok` does not
/// say no. Other columns are left for those who need them.
public enum CommuneFile {
    /// - Returns: the communes that could be read, and every fault found on the way.
    public static func read(_ bytes: [UInt8], file: String) -> (communes: [Commune], faults: [DataFault]) {
        var lines = DataLines(bytes, file: file, required: ["code", "name", "kind"], wanted: "mỗi đơn vị một dòng")
        var communes: [Commune] = []
        var firstLine: [CommuneCode: Int] = [:]
        for line in lines.all {
            guard let code = CommuneCode(line["code"]) else {
                lines.fault(line, "mã đơn vị “\(line["code"])” không phải 5 chữ số")
                continue
            }
            guard !line["name"].isEmpty else {
                lines.fault(line, "đơn vị \(code) không có tên")
                continue
            }
            guard let kind = Commune.Kind(rawValue: line["kind"]) else {
                lines.fault(line, "loại đơn vị “\(line["kind"])” không phải xã, phường hay đặc khu")
                continue
            }
            if let first = firstLine[code] {
                lines.fault(line, "mã đơn vị \(code) đã có ở dòng \(first)")
                continue
            }
            firstLine[code] = line.number
            var point: Commune.Point?
            if let latitude = Double(line["centroid_lat"]), let longitude = Double(line["centroid_lon"]) {
                point = Commune.Point(latitude: latitude, longitude: longitude)
            }
            communes.append(
                Commune(
                    code: code, name: line["name"], kind: kind, formerDistrict: line["former_district_main"],
                    area: line["area_published_ok"] == "no" ? nil : Double(line["area_km2_published"]),
                    population: Int(line["population_published"]), alternativeName: line["name_alt_spelling"],
                    point: point, mappedArea: Double(line["area_km2_polygon"]),
                    isPlaceInFull: line["place_in_full"] == "yes"))
        }
        if communes.isEmpty, lines.faults.isEmpty {
            lines.fault(line: lines.headerLine, "tệp không có đơn vị nào")
        }
        return (communes, lines.faults)
    }
}

/// Reads `adjacency.csv`: pairs of communes that share a border, in the columns `code_a` and `code_b`.
public enum AdjacencyFile {
    public static func read(
        _ bytes: [UInt8], file: String, communes: Set<CommuneCode>
    ) -> (pairs: [CommunePair], faults: [DataFault]) {
        var lines = DataLines(bytes, file: file, required: ["code_a", "code_b"], wanted: "mỗi cặp giáp ranh một dòng")
        var pairs: [CommunePair] = []
        for line in lines.all {
            let codes = ["code_a", "code_b"].map { line[$0] }
            let known = codes.compactMap { CommuneCode($0) }.filter { communes.contains($0) }
            guard known.count == 2, known[0] != known[1] else {
                lines.fault(
                    line, "cặp “\(codes[0])” – “\(codes[1])” không phải hai đơn vị khác nhau trong communes.csv")
                continue
            }
            pairs.append(CommunePair(known[0], known[1]))
        }
        return (pairs, lines.faults)
    }
}

/// Reads `old-units.csv`: former units with the communes of today, in the columns `old_name`, `new_code`, and when present
/// `old_code`, `old_district`, `old_province` and `part_of_split` (`yes` where the land went to several communes).
public enum OldUnitFile {
    public static func read(
        _ bytes: [UInt8], file: String, communes: Set<CommuneCode>
    ) -> (units: [OldUnit], faults: [DataFault]) {
        var lines = DataLines(bytes, file: file, required: ["old_name", "new_code"], wanted: "mỗi đơn vị cũ một dòng")
        var units: [OldUnit] = []
        for line in lines.all {
            guard let successor = CommuneCode(line["new_code"]), communes.contains(successor) else {
                lines.fault(line, "mã đơn vị mới “\(line["new_code"])” không có trong communes.csv")
                continue
            }
            guard !line["old_name"].isEmpty else {
                lines.fault(line, "thiếu tên đơn vị cũ")
                continue
            }
            units.append(
                OldUnit(
                    code: line["old_code"], name: line["old_name"], district: line["old_district"],
                    province: line["old_province"], successor: successor, isSplit: line["part_of_split"] == "yes"))
        }
        return (units, lines.faults)
    }
}
