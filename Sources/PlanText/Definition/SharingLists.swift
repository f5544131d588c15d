import Province
import Yams

/// What papers that share data offer to choose from, from `sharing.yaml`: lists of the province, none of a law.
public struct SharingLists: Sendable, Hashable {
    /// Data that bodies share, field by field.
    public struct DataSet: Sendable, Hashable {
        public struct Field: Sendable, Hashable {
            public let name: String
            /// `chữ`, `số`, `ngày`
            public let type: String
            public let source: String
            /// `cá nhân`, `nhạy cảm`; empty for what tells of nobody.
            public let personal: String
        }

        public let key: String
        public let name: String
        /// The codes of the tasks that it serves.
        public let tasks: [String]
        public let fields: [Field]
    }

    /// What a letter cites: laws of the plan's data by key, and acts in full.
    public struct Basis: Sendable, Hashable {
        public let key: String
        public let name: String
        public let laws: [String]
        public let more: [String]
    }

    public private(set) var dataSets: [DataSet] = []
    public private(set) var purposes: [String] = []
    public private(set) var bases: [Basis] = []
    /// What time the data tell of.
    public private(set) var spans: [String] = []
    public private(set) var frequencies: [String] = []

    public init() {}

    /// - Parameters:
    ///   - tasks: the codes of the plan's tasks.
    ///   - laws: the keys of the plan's laws.
    static func read(_ file: inout YAMLFile, tasks: Set<String>, laws: Set<String>) -> SharingLists {
        var lists = SharingLists()
        let root = file.root
        for node in file.nodes("data_sets", of: root, required: false) {
            let set = DataSet(
                key: file.text("key", of: node), name: file.text("name", of: node),
                tasks: file.texts("tasks", of: node),
                fields: file.nodes("fields", of: node).map { field in
                    DataSet.Field(
                        name: file.text("name", of: field), type: file.text("type", of: field),
                        source: file.text("source", of: field),
                        personal: file.optionalText("personal", of: field) ?? "")
                })
            if lists.dataSets.contains(where: { $0.key == set.key }) {
                file.fault(node["key"], "bộ dữ liệu “\(set.key)” đã có")
            }
            for code in set.tasks where !tasks.contains(code) {
                file.fault(node["tasks"], "không có nhiệm vụ “\(code)” trong tasks.yaml")
            }
            lists.dataSets.append(set)
        }
        for node in file.nodes("bases", of: root, required: false) {
            let basis = Basis(
                key: file.text("key", of: node), name: file.text("name", of: node),
                laws: file.texts("laws", of: node), more: file.texts("more", of: node))
            for key in basis.laws where !laws.contains(key) {
                file.fault(node["laws"], "không có luật “\(key)” trong plan.yaml")
            }
            lists.bases.append(basis)
        }
        lists.purposes = file.texts("purposes", of: root)
        lists.spans = file.texts("spans", of: root)
        lists.frequencies = file.texts("frequencies", of: root)
        return lists
    }
}
