public import Kernel

// Official documents and the steering committees.
extension Addresses {
    public static let documents = FixedPlace("/van-ban")
    /// A new document of a kind, by its template.
    public static let newDocument = Place<String>("/van-ban/moi/{template}")
    public static let document = Place<RecordID>("/van-ban/{id}")
    /// As a file: `docx`, `xlsx`, `xml`.
    public static let documentFile = Place<RecordID, String>("/van-ban/{id}/tai/{format}")
    public static let issueDocument = document.form("ban-hanh")
    /// A second person confirms what was proposed to enter, or anybody who may enter it takes it back.
    public static let confirmIssue = document.form("xac-nhan")
    public static let withdrawIssue = document.form("rut-de-nghi")
    /// Who answered a paper that asks for answers.
    public static let replies = document.below("tra-loi")
    /// The answers to one paper as a workbook.
    public static let repliesWorkbook = FixedPlace("/van-ban/tra-loi.xlsx")
    public static let enterReply = replies.form("ghi")
    /// Orders one letter for each of its addressees, in one archive.
    public static let makeLetters = replies.form("tung-don-vi")
    public static let signedDocument = document.below("ban-ky")
    /// Hands a paper in as a product of work.
    public static let handInDocument = document.form("san-pham")
    /// Says that a paper no longer holds.
    public static let endDocument = document.form("thu-hoi")
    /// A second person confirms the end that was proposed, or anybody who may end the paper takes it back.
    public static let confirmEnd = document.form("xac-nhan-thu-hoi")
    public static let withdrawEnd = document.form("rut-de-nghi-thu-hoi")
    public static let template = Place<String>("/van-ban/mau/{template}")
    public static let previewTemplate = template.form("xem")
    public static let keepTemplate = template.form("luu")
    /// Orders all communes' reports in one archive.
    public static let communeReports = FixedPlace("/bao-cao-xa").form(on: documents)
    public static let makePDF = document.form("pdf")
    /// Orders the sheets of all groups in one archive.
    public static let groupSheets = scenario.form("phieu")
    /// One group's sheet as Word.
    public static let groupSheet = scenarioUnit.below("phieu")
    /// Orders the picture of one.
    public static let groupPicture = scenarioUnit.form("anh")

    public static let steering = Place<CommuneCode>("/ban-chi-dao/{unit}")
    public static let seatMember = steering.form("them")
    public static let memberLeft = steering.form("roi")
}
