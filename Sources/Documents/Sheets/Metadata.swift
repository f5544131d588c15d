public import Kernel

/// What goes with an outgoing electronic document (Decree 30/2020/NĐ-CP, annex VI), with the lengths the annex allows.
public struct OutgoingMetadata: Sendable, Equatable {
    /// The agency's code for electronic exchange; empty while the administrator has not given it.
    public var organisation: String
    public var organisationName: String
    public var fileCatalog: Int?
    public var fileNotation: String
    public var ordinal: Int?
    public var type: DocumentType
    public var codeNumber: String
    public var codeNotation: String
    public var issuedOn: Day?
    public var subject: String
    public var pages: Int?
    public var description: String
    public var signerPosition: String
    public var signerName: String
    public var to: [String]

    public init(_ document: OfficialDocument, organisation: String = "") {
        self.organisation = organisation
        organisationName = document.agency.joined(separator: " ")
        fileCatalog = document.date?.year ?? (document.year > 0 ? document.year : nil)
        fileNotation = ""
        ordinal = nil
        type = document.type
        codeNumber = document.number.map { "\($0.number.map(String.init) ?? "")\($0.letter)" } ?? ""
        codeNotation = String((document.number?.symbol ?? document.symbol).trimmingPrefix("/"))
        issuedOn = document.date
        subject = document.summary
        pages = nil
        description = ""
        signerPosition = document.signature.last ?? ""
        signerName = document.signer.contains("…") ? "" : document.signer
        // Those it is written to; recipients such as “Như trên” name nobody.
        to =
            document.addressees.isEmpty
            ? document.recipients.filter { !$0.hasPrefix("Như ") } : document.addressees
    }

    /// What is longer than the annex allows, in Vietnamese.
    public var problems: [String] {
        let limits: [(String, String, Int)] = [
            ("mã cơ quan", organisation, 13), ("ký hiệu hồ sơ", fileNotation, 20), ("số", codeNumber, 11),
            ("ký hiệu", codeNotation, 30), ("tên cơ quan", organisationName, 200), ("trích yếu", subject, 500),
            ("ghi chú", description, 500), ("chức vụ người ký", signerPosition, 100),
            ("họ tên người ký", signerName, 50),
        ]
        return limits.filter { $0.1.count > $0.2 }.map {
            "\($0.0) dài \($0.1.count) ký tự, Phụ lục VI cho phép \($0.2)"
        }
    }

    /// As XML with the annex's names.
    public var xml: String {
        func tag(_ name: String, _ value: String) -> String { "<\(name)>\(XMLText.escaped(value))</\(name)>" }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OutgoingDocument>\n  <FileCode>"
        text += tag("OrganId", organisation) + tag("FileCatalog", fileCatalog.map(String.init) ?? "")
        text += tag("FileNotation", fileNotation) + "</FileCode>\n"
        for (name, value) in [
            ("DocOrdinal", ordinal.map(String.init) ?? ""), ("TypeName", type.words), ("CodeNumber", codeNumber),
            ("CodeNotation", codeNotation), ("IssuedDate", issuedOn?.vietnamese ?? ""), ("OrganName", organisationName),
            ("Subject", subject), ("Language", "Tiếng Việt"), ("PageAmount", pages.map(String.init) ?? ""),
            ("Description", description),
        ] {
            text += "  \(tag(name, value))\n"
        }
        text += "  <SignerInfo>\(tag("Position", signerPosition))\(tag("FullName", signerName))</SignerInfo>\n"
        for one in to { text += "  <To>\(tag("OrganId", ""))\(tag("OrganName", one))</To>\n" }
        text += "  \(tag("Priority", "0"))\n  \(tag("IssuedAmount", ""))\n  \(tag("DueDate", ""))\n"
        return text + "</OutgoingDocument>\n"
    }
}
