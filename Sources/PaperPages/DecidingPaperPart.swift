import Access
import Components
import Documents
import Kernel
import Reports
import Targets
import WebDesk

/// A paper that gives targets, held against the desk: what issuing it does, and where its numbers differ.
struct DecidingPart: Sendable {
    struct Row: Sendable {
        let unit: String
        let measure: String
        let paper: String
        let desk: String
    }

    let words: String
    let desk: Frame.Link
    /// Whether its rows are the desk's.
    let verdict: String
    let rows: [Row]
    let hasRows: Bool
    let more: String?
    /// Writes it anew from the desk; nil while it fits.
    let rewrite: Frame.Link?
}

extension PaperPages {
    /// Differences shown: the rest is counted.
    private static let shownDifferences = 30

    func deciding(_ stored: StoredDocument, _ state: DecidingState) -> DecidingPart {
        let scenario = state.scenario
        let fits = state.differences.isEmpty && !state.isOutdated
        func number(_ value: Int?) -> String { value.map { VietnameseText.grouped($0) } ?? "không có" }
        let rest = state.differences.count - Self.shownDifferences
        return DecidingPart(
            words: words(of: stored, state),
            desk: Frame.Link("Phương án “\(scenario.name)”", Addresses.scenario(scenario.id)),
            verdict: fits
                ? "Đã đối chiếu: mọi dòng của văn bản khớp bàn phân bổ."
                : state.differences.isEmpty
                    ? "Phương án đã sửa sau khi soạn: số giao không khác, nhưng căn cứ hoặc ghi chú đã đổi."
                    : "Phương án khác văn bản ở \(VietnameseText.grouped(state.differences.count)) số:",
            rows: state.differences.prefix(Self.shownDifferences).map {
                .init(unit: $0.unit, measure: $0.measure, paper: number($0.paper), desk: number($0.desk))
            }, hasRows: !state.differences.isEmpty, more: rest > 0 ? "… và \(rest) số nữa" : nil,
            rewrite: fits || stored.signing != nil
                ? nil
                : Frame.Link(
                    "Soạn lại từ bàn phân bổ",
                    Addresses.newDocument(stored.templateID).with(.scenario, scenario.id)))
    }

    /// What issuing, correcting or withdrawing it does.
    private func words(of stored: StoredDocument, _ state: DecidingState) -> String {
        let scenario = state.scenario
        let isCity = scenario.scope == .city
        let units = isCity ? "xã, phường, đặc khu" : "tổ dân phố, thôn"
        if stored.signing != nil {
            return scenario.state == .decided
                ? "Chỉ tiêu năm \(scenario.year) đang theo văn bản này. Sửa số, ngày ở đây thì phương án và chỉ tiêu theo; thu hồi thì phương án mở lại và chỉ tiêu trước đó có hiệu lực lại."
                : "Phương án hiện chưa phải quyết định: chỉ tiêu không theo văn bản này."
        }
        if scenario.state == .decided {
            return "Phương án đã là \(scenario.citation ?? "quyết định"): văn bản này chỉ ghi được đúng số, ngày đó."
        }
        if let obstacle = state.obstacle {
            let citation = obstacle.citation ?? "quyết định"
            return state.replaceable == nil
                ? "Năm \(scenario.year) đã có \(citation). Muốn ban hành văn bản này, hãy thu hồi quyết định đó trên trang văn bản của nó; muốn sửa một số đơn vị, hãy tạo phương án điều chỉnh."
                : "Năm \(scenario.year) đang có \(citation). Ban hành văn bản này là thay thế quyết định đó: hãy đánh dấu và ghi lý do."
        }
        return
            "Ghi số, ngày và bản ký là giao chỉ tiêu: phương án thành quyết định, số liệu bị khóa, chỉ tiêu năm \(scenario.year) của \(VietnameseText.grouped(scenario.content.units.count)) \(units) theo văn bản này."
    }

    /// The fields of a paper's signing.
    /// - Parameter companion: of the paper that it goes with, whose number and day are its own.
    func issueFields(
        _ stored: StoredDocument, _ state: DecidingState?, _ document: OfficialDocument, companion: Signing?
    ) -> [Field] {
        var fields: [Field] = []
        if stored.signing != nil {
            let hasCopy = stored.signing?.file != nil
            fields.append(
                Field(
                    DocumentField.reason, "Lý do sửa",
                    hint: hasCopy ? nil : "Không cần khi chỉ nộp thêm bản đã ký, giữ nguyên số, ngày, người ký",
                    required: hasCopy))
        } else if let replaceable = state?.replaceable {
            fields = [
                Field(
                    DocumentField.replaces,
                    "Thay thế Quyết định số \(replaceable.signing?.citation ?? ""): quyết định đó hết hiệu lực",
                    kind: .check, value: replaceable.id.text),
                Field(DocumentField.reason, "Lý do thay thế", kind: .area),
            ]
        }
        // What stands is corrected, not typed anew.
        let known = companion ?? stored.signing
        return fields + [
            Field(
                SigningDraft.Key.number,
                document.issuedWith == nil ? "Số văn thư cấp" : "Số của văn bản kèm theo", kind: .code,
                hint: companion == nil
                    ? document.symbol.contains(DocumentTemplate.open)
                        ? "Ghi cả ký hiệu: hệ thống chưa biết ký hiệu của đơn vị"
                        : "Không cần ghi ký hiệu nếu là \(document.symbol)"
                    : "Lấy từ văn bản kèm theo đã ban hành", value: known?.number.description ?? ""),
            Field(SigningDraft.Key.day, "Ngày ban hành", value: known?.day.vietnamese ?? ""),
        ] + Field.signer(companion?.signer ?? stored.signer, required: true) + [
            Field(
                SigningDraft.Key.file, "Bản đã ký", kind: .file(.signedCopy),
                required: state != nil && stored.signing?.file == nil)
        ]
    }

    /// Whether the form of number and day is of use: a deciding paper that is not the desk's, or that stands against another
    /// decision, says so instead.
    static func canIssue(_ state: DecidingState?, _ stored: StoredDocument) -> Bool {
        guard let state else { return true }
        return stored.signing != nil || state.fits
    }
}
