public import Kernel
import Tabular

/// Reads `communes.csv`: one line a commune, with at least the columns `code`, `name` and `kind`.
///
/// `former_district_main`, `area_km2_published` and `population_published` are taken when present; an area only where
/// `area_published_ok` does not say no. Other columns are left for those who need them.
public enum CommuneFile {
    /// - Returns: the communes that could be read, and every fault found on the way.
    public static func read(_ bytes: [UInt8], file: String) -> (communes: [Commune], faults: [DataFault]) {
        let records: [CSVRecord]
        do {
            records = try CSVReader.records(of: bytes)
        } catch {
            return ([], [DataFault(file: file, line: error.line, reason: error.description)])
        }
        guard let header = records.first else {
            return ([], [DataFault(file: file, line: 0, reason: "tệp trống; cần dòng tiêu đề và mỗi đơn vị một dòng")])
        }
        let columns = Dictionary(
            zip(header.fields, header.fields.indices), uniquingKeysWith: { first, _ in first })
        let missing = ["code", "name", "kind"].filter { columns[$0] == nil }
        guard missing.isEmpty else {
            let names = missing.joined(separator: ", ")
            return ([], [DataFault(file: file, line: header.line, reason: "thiếu cột \(names) ở dòng tiêu đề")])
        }

        var communes: [Commune] = []
        var faults: [DataFault] = []
        var firstLine: [CommuneCode: Int] = [:]
        for record in records.dropFirst() {
            func field(_ name: String) -> String {
                guard let index = columns[name], index < record.fields.count else { return "" }
                return VietnameseText.tidy(record.fields[index])
            }
            func fault(_ reason: String) {
                faults.append(DataFault(file: file, line: record.line, reason: reason))
            }
            guard let code = CommuneCode(field("code")) else {
                fault("mã đơn vị “\(field("code"))” không phải 5 chữ số")
                continue
            }
            guard !field("name").isEmpty else {
                fault("đơn vị \(code) không có tên")
                continue
            }
            guard let kind = Commune.Kind(rawValue: field("kind")) else {
                fault("loại đơn vị “\(field("kind"))” không phải xã, phường hay đặc khu")
                continue
            }
            if let first = firstLine[code] {
                fault("mã đơn vị \(code) đã có ở dòng \(first)")
                continue
            }
            firstLine[code] = record.line
            communes.append(
                Commune(
                    code: code, name: field("name"), kind: kind, formerDistrict: field("former_district_main"),
                    area: field("area_published_ok") == "no" ? nil : Double(field("area_km2_published")),
                    population: Int(field("population_published"))))
        }
        if communes.isEmpty, faults.isEmpty {
            faults.append(DataFault(file: file, line: header.line, reason: "tệp không có đơn vị nào"))
        }
        return (communes, faults)
    }
}
