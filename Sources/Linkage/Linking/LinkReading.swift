public import Foundation
public import Tabular

/// A list to link, and its name for messages.
public struct LinkList: Sendable {
    public let name: String
    public let source: RowSource

    public init(name: String, source: RowSource) {
        self.name = name
        self.source = source
    }

    public init(name: String, content: Data) { self.init(name: name, source: RowSource(content)) }
}

/// Reads the lists of a run into codes that equal values share.
struct LinkReading {
    let settings: LinkSettings
    let threads: Int
    var areas: AreaKnowledge?
    /// Leaves room for values that come later.
    var isOpen = false

    private struct Lists {
        var codes: [[UInt32]]
        var pools: [TextPool]
        var ids = TextList()
        var sources: [UInt8] = []
        var warnings: [String] = []
    }

    /// - Parameters:
    ///   - lists: one, two, or several.
    ///   - within: whether the doubles within each list are looked for as well; always so for one list.
    ///   - together: whether two lists become one side, as more than two do, so that clusters can be made of both.
    func read(_ lists: [LinkList], within: Bool, together: Bool = false) async throws -> LinkData {
        let names = settings.columns.keys.sorted()
        guard (1...64).contains(lists.count) else { throw SettingsError("cần từ 1 đến 64 danh sách") }
        let isTwoSided = lists.count == 2 && !within && !together
        var read = Lists(codes: names.map { _ in [] }, pools: names.map { _ in TextPool() })
        var left = read
        for (index, list) in lists.enumerated() {
            if isTwoSided, index == 1 {
                left = read
                read.codes = names.map { _ in [] }
                read.ids = TextList()
            }
            try await add(list, index, of: lists.count, names, to: &read)
        }
        if !isTwoSided { left = read }
        let pools = read.pools
        read.pools = []
        let columns = await columns(names, consume pools)
        let warnings =
            read.warnings
            + columns.indices.flatMap { index in
                ValueDoubts(
                    columns[index], codes: isTwoSided ? [left.codes[index], read.codes[index]] : [left.codes[index]]
                ).words
            }
            + names.indices.filter { columns[$0].pool.count == 0 }.map {
                "Cột “\(names[$0])” không có giá trị nào trong các tệp: không so sánh được theo cột này."
            }
        return LinkData(
            columns: columns, left: left.codes, right: read.codes, leftIDs: left.ids, rightIDs: read.ids,
            leftRows: left.ids.count, rightRows: read.ids.count, isSelf: !isTwoSided,
            sources: lists.count > 1 && !isTwoSided ? read.sources : [],
            linksAcross: !within && lists.count > 1 && !isTwoSided,
            warnings: warnings, rules: min(settings.blocking.count, LinkSettings.mostRules))
    }

    private func add(
        _ list: LinkList, _ index: Int, of count: Int, _ names: [String], to read: inout Lists
    ) async throws {
        let wanted = names.map { settings.columns[$0]?.name($0, inList: index, of: count) ?? $0 }
        // Handed over, so that nobody else holds them when values are added.
        var shared: [String: TextPool] = [:]
        for (column, name) in wanted.enumerated() where shared[name] == nil {
            shared[name] = read.pools[column]
            read.pools[column] = TextPool()
        }
        var file = try await RecordReader.read(
            list.source, file: list.name, id: settings.id, wanted: wanted, pools: consume shared,
            threads: threads)
        for (column, name) in wanted.enumerated() {
            guard let place = file.header.firstIndex(of: name) else { continue }
            var codes = file.columns[place]
            if !wanted[(column + 1)...].contains(name) { file.columns[place] = [] }
            if wanted.firstIndex(of: name) == column {
                read.pools[column] = file.pools[place]
            } else {
                // Read for another column already: its codes are put into those of this one.
                let map = read.pools[column].merge(file.pools[place])
                codes = codes.map { map[Int($0)] }
            }
            if let errors = ErrorValues.clear(from: &codes, pool: read.pools[column]) {
                read.warnings.append(
                    "Tệp \(list.name), cột “\(name)”: \(errors.count) ô là lỗi của công thức (\(errors.example)), coi là trống. Hãy sửa công thức hoặc dán giá trị."
                )
            }
            if read.codes[column].isEmpty { read.codes[column] = codes } else { read.codes[column] += codes }
        }
        read.ids.append(contentsOf: file.ids)
        read.sources += Array(repeating: UInt8(index), count: file.rows)
        if let row = file.firstShifted {
            read.warnings.append(
                "Tệp \(list.name): \(file.shifted) dòng có nhiều ô hơn dòng tiêu đề (dòng đầu tiên: \(row)); giá trị của chúng lệch cột nên không dùng, chỉ giữ mã. Hãy đặt giá trị có dấu ngăn cột trong ngoặc kép."
            )
        }
        if let row = file.firstUncomputed {
            read.warnings.append(
                "Tệp \(list.name): \(file.uncomputed) ô là công thức chưa có kết quả (dòng đầu tiên: \(row)), coi là trống. Hãy mở bằng Excel, lưu lại, hoặc dán giá trị."
            )
        }
        if let row = file.firstUneven {
            read.warnings.append(
                "Tệp \(list.name): \(file.uneven) dòng có số ô khác dòng tiêu đề (dòng đầu tiên: \(row)); ô thiếu coi là trống. Hãy kiểm tra dấu ngăn cột và dấu ngoặc kép."
            )
        }
    }

    private func columns(_ names: [String], _ given: consuming [TextPool]) async -> [LinkData.Column] {
        let pools = given
        let kinds = names.map { settings.columns[$0]?.kind ?? .text }
        let (areas, isOpen) = (areas, isOpen)
        return await withTaskGroup(of: (Int, LinkData.Column).self) { group in
            // The longest first, so that no core is left with one at the end.
            for index in names.indices.sorted(by: { (pools[$1].count, $0) < (pools[$0].count, $1) }) {
                group.addTask {
                    var pool = pools[index]
                    if kinds[index] == .commune { areas?.addNames(to: &pool) }
                    let values = ColumnValues(kind: kinds[index], pool: pool)
                    var column = LinkData.Column(
                        name: names[index], values: values, pool: pool, areas: areas, isOpen: isOpen)
                    if !isOpen { column.settle() }
                    return (index, column)
                }
            }
            var columns: [LinkData.Column?] = Array(repeating: nil, count: names.count)
            for await (index, column) in group { columns[index] = column }
            return columns.compactMap(\.self)
        }
    }
}
