public import Kernel
import Territory
import Yams

/// Reads and checks a plan folder: `plan.yaml`, `targets.yaml`, `agencies.yaml`, `tasks.yaml`, `communes.csv`, and
/// when they are there `adjacency.csv`, `old-units.csv`, `scores.yaml`.
///
/// Every file is read and every fault found is reported, not only the first, each with file, line and reason.
public struct PlanLoader {
    /// - Parameter read: the bytes of a file of the folder, nil when it is not there. The edge of the program knows disks.
    /// - Throws: ``DataFaults``
    public static func load(_ read: (String) -> [UInt8]?) throws(DataFaults) -> PlanDefinition {
        var loader = PlanLoader()
        return try loader.load(read)
    }

    private var faults: [DataFault] = []

    private mutating func load(_ read: (String) -> [UInt8]?) throws(DataFaults) -> PlanDefinition {
        let header = yaml("plan.yaml", read)
        let targetFile = yaml("targets.yaml", read)
        let agencyFile = yaml("agencies.yaml", read)
        let taskFile = yaml("tasks.yaml", read)
        let communes = communeDirectory(read)
        let scoring = scoringRules(read)
        guard var header, var targetFile, var agencyFile, var taskFile else { throw DataFaults(faults) }

        let agencies = AgencySection.read(&agencyFile)
        let years = Self.years(&header)
        let (baseline, targets) = TargetSection.read(&targetFile, years: years)
        let (groups, tasks) = TaskSection.read(&taskFile, agencies: agencies, years: years)

        let root = header.root
        let coordinating = header.text("coordinating_agency", of: root)
        let coordinatingCode = AgencyCode(coordinating).flatMap { code in
            agencies.contains { $0.code == code } ? code : nil
        }
        if coordinatingCode == nil {
            header.fault(
                root["coordinating_agency"], "cơ quan thường trực “\(coordinating)” không có trong agencies.yaml")
        }
        let effective = header.optionalDay("effective_from", of: root)
        if effective == nil {
            header.fault(root["effective_from"] ?? root, "thiếu ngày bắt đầu áp dụng “effective_from”")
        }
        let measures = header.nodes("measures", of: root, required: false).map { node in
            PlanDefinition.Measure(
                code: header.text("code", of: node), title: header.text("title", of: node),
                points: header.texts("points", of: node))
        }
        let draft = (
            id: header.text("id", of: root), kind: header.text("kind", of: root), title: header.text("title", of: root),
            province: header.text("province", of: root), issuer: header.text("issuer", of: root),
            signedOn: header.optionalDay("signed_on", of: root), legalBases: header.texts("legal_bases", of: root),
            objectives: header.texts("objectives", of: root), organisation: header.texts("organisation", of: root),
            recipients: header.texts("recipients", of: root)
        )
        faults += header.faults + targetFile.faults + agencyFile.faults + taskFile.faults
        guard faults.isEmpty, let years, let effective, let coordinatingCode, let communes else {
            throw DataFaults(faults.sorted { ($0.file, $0.line) < ($1.file, $1.line) })
        }
        return PlanDefinition(
            id: draft.id, kind: draft.kind, title: draft.title, province: draft.province, issuer: draft.issuer,
            number: header.optionalText("number", of: root),
            numberSuffix: header.optionalText("number_suffix", of: root) ?? "", signedOn: draft.signedOn,
            effectiveFrom: effective, effectiveNote: header.optionalText("effective_note", of: root) ?? "",
            years: years,
            coordinatingAgency: coordinatingCode, legalBases: draft.legalBases, objectives: draft.objectives,
            measures: measures, organisation: draft.organisation, recipients: draft.recipients, baseline: baseline,
            targets: targets, agencies: agencies, groups: groups, tasks: tasks, communes: communes, scoring: scoring)
    }

    private mutating func yaml(_ name: String, _ read: (String) -> [UInt8]?) -> YAMLFile? {
        guard let bytes = read(name) else {
            faults.append(DataFault(file: name, line: 0, reason: "thiếu tệp này trong thư mục kế hoạch"))
            return nil
        }
        do {
            return try YAMLFile(name: name, bytes: bytes)
        } catch {
            faults.append(error)
            return nil
        }
    }

