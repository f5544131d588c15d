/// How the signer stands to the head whose title a paper is signed under (Decree 30/2020/NĐ-CP, annex I, II.7).
///
/// “TM.” is not among them: whether a paper is a collective's belongs to the paper, and whoever signs it, the head or a
/// deputy, signs under the collective's name.
public enum SigningForm: String, Sendable, CaseIterable {
    /// The head.
    case ownTitle = "own-title"
    /// Whoever has been given the head's seat: Q.
    case acting
    /// A deputy for the head: KT.
    case deputy
    /// The head of a unit below, by order: TL.
    case byOrder = "by-order"
    /// By written authorisation: TUQ.
    case byAuthority = "by-authority"

    /// What is printed before the head's title.
    public var abbreviation: String {
        switch self {
        case .ownTitle: ""
        case .acting: "Q."
        case .deputy: "KT."
        case .byOrder: "TL."
        case .byAuthority: "TUQ."
        }
    }

    /// As forms offer it.
    public var title: String {
        switch self {
        case .ownTitle: "Người đứng đầu ký"
        case .acting: "Q. – quyền người đứng đầu"
        case .deputy: "KT. – cấp phó ký thay"
        case .byOrder: "TL. – ký thừa lệnh"
        case .byAuthority: "TUQ. – ký thừa ủy quyền"
        }
    }

    /// Whether the signer's own position cannot be told from the head's: a deputy's can (“Phó” and the head's title).
    public var needsPosition: Bool { self == .byOrder || self == .byAuthority }
}

/// Who signs, and how.
public struct Signer: Sendable, Hashable {
    /// Family name first, without academic titles (annex I, II.7.b); empty while not known.
    public var name: String
    public var form: SigningForm
    /// The signer's own position where another than the head's: `Phó Chủ tịch`, `Chánh Văn phòng`; empty otherwise.
    public var position: String

    public init(name: String = "", form: SigningForm = .ownTitle, position: String = "") {
        self.name = name
        self.form = form
        self.position = position
    }

    /// Lines of the signature above the hand, the largest body first.
    /// - Parameters:
    ///   - collective: for whom a collective's paper is signed (“TM.”); empty where the head decides alone. By order and by
    ///     authority nobody signs for a collective.
    ///   - head: the title of whoever heads the agency: `Chủ tịch`.
    ///   - deputy: that of a deputy; empty: “Phó” before the head's.
    public func lines(collective: String, head: String, deputy: String = "") -> [String] {
        let over = collective.isEmpty || form.needsPosition ? [] : ["TM. \(collective)"]
        switch form {
        case .ownTitle: return over + [head]
        case .acting: return over + ["\(form.abbreviation) \(head)"]
        case .deputy:
            return over + [
                "\(form.abbreviation) \(head)", position.isEmpty ? (deputy.isEmpty ? "Phó \(head)" : deputy) : position,
            ]
        case .byOrder, .byAuthority: return ["\(form.abbreviation) \(head)", position]
        }
    }
}

/// Number, day, signer and signed copy of a paper: entered once, read by everything that cites it.
public struct Signing: Sendable, Equatable {
    public var number: DocumentNumber
    public var day: Day
    public var signer: Signer
    /// The signed copy; nil where none was kept.
    public var file: RecordID?

    public init(number: DocumentNumber, day: Day, signer: Signer = Signer(), file: RecordID? = nil) {
        self.number = number
        self.day = day
        self.signer = signer
        self.file = file
    }

    /// What a table of somebody else's cites: “QĐ số 5012/QĐ-UBND ngày 20/11/2026 của …”, “… ngày 5 tháng 1 năm 2026”; nil
    /// unless it names one number and one day.
    public init?(citedIn text: String) {
        let cited =
            /([0-9]{1,8}[A-Za-z]?\/[^\s,;()]+),?\s+ngày\s+([0-9]{1,2})(?:[\/.\-]|\s+tháng\s+)([0-9]{1,2})(?:[\/.\-]|\s+năm\s+)([0-9]{4})/
        let found = VietnameseText.tidy(text).matches(of: cited)
        guard let one = found.first?.output, found.count == 1, let number = DocumentNumber(typed: String(one.1)),
            let year = Int(one.4), let month = Int(one.3), let dayOfMonth = Int(one.2),
            let day = Day(year: year, month: month, day: dayOfMonth)
        else { return nil }
        self.init(number: number, day: day)
    }

    /// `05/QĐ-UBND ngày 20/11/2026`, behind the paper's type.
    public var citation: String { "\(number) ngày \(day.vietnamese)" }
}
