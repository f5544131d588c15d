public import Kernel

// The exchange for programs of other agencies, and the page of who lets them.
extension Addresses {
    public static let exchangeOpenAPI = FixedPlace("/api/v1/exchange/openapi.json")
    public static let exchangeToken = FixedPlace("/api/v1/exchange/token")
    public static let exchangeAgreement = FixedPlace("/api/v1/exchange/agreement")
    public static let exchangeUploads = FixedPlace("/api/v1/exchange/uploads")
    public static let exchangeUpload = Place<RecordID>("/api/v1/exchange/uploads/{id}")
    public static let exchangeDeliveries = FixedPlace("/api/v1/exchange/deliveries")
    public static let exchangeDelivery = Place<Int>("/api/v1/exchange/deliveries/{number}")
    public static let exchangeReceipt = Place<Int>("/api/v1/exchange/deliveries/{number}/receipt")
    public static let exchangeQuality = Place<Int>("/api/v1/exchange/deliveries/{number}/quality")
    public static let exchangeReturned = Place<Int>("/api/v1/exchange/deliveries/{number}/returned")
    public static let exchangeAggregates = FixedPlace("/api/v1/exchange/aggregates")

    /// Whether a path is one of the exchange for programs, whose refusals have a form of their own.
    public static func isExchange(_ path: String) -> Bool { path.hasPrefix("/api/v1/exchange/") }

    public static let programKeys = FixedPlace("/quan-tri/chuong-trinh")
    public static let issueProgramKey = programKeys.form("cap")
    public static let program = Place<RecordID>("/quan-tri/chuong-trinh/{id}")
    public static let turnProgramKey = program.form("doi-khoa")
    public static let endProgram = program.form("thu-khoa")
    public static let confirmProgramKey = program.form("xac-nhan")
    public static let withdrawProgramKey = program.form("rut-de-nghi")
}
