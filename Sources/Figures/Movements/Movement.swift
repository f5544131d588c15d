public import Kernel
public import Tabular

/// What is counted of a month beside the participants at its end: who came and went, who could come, what is paid late.
///
/// The forms are those of Decision 366/QĐ-BHXH of 2026-04-29 (`bhxh-form-columns.csv`, `bhxh-report-b06-lines.csv`).
public enum MovementMeasure: String, Sendable, CaseIterable, Hashable, Codable, Comparable {
    /// At the beginning of the month, as a file states it.
    case opening
    /// Took part for the first time (“tăng mới”).
    case joined
    /// Had stopped and came back.
    case returned
    /// Took part for the first time through an organisation that collects (B15-UQ, “tăng mới”): part of ``joined``.
    case joinedThroughOrganisations = "joined-organisations"
    /// Went on when their period ended (B15, “tiếp tục tham gia”); part of those who take part, no flow.
    case continued
    /// Stopped in the month.
    case stopped
    /// At the end of the month, as a file states it (B16a-TS column 5; B06-TS lines 05, 09).
    case participants
    /// Stopped this year and did not come back until the end of the month (C21b-TS; B06-TS lines 82, 83).
    case stoppedOpen
    /// Of the voluntary: paid within their period (B06-TS line 17).
    case paid
    /// Of the voluntary: their period is due and not paid (B06-TS line 18).
    case due
    /// Of the voluntary: paid once for years ahead (B06-TS line 19).
    case ahead
    /// To be won in the month (B16a-TS column 2).
    case toDevelop
    /// Employers that could take part (B16a-TS column 3).
    case potentialUnits
    /// People who could take part (B16a-TS column 4).
    case potentialPeople
    /// Paid late or evaded, in đồng (B06-TS line 56: without what is not yet due and without unpaid State money).
    case late
    /// Paid late and bearing interest, in đồng (B16b-TS column 8).
    case lateWithInterest
    /// To be collected in the year, in đồng (B16b-TS column 3): what late money is a share of.
    case collectionPlan
    /// The labour force of working age: what coverage is a share of.
    case labourForce
    /// Of the labour force: takes part in neither scheme, by a review.
    case uninsured

    public enum Unit: Sendable { case people, employers, dong }

    public var unit: Unit {
        switch self {
        case .potentialUnits: .employers
        case .late, .lateWithInterest, .collectionPlan: .dong
        default: .people
        }
    }

    /// Whether a number of it is of one of the schemes.
    var isOfScheme: Bool {
        switch self {
        case .labourForce, .uninsured: false
        default: unit != .dong
        }
    }

    public var title: String {
        switch self {
        case .opening: "Đầu tháng"
        case .joined: "Tăng mới"
        case .returned: "Tham gia trở lại"
        case .joinedThroughOrganisations: "Tăng mới qua tổ chức dịch vụ thu"
        case .continued: "Tiếp tục tham gia qua tổ chức dịch vụ thu"
        case .stopped: "Dừng tham gia"
        case .participants: "Cuối tháng"
        case .stoppedOpen: "Đã dừng, chưa tham gia lại"
        case .paid: "Trong phương thức đóng, đã đóng"
        case .due: "Trong phương thức đóng, chưa đóng"
        case .ahead: "Đóng một lần cho nhiều năm về sau"
        case .toDevelop: "Phải phát triển trong tháng"
        case .potentialUnits: "Đơn vị tiềm năng"
        case .potentialPeople: "Người tiềm năng"
        case .late: "Chậm đóng, trốn đóng"
        case .lateWithInterest: "Chậm đóng tính lãi"
        case .collectionPlan: "Kế hoạch thu cả năm"
        case .labourForce: "Lực lượng lao động trong độ tuổi"
        case .uninsured: "Người chưa tham gia"
        }
    }

    public static func < (left: MovementMeasure, right: MovementMeasure) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// What a movement is of: the whole province, one commune, or the area of a BHXH cơ sở.
public enum MovementPlace: Sendable, Hashable, Comparable {
    case province
    case commune(CommuneCode)
    case unit(AgencyUnitCode)

