import Access
public import Database
public import Kernel
public import Legislation

/// What people say of work, figures and papers, and what leaders ask of units in one line. Each use case stands in a file of
/// its own.
public struct RemarkService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let names: UnitNames
    let calendar: WorkingCalendar
    private let sources: [Subject.Kind: RemarkSource]

    /// - Parameter calendar: which days are worked: a leader's line without a day is answered within some.
    public init(
        store: any DataStore, clock: Clock, calendar: WorkingCalendar, names: UnitNames, sources: [RemarkSource]
    ) {
        self.store = store
        self.clock = clock
        self.calendar = calendar
        self.names = names
        self.sources = Dictionary(sources.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    }

    static let unknown = Refusal(
        .notFound, "Không có mục này để góp ý kiến, hoặc mục không thuộc phạm vi của bạn.")

    /// A thing that the person may see; nil for any other.
    func topic(_ subject: Subject, for viewer: Viewer, on connection: any SQLConnection) throws -> RemarkTopic? {
        guard let source = sources[subject.kind], try source.isOpen(subject.key, viewer, connection) else { return nil }
        return try source.topic(subject.key, connection)
    }

    /// A thing, whoever asks: for what the index of search knows of it.
    func topic(_ subject: Subject, on connection: any SQLConnection) throws -> RemarkTopic? {
        try sources[subject.kind]?.topic(subject.key, connection)
    }

    func openTopic(
        _ subject: Subject, for viewer: Viewer, on connection: any SQLConnection
    ) throws -> RemarkTopic {
        guard let topic = try topic(subject, for: viewer, on: connection) else { throw Self.unknown }
        return topic
    }

    /// The most letters of a remark, an answer, a leader's line.
    static let (longestRemark, longestLine) = (2_000, 300)

    /// Lines tidied, empty ones left out.
    /// - Throws: a problem of the field for a text that is empty, too long, or holds numbers of persons.
    func checked(_ text: String, asked: String, most: Int = longestRemark) throws(Refusal) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { VietnameseText.tidy($0) }.filter { !$0.isEmpty }
        let text = lines.joined(separator: "\n")
        guard !text.isEmpty else { throw Refusal(fields: [.init(RemarkField.text, "\(asked).")]) }
        guard text.count <= most else {
            throw Refusal(fields: [
                .init(
                    RemarkField.text,
                    "Dài \(VietnameseText.grouped(text.count)) ký tự; hãy rút còn không quá \(VietnameseText.grouped(most))."
                )
            ])
        }
        if let number = personalNumber(in: text) {
            throw Refusal(fields: [
                .init(
                    RemarkField.text,
                    "“\(number)” giống số căn cước hoặc số điện thoại của một người. Ý kiến nhiều người đọc được: hãy bỏ số đó, chỉ ghi số lượng người hoặc mã hồ sơ."
                )
            ])
        }
        return text
    }

    /// Twelve digits in a row are nobody's here, whatever they are.
    private func personalNumber(in text: String) -> String? {
        if let found = PersonalNumbers.found(in: text, today: clock.today).first { return found.written }
        return text.split { !("0"..."9").contains($0) }.first { $0.count == 12 }.map(String.init)
    }

    func check(_ seen: Int?, of version: Int) throws(Refusal) {
        guard let seen, seen != version else { return }
        throw Refusal(
            .stale,
            "Nội dung này vừa được thay đổi sau khi bạn mở trang. Chữ vừa gõ còn ở trang trước (nút quay lại của trình duyệt): hãy chép lấy, mở lại trang, xem rồi làm lại."
        )
    }
}

extension Viewer {
    /// For which unit the person speaks; nil for whoever belongs to none.
    var spokenFor: UnitCode? { ownUnits.first }

    /// Units whose things the person may find by words: the own, and communes of the own area.
    var knownUnits: [UnitCode] { Array(Set(ownUnits + communes.map(UnitCode.commune))).sorted() }
}
