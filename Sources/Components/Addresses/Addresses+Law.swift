public import Kernel

// The law: calculators and parameters for everybody, the same for programs, and entering values.
extension Addresses {
    public static let calculators = FixedPlace("/tra-cuu")
    public static let voluntary = FixedPlace("/tra-cuu/tu-nguyen")
    public static let voluntaryRefund = FixedPlace("/tra-cuu/hoan-tra")
    public static let compulsory = FixedPlace("/tra-cuu/bat-buoc")
    public static let latePayment = FixedPlace("/tra-cuu/cham-dong")
    public static let retirement = FixedPlace("/tra-cuu/tuoi-nghi-huu")
    public static let coverage = FixedPlace("/tra-cuu/ai-tham-gia")
    public static let severalContracts = FixedPlace("/tra-cuu/nhieu-noi")
    public static let householdHealth = FixedPlace("/tra-cuu/bhyt-ho-gia-dinh")
    public static let pension = FixedPlace("/tra-cuu/luong-huu")
    public static let withoutPension = FixedPlace("/tra-cuu/khong-luong-huu")
    public static let lumpSum = FixedPlace("/tra-cuu/mot-lan")
    public static let maternity = FixedPlace("/tra-cuu/thai-san")
    public static let fine = FixedPlace("/tra-cuu/muc-phat")
    public static let clock = FixedPlace("/tra-cuu/thoi-han")
    public static let parameters = FixedPlace("/van-ban-tham-so")
    public static let parameter = Place<String>("/van-ban-tham-so/{key}")
    /// The document behind a value.
    public static let parameterDocument = Place<String, RecordID>("/van-ban-tham-so/{key}/van-ban/{id}")
    /// Where the administrator enters a value of a parameter.
    public static let enterParameter = Place<String>("/quan-tri/tham-so/{key}")
    /// An entered value, before it is kept.
    public static let amendment = Place<RecordID>("/quan-tri/gia-tri/{id}")
    public static let keepAmendment = amendment.form("luu")
    public static let dropAmendment = amendment.form("bo")
    public static let withdrawAmendment = amendment.form("thu-hoi")

    /// Everything below is for programs and is answered in their form.
    public static let programs = FixedPlace("/api/**")
    /// Whether a path is asked for by programs, which are answered in their own form.
    public static func isForPrograms(_ path: String) -> Bool { path.hasPrefix("/api/") }

    public static let lawAPI = FixedPlace("/api/v1/law")
    public static let lawOpenAPI = FixedPlace("/api/v1/law/openapi.json")
    public static let lawAPIParameters = FixedPlace("/api/v1/law/parameters")
    public static let lawAPIParameter = Place<String>("/api/v1/law/parameters/{key}")
    public static let lawAPIClocks = FixedPlace("/api/v1/law/clocks")
    public static let lawAPIClock = Place<String>("/api/v1/law/clocks/{name}")
    public static let lawAPICalculation = Place<String>("/api/v1/law/calculate/{name}")
}
