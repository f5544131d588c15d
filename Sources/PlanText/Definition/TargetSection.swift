import Kernel
import Province
import Yams

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