    private mutating func communeDirectory(_ read: (String) -> [UInt8]?) -> CommuneDirectory? {
        let name = "communes.csv"
        guard let bytes = read(name) else {
            faults.append(DataFault(file: name, line: 0, reason: "thiếu tệp này trong thư mục kế hoạch"))
            return nil
        }
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
        return CommuneDirectory(result.communes, neighbours: neighbours, oldUnits: oldUnits)
    }

    private mutating func scoringRules(_ read: (String) -> [UInt8]?) -> ScoringRules? {
        guard let bytes = read("scores.yaml"), !bytes.isEmpty, var file = yaml("scores.yaml", read) else { return nil }
        let rules = ScoringSection.read(&file)
        faults += file.faults
        return rules
    }

    private static func years(_ file: inout YAMLFile) -> ClosedRange<Int>? {
        guard let first = file.integer("first_year", of: file.root), let last = file.integer("last_year", of: file.root)
        else { return nil }
        guard first <= last, (1990...2200).contains(first), last - first < 50 else {
            file.fault(file.root["last_year"], "năm cuối \(last) phải không trước năm đầu \(first)")
            return nil
        }
        return first...last
    }
}

/// `agencies.yaml`
enum AgencySection {
    static func read(_ file: inout YAMLFile) -> [Agency] {
        var agencies: [Agency] = []
        var nodes: [Node] = []
        for node in file.nodes("agencies", of: file.root) {
            let text = file.text("code", of: node)
            guard let code = AgencyCode(text) else {
                file.fault(node["code"], "mã cơ quan “\(text)” phải gồm chữ thường không dấu, chữ số và dấu nối")
                continue
            }
            if agencies.contains(where: { $0.code == code }) {
                file.fault(node["code"], "mã cơ quan “\(code)” đã có")
                continue
            }
            let kindText = file.text("kind", of: node)
            guard let kind = Agency.Kind(rawValue: kindText) else {
                let known = Agency.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                file.fault(node["kind"], "loại cơ quan “\(kindText)” không có; các loại: \(known)")
                continue
            }
            if kind == .communes, agencies.contains(where: { $0.kind == .communes }) {
                file.fault(node["kind"], "chỉ một mục đại diện cho các xã, phường, đặc khu")
            }
            agencies.append(
                Agency(
                    code: code, name: file.text("name", of: node), spellings: file.texts("spellings", of: node),
                    kind: kind,
                    superior: file.optionalText("superior", of: node).flatMap { AgencyCode($0) },
                    role: file.optionalText("role", of: node) ?? ""))
            nodes.append(node)
        }
        for (agency, node) in zip(agencies, nodes) {
            guard let superior = file.optionalText("superior", of: node) else { continue }
            if !agencies.contains(where: { $0.code.text == superior }) {
                file.fault(
                    node["superior"], "cơ quan cấp trên “\(superior)” của “\(agency.code)” không có trong danh sách")
            } else if superior == agency.code.text {
                file.fault(node["superior"], "cơ quan “\(superior)” không thể là cấp trên của chính mình")
            }
        }
        for (agency, node) in zip(agencies, nodes) where isInCycle(agency, of: agencies) {
            file.fault(node["superior"], "chuỗi cơ quan cấp trên của “\(agency.code)” quay lại chính nó")
        }
        return agencies
    }

    /// Whether an agency is above itself by way of others.
    private static func isInCycle(_ agency: Agency, of agencies: [Agency]) -> Bool {
        var seen: Set<AgencyCode> = []
        var next = agency.superior
        while let code = next, code != agency.code, seen.insert(code).inserted {
            next = agencies.first { $0.code == code }?.superior
        }
        return next == agency.code && agency.superior != agency.code
    }
}

