public import Kernel
import Province
import Yams

/// Reads and checks a plan folder: `plan.yaml`, `targets.yaml`, `agencies.yaml`, `tasks.yaml`, `communes.csv`, and
/// when they are there `adjacency.csv`, `boundaries.geojson`, `old-units.csv`, `units.csv`, `scores.yaml`, `sharing.yaml`.
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
        let taskFile = yaml("tasks.yaml", read)
        let province = ProvinceFolder.load(read)
        faults += province.faults
        let scoring = scoringRules(read)
        guard var header, var targetFile, var taskFile, let agencies = province.agencies else {
            throw DataFaults(faults)
        }

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
        let laws = Self.laws(&header)
        let sharing = sharingLists(read, tasks: tasks, laws: laws)
        let measures = header.nodes("measures", of: root, required: false).map { node in
            PlanDefinition.MeasureSection(
                code: header.text("code", of: node), title: header.text("title", of: node),
                points: header.texts("points", of: node))
        }
        let seats = Self.steeringSeats(&header)
        let draft = (
            id: header.text("id", of: root), kind: header.text("kind", of: root), title: header.text("title", of: root),
            province: header.text("province", of: root), issuer: header.text("issuer", of: root),
            signedOn: header.optionalDay("signed_on", of: root), legalBases: header.texts("legal_bases", of: root),
            objectives: header.texts("objectives", of: root), organisation: header.texts("organisation", of: root),
            recipients: header.texts("recipients", of: root)
        )
        faults += header.faults + targetFile.faults + taskFile.faults
        guard faults.isEmpty, let years, let effective, let coordinatingCode,
            let communes = province.communes
        else {
            throw DataFaults(faults.sorted { ($0.file, $0.line) < ($1.file, $1.line) })
        }
        return PlanDefinition(
            id: draft.id, kind: draft.kind, title: draft.title, province: draft.province, issuer: draft.issuer,
            number: header.optionalText("number", of: root),
            numberSuffix: header.optionalText("number_suffix", of: root) ?? "", signedOn: draft.signedOn,
            effectiveFrom: effective, effectiveNote: header.optionalText("effective_note", of: root) ?? "",
            years: years,
            coordinatingAgency: coordinatingCode, legalBases: draft.legalBases, laws: laws,
            steeringSeats: seats, objectives: draft.objectives,
            measures: measures, organisation: draft.organisation, recipients: draft.recipients, baseline: baseline,
            targets: targets, agencies: agencies, unitsInForce: UnitsInForce(folder: province.units),
            groups: groups, tasks: tasks, communes: communes, scoring: scoring, sharing: sharing)
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

    private mutating func scoringRules(_ read: (String) -> [UInt8]?) -> ScoringRules? {
        guard let bytes = read("scores.yaml"), !bytes.isEmpty, var file = yaml("scores.yaml", read) else { return nil }
        let rules = ScoringSection.read(&file)
        faults += file.faults
        return rules
    }

    private mutating func sharingLists(
        _ read: (String) -> [UInt8]?, tasks: [PlanTask], laws: [PlanDefinition.Law]
    ) -> SharingLists {
        guard let bytes = read("sharing.yaml"), !bytes.isEmpty, var file = yaml("sharing.yaml", read) else {
            return SharingLists()
        }
        let lists = SharingLists.read(&file, tasks: Set(tasks.map(\.code)), laws: Set(laws.map(\.key)))
        faults += file.faults
        return lists
    }

    private static func laws(_ file: inout YAMLFile) -> [PlanDefinition.Law] {
        var laws: [PlanDefinition.Law] = []
        for node in file.nodes("laws", of: file.root, required: false) {
            let (key, name) = (file.text("key", of: node), file.text("name", of: node))
            guard let passed = file.optionalDay("passed", of: node) else {
                file.fault(node["passed"] ?? node, "luật “\(name)” thiếu ngày ban hành “passed” dạng yyyy-MM-dd")
                continue
            }
            var amended: [Day] = []
            for text in file.texts("amended", of: node) {
                guard let day = Day(text) else {
                    file.fault(node["amended"], "“amended” phải là các ngày dạng yyyy-MM-dd, không phải “\(text)”")
                    continue
                }
                amended.append(day)
            }
            if laws.contains(where: { $0.key == key }) { file.fault(node["key"], "luật “\(key)” đã có") }
            laws.append(
                .init(
                    key: key, name: name, passed: passed, amended: amended,
                    source: file.optionalText("source", of: node), doubt: file.optionalText("doubt", of: node)))
        }
        return laws
    }

    private static func steeringSeats(_ file: inout YAMLFile) -> [PlanDefinition.SteeringSeat] {
        var seats: [PlanDefinition.SteeringSeat] = []
        for node in file.nodes("steering_seats", of: file.root, required: false) {
            let words = file.texts("kinds", of: node)
            let kinds = words.compactMap { Commune.Kind(rawValue: $0) }
            if kinds.count != words.count {
                file.fault(node["kinds"], "“kinds” chỉ gồm xã, phường, đặc khu")
            }
            seats.append(
                .init(
                    seat: file.text("seat", of: node), position: file.text("position", of: node),
                    kinds: Set(kinds.isEmpty ? Commune.Kind.allCases : kinds)))
        }
        return seats
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