    /// As it is stored: `*`, `10507`, `unit:bhxh-co-so-1`.
    public var key: String {
        switch self {
        case .province: "*"
        case .commune(let code): code.text
        case .unit(let code): "unit:" + code.text
        }
    }

    public init?(key: String) {
        if key == "*" {
            self = .province
        } else if key.hasPrefix("unit:") {
            guard let code = AgencyUnitCode(String(key.dropFirst(5))) else { return nil }
            self = .unit(code)
        } else {
            guard let code = CommuneCode(key) else { return nil }
            self = .commune(code)
        }
    }

    /// The communes it is made of; none for an office without a known area.
    func communes(of all: [CommuneCode], _ areas: [AgencyUnitCode: [CommuneCode]]) -> [CommuneCode] {
        switch self {
        case .province: all
        case .commune(let code): [code]
        case .unit(let unit): areas[unit] ?? []
        }
    }

    public static func < (left: MovementPlace, right: MovementPlace) -> Bool { left.key < right.key }
}

/// Which number: the key of what is stored.
public struct MovementKey: Sendable, Hashable, Comparable {
    public let place: MovementPlace
    public let month: Month
    public let measure: MovementMeasure
    /// Nil where the form does not part the schemes (late money).
    public let scheme: Scheme?
    /// A block of form B16a-TS; nil for all of a scheme.
    public let block: Block?

    public init(
        place: MovementPlace, month: Month, measure: MovementMeasure, scheme: Scheme? = nil, block: Block? = nil
    ) {
        self.place = place
        self.month = month
        self.measure = measure
        self.scheme = scheme
        self.block = block
    }

    public static func < (left: MovementKey, right: MovementKey) -> Bool {
        func order(_ key: MovementKey) -> (Month, String, Int, Int, MovementMeasure) {
            (
                key.month, key.place.key, key.scheme.map { $0 == .compulsory ? 1 : 2 } ?? 0, key.block?.rawValue ?? 0,
                key.measure
            )
        }
        return order(left) < order(right)
    }
}

/// One number of a file, with where it stands.
public struct ReadMovement: Sendable, Equatable {
    public let key: MovementKey
    /// People, employers or đồng: ``MovementMeasure/unit``.
    public let value: Int
    public let sheet: String
    public let row: Int
}

/// The forms that movements are read from.
public enum MovementForm: String, Sendable, CaseIterable, Codable {
    /// A table of a line a unit with columns of flows, in whatever order.
    case table
    case b06 = "B06-TS"
    case b15 = "B15-UQ"
    case b16a = "B16a-TS"
    case b16b = "B16b-TS"
    case c21b = "C21b-TS"

    public var title: String {
        switch self {
        case .table: "Bảng tăng, giảm theo đơn vị"
        case .b06: "Biểu B06-TS: tình hình thu"
        case .b15: "Biểu B15-UQ: kết quả của tổ chức dịch vụ thu"
        case .b16a: "Biểu B16a-TS: phát triển người tham gia theo khối"
        case .b16b: "Biểu B16b-TS: số thu, chậm đóng"
        case .c21b: "Biểu C21b-TS: người đã dừng, chưa tham gia lại"
        }
    }
}

/// What a file of movements says, with everything that was doubtful or wrong.
public struct MovementReading: Sendable, Equatable {
    public internal(set) var form: MovementForm = .table
    public internal(set) var month: Month?
    public internal(set) var movements: [ReadMovement] = []
    public internal(set) var acceptedRows = 0
    public internal(set) var rejectedRows = 0
    /// What is not taken and why.
    public internal(set) var errors: [CellNote] = []
    public internal(set) var warnings: [CellNote] = []
    public internal(set) var repairs: [CellNote] = []
    /// Rows that hold nothing to be taken.
    public internal(set) var skipped: [CellNote] = []
    public internal(set) var ignoredColumns: [String] = []
    /// The first title line: who made the table.
    public internal(set) var title = ""
    public internal(set) var cutoff: Day?
}