/// `targets.yaml`
enum TargetSection {
    static func read(_ file: inout YAMLFile, years: ClosedRange<Int>?) -> (Baseline, [AnnualTarget]) {
        var targets: [AnnualTarget] = []
        for node in file.nodes("targets", of: file.root) {
            guard let year = file.integer("year", of: node), let totalNode = node["total"],
                let voluntaryNode = node["voluntary"], let total = file.integer("people", of: totalNode),
                let voluntary = file.integer("people", of: voluntaryNode)
            else {
                file.fault(node, "mỗi năm cần year, total và voluntary, mỗi chỉ tiêu có operator và people")
                continue
            }
            func sign(_ node: Node) -> AnnualTarget.Operator? {
                file.optionalText("operator", of: node).flatMap(AnnualTarget.Operator.init(rawValue:))
            }
            guard let totalSign = sign(totalNode), let voluntarySign = sign(voluntaryNode) else {
                file.fault(sign(totalNode) == nil ? totalNode : voluntaryNode, "operator phải là \"=\" hoặc \">=\"")
                continue
            }
            if total < 0 || voluntary < 0 {
                file.fault(total < 0 ? totalNode : voluntaryNode, "chỉ tiêu năm \(year) không thể là số âm")
            } else if voluntary > total {
                file.fault(
                    voluntaryNode,
                    "chỉ tiêu tự nguyện năm \(year) (\(VietnameseText.grouped(voluntary))) lớn hơn tổng số "
                        + "(\(VietnameseText.grouped(total))); tự nguyện là một phần của tổng số")
            }
            if let previous = targets.last {
                if previous.year >= year { file.fault(node["year"], "năm \(year) lặp lại hoặc đứng sai thứ tự") }
                if total < previous.total {
                    file.fault(
                        totalNode,
                        "tổng số năm \(year) (\(VietnameseText.grouped(total))) thấp hơn năm \(previous.year) "
                            + "(\(VietnameseText.grouped(previous.total)))")
                }
                if voluntary < previous.voluntary {
                    file.fault(voluntaryNode, "chỉ tiêu tự nguyện năm \(year) thấp hơn năm \(previous.year)")
                }
            }
            if let years, !years.contains(year) {
                file.fault(node["year"], "năm \(year) nằm ngoài kế hoạch (\(years.lowerBound)–\(years.upperBound))")
            }
            targets.append(
                AnnualTarget(
                    year: year, total: total, totalOperator: totalSign, voluntary: voluntary,
                    voluntaryOperator: voluntarySign))
        }
        for year in years ?? 0...0 where years != nil && !targets.contains(where: { $0.year == year }) {
            file.fault(file.root["targets"], "thiếu chỉ tiêu năm \(year)")
        }
        return (baseline(&file, years: years), targets)
    }

    private static func baseline(_ file: inout YAMLFile, years: ClosedRange<Int>?) -> Baseline {
        guard let node = file.root["baseline"], node.mapping != nil else {
            return Baseline(year: (years?.lowerBound ?? 1) - 1, total: nil, voluntary: nil, source: nil, asOf: nil)
        }
        func people(_ key: String) -> Int? {
            guard let text = file.optionalText(key, of: node) else { return nil }
            guard let people = Int(text), people >= 0 else {
                file.fault(node[key], "số liệu gốc “\(text)” phải là số nguyên không âm, viết liền chữ số")
                return nil
            }
            return people
        }
        let total = people("total")
        let voluntary = people("voluntary")
        let source = file.optionalText("source", of: node)
        let asOf = file.optionalDay("as_of", of: node)
        if total != nil || voluntary != nil, source == nil || asOf == nil {
            file.fault(node, "số liệu gốc phải có nguồn (source) và ngày chốt (as_of)")
        }
        if let total, let voluntary, voluntary > total {
            file.fault(node["voluntary"], "số liệu gốc tự nguyện lớn hơn tổng số; tự nguyện là một phần của tổng số")
        }
        return Baseline(
            year: file.integer("year", of: node) ?? 0, total: total, voluntary: voluntary, source: source, asOf: asOf)
    }
}
