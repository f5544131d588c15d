extension Fine {
    /// Acts that are fined, and by which row of the decree.
    public enum Act: String, Codable, Sendable, CaseIterable {
        case lateUnregistered = "late-unregistered"
        case lateUnpaid = "late-unpaid"
        case evasionUnregistered = "evasion-unregistered"
        case evasionUnpaid = "evasion-unpaid"
        case unemploymentLateUnregistered = "unemployment-late-unregistered"
        case unemploymentLateUnpaid = "unemployment-late-unpaid"
        case unemploymentEvasionUnregistered = "unemployment-evasion-unregistered"
        case unemploymentEvasionUnpaid = "unemployment-evasion-unpaid"
        /// Article 47, whose text was not read.
        case unemploymentOther = "unemployment-other"
        /// For none of the workers, and no evasion: only in Decree 12/2022.
        case notPayingForAll = "not-paying-for-all"
        case accidentFund = "accident-fund"
        case workerAgreeing = "worker-agreeing-not-to-join"
        case ownerNotRegistering = "owner-not-registering"
        case ownerLatePaying = "owner-late-paying"
        case papersNotGiven = "papers-not-given"
        case unlawfulDataAccess = "unlawful-data-access"
        case bookTrading = "book-trading"
        case notSupplyingInformation = "not-supplying-information"
        case keepingBenefits = "keeping-benefits"

        public var words: String {
            switch self {
            case .lateUnregistered: "chậm đóng BHXH: chưa đăng ký cho người lao động"
            case .lateUnpaid: "chậm đóng BHXH: chưa đóng đủ tiền"
            case .evasionUnregistered: "trốn đóng BHXH: không đăng ký cho người lao động"
            case .evasionUnpaid: "trốn đóng BHXH: không đóng, hoặc khai lương thấp"
            case .unemploymentLateUnregistered: "chậm đóng BHTN: chưa đăng ký cho người lao động"
            case .unemploymentLateUnpaid: "chậm đóng BHTN: chưa đóng đủ tiền"
            case .unemploymentEvasionUnregistered: "trốn đóng BHTN: không đăng ký cho người lao động"
            case .unemploymentEvasionUnpaid: "trốn đóng BHTN: không đóng, hoặc khai lương thấp"
            case .unemploymentOther: "vi phạm khác về BHTN (Điều 47)"
            case .notPayingForAll: "không đóng cho toàn bộ người lao động mà không phải trốn đóng"
            case .accidentFund: "vi phạm về bảo hiểm tai nạn lao động, bệnh nghề nghiệp"
            case .workerAgreeing: "người lao động thỏa thuận không tham gia"
            case .ownerNotRegistering: "nhóm m, n không đăng ký tham gia"
            case .ownerLatePaying: "nhóm m, n chậm đóng"
            case .papersNotGiven: "không lập, không trả giấy tờ cho người lao động"
            case .unlawfulDataAccess: "truy cập, cung cấp trái phép dữ liệu BHXH"
            case .bookTrading: "cầm cố, mua bán sổ BHXH"
            case .notSupplyingInformation: "không cung cấp thông tin"
            case .keepingBenefits: "chiếm giữ tiền hưởng BHXH"
            }
        }

        public var isEvasion: Bool {
            switch self {
            case .evasionUnregistered, .evasionUnpaid, .unemploymentEvasionUnregistered, .unemploymentEvasionUnpaid:
                true
            default: false
            }
        }

        /// Done by one person and never by an organisation (Decree 283/2026, article 48.2).
        public var isOfPerson: Bool {
            switch self {
            case .workerAgreeing, .ownerNotRegistering, .ownerLatePaying: true
            default: false
            }
        }

        /// What a range of money is for.
        enum Counted { case once, worker, book }

        var counted: Counted {
            switch self {
            case .accidentFund, .papersNotGiven: .worker
            case .bookTrading: .book
            default: .once
            }
        }

        /// Rows by the number of workers begin with the key's name; else the key itself.
        var key: (name: String, isByWorkers: Bool) {
            switch self {
            case .lateUnregistered: ("sanction.late.unregistered", true)
            case .evasionUnregistered: ("sanction.evasion.unregistered", true)
            case .unemploymentLateUnregistered: ("sanction.unemployment.late.unregistered", true)
            case .unemploymentEvasionUnregistered: ("sanction.unemployment.evasion.unregistered", true)
            case .lateUnpaid: ("sanction.late.unpaid", false)
            case .evasionUnpaid: ("sanction.evasion.unpaid_or_underdeclared", false)
            case .unemploymentLateUnpaid: ("sanction.unemployment.late.unpaid", false)
            case .unemploymentEvasionUnpaid: ("sanction.unemployment.evasion.unpaid_or_underdeclared", false)
            case .unemploymentOther: ("sanction.unemployment.other", false)
            case .notPayingForAll: ("sanction.not_paying_for_all", false)
            case .accidentFund: ("sanction.accident_fund", false)
            case .workerAgreeing: ("sanction.worker_agreeing_not_to_join", false)
            case .ownerNotRegistering: ("sanction.owner_m_n_not_registering", false)
            case .ownerLatePaying: ("sanction.owner_m_n_late_paying", false)
            case .papersNotGiven: ("sanction.papers_not_given", false)
            case .unlawfulDataAccess: ("sanction.unlawful_access_or_provision_of_bhxh_data", false)
            case .bookTrading: ("sanction.book_trading", false)
            case .notSupplyingInformation: ("sanction.not_supplying_information", false)
            case .keepingBenefits: ("sanction.keeping_benefits", false)
            }
        }
    }
}
