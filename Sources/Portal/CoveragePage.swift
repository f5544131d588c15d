import Components
import Kernel
import Legislation

/// Which scheme a person belongs to, and why.
extension Portal {
    /// What somebody does, as the page asks it.
    private enum Occupation: String, CaseIterable {
        case none
        case contract
        case partTime = "part-time"
        case official
        case householdOwner = "household-owner"
        case ownerWithoutDeclaration = "household-owner-other"
        case unregisteredOwner = "household-unregistered"
        case salariedManager = "salaried-manager"
        case unpaidManager = "unpaid-manager"
        case communeStaff = "commune-staff"
        case militia, conscript
        case armedForces = "armed-forces"
        case defenceWorker = "defence-worker"
        case workerAbroad = "worker-abroad"
        case spouseAtMission = "spouse-at-mission"
        case domesticHelper = "domestic-helper"
        case probation, foreigner, pensioner

        var words: String {
            switch self {
            case .none: "Không có việc nào dưới đây"
            case .contract: "Hợp đồng lao động"
            case .partTime: "Hợp đồng lao động không trọn thời gian"
            case .official: "Cán bộ, công chức, viên chức"
            case .householdOwner: "Chủ hộ kinh doanh có đăng ký, nộp thuế kê khai"
            case .ownerWithoutDeclaration: "Chủ hộ kinh doanh có đăng ký, không kê khai thuế"
            case .unregisteredOwner: "Hộ kinh doanh không đăng ký"
            case .salariedManager: "Quản lý doanh nghiệp, hợp tác xã, có lương"
            case .unpaidManager: "Quản lý doanh nghiệp, hợp tác xã, không lương"
            case .communeStaff: "Hoạt động không chuyên trách ở xã, thôn, tổ dân phố"
            case .militia: "Dân quân thường trực"
            case .conscript: "Hạ sĩ quan, binh sĩ, học viên"
            case .armedForces: "Sĩ quan, quân nhân chuyên nghiệp, công an"
            case .defenceWorker: "Công nhân, viên chức quốc phòng, công nhân công an"
            case .workerAbroad: "Đi làm việc ở nước ngoài theo hợp đồng"
            case .spouseAtMission: "Vợ, chồng đi theo tại cơ quan đại diện ở nước ngoài"
            case .domesticHelper: "Giúp việc gia đình"
            case .probation: "Hợp đồng chỉ thử việc"
            case .foreigner: "Người nước ngoài có hợp đồng lao động"
            case .pensioner: "Đang hưởng lương hưu, trợ cấp hằng tháng"
            }
        }

        var isContract: Bool { [.contract, .partTime, .domesticHelper, .probation].contains(self) }

        /// The input of `who-must-join` that is no more than a yes.
        var fact: String? {
            switch self {
            case .official: "official"
            case .salariedManager: "salariedManager"
            case .unpaidManager: "unpaidManager"
            case .communeStaff: "communeStaff"
            case .militia: "militia"
            case .conscript: "conscript"
            case .armedForces: "armedForces"
            case .defenceWorker: "defenceWorker"
            case .workerAbroad: "workerAbroad"
            case .spouseAtMission: "spouseAtMission"
            case .pensioner: "pensioner"
            default: nil
            }
        }
    }

    func coveragePage(_ given: Typed, _ today: Day) -> Answer {
        calculator(.coverage, Self.coverageFields(today), given, today) { typed in
            let birth = typed.birth("ngaysinh", by: today)
            let on = typed.day("ngay", "Ngày xét") ?? today
            let work = [typed["viec"], typed["viechai"]].compactMap { Occupation(rawValue: $0) }.filter { $0 != .none }
            if work.filter(\.isContract).count > 1 {
                typed.refuse("viechai", "Có hai hợp đồng: xem trang “\(Subject.contracts.title)”")
            }
            var input: [String: (any Sendable)?] = [
                "birth": birth?.iso, "on": on.description, "sex": typed.sex.rawValue,
                "monthsContributed": typed.count("dadong", "Số tháng đã đóng", in: 0...600),
            ]
            if typed["hoan"] != "", typed["hoan"] != "khong" {
                input["suspended"] = true
                input["agreedToPay"] = typed["hoan"] == "dong"
            }
            let said = Said(
                months: typed.count("hopdong", "Thời hạn hợp đồng", in: 0...600),
                pay: typed.dong(
                    "luong", "tiền lương tháng", isNeeded: work.contains(.partTime), most: Typed.mostDongMonthly),
                revenue: typed.dong("doanhthu", "doanh thu", isNeeded: false, zero: .counts),
                concludedOn: typed.day("giaoket", "Ngày giao kết"), isIntraCompany: typed.isYes("noibo"))
            if work.contains(.foreigner), work.contains(where: { $0 != .foreigner && $0 != .pensioner }) {
                typed.refuse(
                    typed["viec"] == Occupation.foreigner.rawValue ? "viechai" : "viec",
                    "Người nước ngoài chỉ tham gia theo hợp đồng lao động của mình (khoản 2 Điều 2): chọn “\(Occupation.none.words)”"
                )
            }
            if work.contains(.foreigner), typed["hopdong"].isEmpty {
                typed.refuse("hopdong", "Hãy nhập thời hạn hợp đồng của người nước ngoài")
            }
            for one in work { input.merge(facts(one, said, on: on)) { _, new in new } }
            guard let birth,
                let answer = ask(
                    "who-must-join", input,
                    from: [
                        "birth": "ngaysinh", "sex": "gioitinh", "contract": "luong", "householdOwner": "doanhthu",
                        "foreigner": "giaoket", "on": "ngay",
                    ], &typed)
            else { return nil }
            let doing = work.isEmpty ? "không có việc làm" : work.map { $0.words.lowercased() }.joined(separator: "; ")
            return Self.coverage(answer, about: "\(typed.sex.words), sinh \(birth.words), \(doing)", on: on)
        }
    }

