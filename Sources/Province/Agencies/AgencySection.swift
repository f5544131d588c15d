import Kernel
import Yams

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
                    standsForUnits: standsForUnits(node, kind: kind, in: &file),
                    identity: identity(node, in: &file),
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

    private static func standsForUnits(_ node: Node, kind: Agency.Kind, in file: inout YAMLFile) -> Bool {
        guard let units = file.optionalText("units", of: node) else { return false }
        if units != "many" {
            file.fault(node["units"], "“units” chỉ nhận many (tên gọi chung của nhiều đơn vị), không phải “\(units)”")
        } else if kind == .communes || kind == .unspecified {
            file.fault(node["units"], "loại “\(kind.rawValue)” không dùng danh sách đơn vị; hãy bỏ “units”")
        }
        return units == "many"
    }

    private static let identityKeys = ["name", "body_above", "symbol", "head", "deputy", "collective", "place"]

    private static func identity(_ node: Node, in file: inout YAMLFile) -> LegalIdentity {
        guard let identity = node["identity"], identity.null == nil else { return LegalIdentity() }
        guard let mapping = identity.mapping else {
            file.fault(identity, "“identity” phải gồm các khóa \(identityKeys.joined(separator: ", "))")
            return LegalIdentity()
        }
        for key in mapping.keys where !identityKeys.contains(key.string ?? "") {
            file.fault(
                key,
                "khóa “\(key.string ?? "")” không có trong “identity”; các khóa: \(identityKeys.joined(separator: ", "))"
            )
        }
        let symbol = file.optionalText("symbol", of: identity)
        if let symbol, !LegalIdentity.isSymbol(symbol) {
            file.fault(
                identity["symbol"], "ký hiệu “\(symbol)” chỉ gồm chữ, chữ số, dấu nối và dấu chấm, ví dụ SNV")
        }
        return LegalIdentity(
            name: file.optionalText("name", of: identity),
            bodyAbove: file.optionalText("body_above", of: identity).map { $0 == "none" ? .nobody : .body($0) },
            symbol: symbol, head: file.optionalText("head", of: identity),
            deputy: file.optionalText("deputy", of: identity),
            collective: file.optionalText("collective", of: identity), place: file.optionalText("place", of: identity))
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
