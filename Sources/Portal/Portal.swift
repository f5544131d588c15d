public import Components
public import Foundation
public import Kernel
public import Legislation

/// Pages that anybody may read without signing in. Keeps nothing of what is typed.
public struct Portal: Sendable {
    public let table: ParameterTable

    public init(table: ParameterTable) { self.table = table }

    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] { [LawIndexPage.self, LawPage.self, ParametersPage.self] }

    /// A page ready to be put into its frame.
    public struct Answer: Sendable {
        public let title: String
        public let page: any Page
        /// Whether what was typed could not be used.
        public let isRefused: Bool
    }

    /// The pages.
    public enum Subject: CaseIterable, Sendable {
        case voluntary, refund, compulsory, coverage, contracts, household
        case retirement, pension, withoutPension, lumpSum, maternity
        case late, fine, clock, parameters

        public var place: FixedPlace {
            switch self {
            case .voluntary: Addresses.voluntary
            case .refund: Addresses.voluntaryRefund
            case .compulsory: Addresses.compulsory
            case .coverage: Addresses.coverage
            case .contracts: Addresses.severalContracts
            case .household: Addresses.householdHealth
            case .retirement: Addresses.retirement
            case .pension: Addresses.pension
            case .withoutPension: Addresses.withoutPension
            case .lumpSum: Addresses.lumpSum
            case .maternity: Addresses.maternity
            case .late: Addresses.latePayment
            case .fine: Addresses.fine
            case .clock: Addresses.clock
            case .parameters: Addresses.parameters
            }
        }

        public var title: String {
            switch self {
            case .voluntary: "Tôi đóng bao nhiêu, được gì"
            case .refund: "Hoàn trả tiền đóng tự nguyện"
            case .compulsory: "Mức đóng BHXH bắt buộc"
            case .coverage: "Ai phải tham gia"
            case .contracts: "Làm việc ở nhiều nơi"
            case .household: "BHYT hộ gia đình"
            case .retirement: "Tuổi nghỉ hưu của tôi"
            case .pension: "Lương hưu"
            case .withoutPension: "Khi không có lương hưu"
            case .lumpSum: "BHXH một lần"
            case .maternity: "Thai sản BHXH tự nguyện"
            case .late: "Chậm đóng, trốn đóng"
            case .fine: "Mức phạt"
            case .clock: "Thời hạn"
            case .parameters: "Văn bản và tham số"
            }
        }

        /// What the page answers, in a sentence.
        var lead: String {
            switch self {
            case .voluntary:
                "BHXH tự nguyện: mỗi tháng đóng bao nhiêu, Nhà nước hỗ trợ bao nhiêu, khi nào có lương hưu và được bao nhiêu."
            case .refund: "Đã đóng cho nhiều tháng rồi thôi giữa chừng: được hoàn trả bao nhiêu."
            case .compulsory:
                "Mỗi tháng người lao động, người sử dụng lao động hoặc chủ hộ kinh doanh đóng bao nhiêu."
            case .coverage: "Thuộc diện BHXH bắt buộc hay tự nguyện, theo điểm nào của Điều 2, vì sao."
            case .contracts: "Có nhiều hợp đồng lao động: hợp đồng nào làm căn cứ, nơi nào đóng bao nhiêu."
            case .household: "Cả hộ đóng bảo hiểm y tế bao nhiêu, giảm dần theo thứ tự thành viên."
            case .retirement:
                "Ngày bạn đủ tuổi nghỉ hưu trong điều kiện lao động bình thường, tháng đầu hưởng lương hưu."
            case .pension: "Lương hưu hằng tháng, trợ cấp một lần khi nghỉ hưu, những tháng cuối còn thiếu."
            case .withoutPension:
                "Trợ cấp hưu trí xã hội và trợ cấp hằng tháng cho người chưa đủ điều kiện hưởng lương hưu."
            case .lumpSum: "Có được rút BHXH một lần không, được bao nhiêu."
            case .maternity: "Trợ cấp thai sản của người tham gia BHXH tự nguyện, cả khi thai chết."
            case .late: "Từ ngày nào là chậm đóng, từ ngày nào là trốn đóng, phải nộp thêm bao nhiêu."
            case .fine:
                "Khung tiền phạt theo ngày vi phạm: Nghị định 12/2022 trước 10/09/2026, Nghị định 283/2026 từ ngày đó."
            case .clock: "Ngày cuối của một thời hạn theo luật, những ngày nghỉ không tính, căn cứ điều nào."
            case .parameters:
                "Mọi mức tiền, tỷ lệ, tuổi và thời hạn mà hệ thống dùng, theo ngày, với điều khoản và độ tin cậy."
            }
        }

        /// Who decides in earnest.
        var decider: String {
            switch self {
            case .fine, .clock: "người có thẩm quyền"
            default: "cơ quan BHXH"
            }
        }

        var group: Group {
            switch self {
            case .voluntary, .refund, .compulsory, .coverage, .contracts, .household: .paying
            case .retirement, .pension, .withoutPension, .lumpSum, .maternity: .receiving
            case .late, .fine, .clock, .parameters: .duties
            }
        }
    }

    /// Pages that are looked for together.
    enum Group: CaseIterable {
        case paying, receiving, duties

        var title: String {
            switch self {
            case .paying: "Tham gia và đóng"
            case .receiving: "Hưởng"
            case .duties: "Vi phạm, thời hạn, văn bản"
            }
        }

        var subjects: [Subject] { Subject.allCases.filter { $0.group == self } }
    }

    /// - Parameters:
    ///   - query: as typed.
    ///   - today: for what is left out.
    public func page(_ subject: Subject, query: [String: String], today: Day) -> Answer {
        let typed = Typed(query)
        return switch subject {
        case .voluntary: voluntaryPage(typed, today)
        case .refund: refundPage(typed, today)
        case .compulsory: compulsoryPage(typed, today)
        case .coverage: coveragePage(typed, today)
        case .contracts: contractsPage(typed, today)
        case .household: householdPage(typed, today)
        case .retirement: retirementPage(typed, today)
        case .pension: pensionPage(typed, today)
        case .withoutPension: withoutPensionPage(typed, today)
        case .lumpSum: lumpSumPage(typed, today)
        case .maternity: maternityPage(typed, today)
        case .late: latePage(typed, today)
        case .fine: finePage(typed, today)
        case .clock: clockPage(typed, today)
        case .parameters: parametersPage(typed, today)
        }
    }
}