    private static func coverage(_ answer: Calculation.Answer, about: String, on day: Day) -> LawPage.Result {
        let headline =
            switch answer.text("scheme") {
            case "compulsory": "Thuộc diện BHXH bắt buộc"
            case "voluntary": "Được tham gia BHXH tự nguyện"
            default: "Không thuộc diện tham gia BHXH"
            }
        var result = LawPage.Result(headline, of: answer, about: about)
        if let ground = answer.text("ground") {
            let place = ground.hasPrefix("2.") ? "khoản \(ground.dropFirst(2))" : "điểm \(ground) khoản 1"
            result.figures.append(.init(label: "của Điều 2 Luật BHXH", value: place))
        }
        result.figures.append(.init(label: "xét vào ngày", value: day.vietnamese))
        result.remarks = answer.texts("reasons")
        return result
    }

    /// What was typed beside the occupations.
    private struct Said {
        let months: Int?
        let pay: Int?
        let revenue: Int?
        let concludedOn: Day?
        let isIntraCompany: Bool
    }

    /// What an occupation says, as inputs of the calculation.
    private func facts(_ work: Occupation, _ said: Said, on day: Day) -> [String: (any Sendable)?] {
        if let fact = work.fact { return [fact: true] }
        switch work {
        case .contract, .partTime, .domesticHelper, .probation:
            var contract: [String: any Sendable] = [
                "partTime": work == .partTime, "domesticHelper": work == .domesticHelper,
                "probationOnly": work == .probation,
            ]
            contract["months"] = said.months
            contract["monthlyPay"] = said.pay
            return ["contract": contract]
        case .householdOwner, .ownerWithoutDeclaration, .unregisteredOwner:
            var owner: [String: any Sendable] = [
                "registered": work != .unregisteredOwner,
                "taxMethod": work == .ownerWithoutDeclaration ? "other" : "declaration",
            ]
            owner["revenue"] = said.revenue.map { ["\(day.year)": $0] }
            return ["householdOwner": owner]
        case .foreigner:
            var foreigner: [String: any Sendable] = [
                "contractMonths": said.months ?? 0, "intraCompany": said.isIntraCompany,
            ]
            foreigner["concludedOn"] = said.concludedOn?.description
            return ["vietnamese": false, "foreigner": foreigner]
        default: return [:]
        }
    }

    private static func coverageFields(_ today: Day) -> [Field] {
        let options = Occupation.allCases.map { Field.Option($0.rawValue, $0.words) }
        return [
            Field(
                "ngaysinh", "Ngày sinh", hint: "Ví dụ 15/03/1980; không nhớ ngày thì chỉ nhập năm", autocomplete: "bday"
            ),
            Field("viec", "Đang làm gì", kind: .select(options)),
            Field("viechai", "Đồng thời còn làm gì", kind: .select(options)),
            .sex("Khi tuổi nghỉ hưu có ý nghĩa"),
            Field(
                "hopdong", "Thời hạn hợp đồng, số tháng", kind: .code, hint: "Để trống nếu không xác định thời hạn",
                required: false),
            Field(
                "luong", "Tiền lương tháng", hint: "Khi làm không trọn thời gian; ví dụ 3.000.000", required: false),
            Field(
                "hoan", "Hợp đồng đang tạm hoãn",
                kind: .select([
                    .init("khong", "Không"), .init("khongdong", "Có, không thỏa thuận đóng"),
                    .init("dong", "Có, hai bên thỏa thuận vẫn đóng"),
                ])),
            Field(
                "doanhthu", "Doanh thu kê khai của hộ kinh doanh, cả năm", hint: "Ví dụ 1.200.000.000", required: false),
            Field(
                "dadong", "Số tháng đã đóng BHXH", kind: .code,
                hint: "Khi chủ hộ, người quản lý không lương đã đủ tuổi nghỉ hưu", required: false),
            Field("giaoket", "Ngày giao kết hợp đồng của người nước ngoài", required: false),
            .question("noibo", "Người nước ngoài di chuyển trong nội bộ doanh nghiệp"),
            Field("ngay", "Xét vào ngày", value: today.vietnamese, required: false),
        ]
    }
}
