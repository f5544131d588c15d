import Kernel
import PlanText
import Work

/// The audit trail in Vietnamese: what was done, and to what. A test holds the tables to what Sources write.
enum AuditWords {
    /// By the action as stored.
    static let actions: [String: String] = [
        "account.invited": "Mời tài khoản", "account.reinvited": "Cấp lại liên kết mời",
        "account.activated": "Kích hoạt tài khoản", "account.created": "Tạo tài khoản",
        "account.changed": "Sửa vai trò, phạm vi", "account.disabled": "Khóa tài khoản",
        "account.enabled": "Mở khóa tài khoản",
        "account.password-changed": "Đổi mật khẩu", "account.email-changed": "Đổi địa chỉ thư",
        "account.second-factor-on": "Bật lớp xác thực thứ hai", "account.second-factor-off": "Tắt lớp xác thực thứ hai",
        "account.second-factor-changed": "Đổi điện thoại xác thực",
        "account.code-reused": "Nhập lại mã xác thực đã dùng, bị từ chối",
        "account.recovery-codes-made": "Tạo mã dự phòng mới", "account.recovery-code-used": "Dùng mã dự phòng",
        "session.started": "Đăng nhập", "session.signed-out": "Đăng xuất",
        "session.refused": "Đăng nhập không thành công", "session.ended": "Kết thúc phiên",
        "calendar.address-renewed": "Tạo địa chỉ lịch", "calendar.address-revoked": "Thu hồi địa chỉ lịch",
        "program.admitted": "Cấp khóa cho chương trình của cơ quan", "program.key-turned": "Đổi khóa của chương trình",
        "program.ended": "Thu khóa của chương trình", "program.refused": "Từ chối chương trình gọi ngoài thỏa thuận",
        "program.upload-begun": "Chương trình bắt đầu tải danh sách lên",
        "program.upload-refused": "Không nhận danh sách do chương trình gửi",
        "plan.loaded": "Nạp kế hoạch", "plan.completed": "Bổ sung thông tin kế hoạch",
        "plan.rule-overridden": "Sửa quy tắc thời hạn", "work.counting-set": "Đặt ngày bắt đầu tính quá hạn",
        "work.reminded": "Nhắc đơn vị có việc quá hạn",
        "units.loaded": "Nạp danh sách đơn vị trực thuộc",
        "boundaries.changed": "Nạp hoặc bỏ ranh giới trên bản đồ",
        "identity.stated": "Ghi tên, ký hiệu, chức danh của cơ quan",
        "file.opened": "Mở tệp",
        "file.taken": "Tải tệp", "file.not-given": "Bị từ chối tải tệp",
        "file.infected": "Gửi tệp có virus, không nhận", "file.erased": "Huỷ tệp, lập biên bản",
        "form.numbers-confirmed": "Xác nhận nội dung không có số của người dân",
        "file.person-list-opened": "Mở danh sách người", "file.refused": "Bị từ chối mở tệp",
        "obstacle.sent": "Gửi vướng mắc", "obstacle.merged": "Gộp vướng mắc",
        "obstacle.assigned": "Giao trả lời vướng mắc", "obstacle.answered": "Trả lời vướng mắc",
        "obstacle.grouped": "Xếp nhóm vướng mắc",
        "figures.received": "Gửi tệp số liệu", "figures.discarded": "Bỏ tệp số liệu chưa nhận",
        "movements.received": "Gửi biểu biến động", "movements.discarded": "Bỏ biểu biến động chưa nhận",
        "movements.taken": "Nhận biểu biến động", "movements.withdrawn": "Thu hồi lô biến động",
        "movements.whole-confirmed": "Xác nhận biến động lớn bất thường",
        "figures.whole-confirmed": "Xác nhận tổng số thay đổi lớn", "figures.imported": "Nhận số liệu",
        "figures.withdrawn": "Thu hồi lô số liệu", "figures.completed": "Nhận tiếp xong lô số liệu",
        "figures.contested": "Đề nghị sửa số liệu", "figures.contest-granted": "Chấp nhận đề nghị sửa số liệu",
        "figures.contest-refused": "Không chấp nhận đề nghị sửa số liệu",
        "figures.file-opened": "Mở tệp kèm đề nghị sửa số liệu",
        "figures.file-refused": "Bị từ chối mở tệp kèm đề nghị sửa số liệu",
        "targets.loaded": "Nạp chỉ tiêu", "proposals.called": "Lấy ý kiến chỉ tiêu",
        "target.proposed": "Đề xuất chỉ tiêu",
        "allocation.begun": "Tạo phương án phân bổ", "allocation.changed": "Sửa phương án phân bổ",
        "allocation.undone": "Hoàn tác một bước của phương án phân bổ",
        "allocation.decided": "Ghi quyết định giao chỉ tiêu", "allocation.began": "Chỉ tiêu của tổ có hiệu lực",
        "allocation.corrected": "Đính chính số, ngày của quyết định giao chỉ tiêu",
        "allocation.reopened": "Thu hồi quyết định giao chỉ tiêu, mở lại phương án",
        "groups.loaded": "Nạp danh sách tổ dân phố, thôn", "groups.saved": "Lưu tổ dân phố, thôn",
        "groups.removed": "Bỏ tổ dân phố, thôn", "groups.counted": "Nhập số đang tham gia của tổ",
        "steering.seated": "Thêm thành viên Ban Chỉ đạo",
        "steering.left": "Thôi thành viên Ban Chỉ đạo", "document.made": "Soạn văn bản",
        "board.opened": "Mở bảng tổng hợp báo cáo", "board.dated": "Đổi ngày chốt, hạn của báo cáo",
        "board.asked": "Đề nghị đơn vị viết phần báo cáo", "board.released": "Bỏ đề nghị viết phần báo cáo",
        "board.reminded": "Nhắc gửi phần báo cáo", "board.written": "Viết phần báo cáo",
        "board.returned": "Trả lại phần báo cáo", "board.commented": "Cho ý kiến về phần báo cáo",
        "board.locked": "Khóa số liệu báo cáo", "board.unlocked": "Mở khóa số liệu báo cáo",
        "remark.written": "Góp ý kiến", "remark.corrected": "Sửa ý kiến", "remark.withdrawn": "Rút ý kiến",
        "instruction.given": "Ghi bút phê", "instruction.answered": "Trả lời bút phê",
        "instruction.returned": "Trả lại bút phê", "instruction.closed": "Đóng bút phê",
        "instruction.withdrawn": "Thôi bút phê",
        "document.issued": "Ghi số, ngày ban hành văn bản", "document.ended": "Thu hồi, thay thế văn bản",
        "document.answered": "Ghi trả lời văn bản",
        "document.copy-erased": "Huỷ bản ký của văn bản", "figures.file-erased": "Huỷ tệp của lô số liệu",
        "movements.file-erased": "Huỷ tệp của lô biến động",
        "figures.proof-erased": "Huỷ tệp chứng minh của đề nghị sửa số liệu",
        "allocation.file-erased": "Huỷ bản ký quyết định giao chỉ tiêu",
        "law.document-erased": "Huỷ văn bản kèm giá trị của pháp luật",
        "template.changed": "Sửa mẫu văn bản",
        "law.amended": "Bổ sung, sửa giá trị của pháp luật",
        "law.amendment-withdrawn": "Thu hồi giá trị của pháp luật đã bổ sung",
        "job.started": "Bắt đầu việc chạy nền", "job.cancelled": "Huỷ việc chạy nền",
        "job.restarted": "Chạy lại việc chạy nền",
        "registry.looked": "Xem người, đơn vị trong sổ đăng ký, số che",
        "registry.opened": "Mở số định danh, số điện thoại trong sổ đăng ký",
        "registry.keys-turned": "Đổi khóa niêm phong sổ đăng ký",
        "delivery.received": "Nhận dữ liệu cơ quan giao", "delivery.withdrawn": "Thu hồi dữ liệu cơ quan giao",
        "delivery.sent": "Gửi tệp danh sách để xem trước", "delivery.explained": "Nói cách đọc tệp danh sách",
        "delivery.discarded": "Bỏ tệp danh sách chưa giao",
        "delivery.returned-file": "Trả lại tệp trong thư mục nhận",
        "delivery.returned-opened": "Mở nội dung dòng trả lại", "delivery.set-aside": "Bỏ qua dòng trả lại",
        "delivery.destroyed": "Huỷ dữ liệu gốc, lập biên bản",
        "registry.doubt-opened": "Mở cặp bản ghi nghi trùng", "registry.doubt-proposed": "Đề nghị về cặp nghi trùng",
        "registry.doubt-decided": "Quyết định cặp nghi trùng",
        "registry.doubt-confirmed": "Người thứ hai đồng ý về cặp nghi trùng",
        "registry.doubt-rejected": "Người thứ hai không đồng ý về cặp nghi trùng",
        "registry.doubt-undone": "Rút quyết định về cặp nghi trùng",
        "registry.training": "Huấn luyện mô hình đối chiếu",
        "coverage.review-begun": "Chạy rà soát theo sổ đăng ký",
        "coverage.looked": "Xem người, đơn vị cần đối chiếu của một lần rà soát",
        "registry.basis-set": "Đặt địa bàn tính chỉ tiêu theo nơi ở hay nơi làm việc",
        "figures.counted": "Lấy số liệu tháng từ sổ đăng ký",
        "figures.register-in-charge": "Giao sổ đăng ký tính số liệu tháng",
        "figures.register-released": "Thôi để sổ đăng ký tính số liệu tháng",
        "agreement.proposed": "Đề nghị thoả thuận dữ liệu", "agreement.agreed": "Đồng ý thoả thuận dữ liệu",
        "agreement.refused": "Không đồng ý thoả thuận dữ liệu", "agreement.withdrawn": "Rút đề nghị thoả thuận dữ liệu",
        "agreement.signed": "Ghi văn bản thoả thuận đã ký", "agreement.ended": "Chấm dứt thoả thuận dữ liệu",
        "request.drafted": "Lập yêu cầu dữ liệu", "request.sent": "Duyệt, gửi yêu cầu dữ liệu",
        "request.declined": "Không duyệt yêu cầu dữ liệu", "request.granted": "Đồng ý cung cấp dữ liệu",
        "request.denied": "Không cung cấp dữ liệu", "request.withdrawn": "Rút yêu cầu dữ liệu",
        "request.answered": "Ghi lần giao trả lời yêu cầu dữ liệu",
        "request.destroyed": "Huỷ dữ liệu của yêu cầu, lập biên bản",
        "request.destruction-begun": "Bắt đầu huỷ dữ liệu của yêu cầu",
        "subject-request.received": "Ghi yêu cầu của chủ thể dữ liệu",
        "subject-request.acknowledged": "Báo đã nhận yêu cầu của chủ thể dữ liệu",
        "subject-request.extended": "Gia hạn yêu cầu của chủ thể dữ liệu",
        "subject-request.answered": "Trả lời yêu cầu của chủ thể dữ liệu",
        "subject-request.refused": "Từ chối yêu cầu của chủ thể dữ liệu",
        "subject-request.opened": "Mở yêu cầu của chủ thể dữ liệu",
        "paired.proposed": "Đề nghị, chờ người thứ hai xác nhận", "paired.confirmed": "Người thứ hai xác nhận",
        "clock.trusted": "Xác nhận ngày giờ của máy chủ",
        "paired.withdrawn": "Rút, bác đề nghị chờ xác nhận",
        "paired.lapsed": "Đề nghị quá hạn, không ai xác nhận",
        "paired.outdated": "Đề nghị không còn khớp, hết hiệu lực",
    ]

    /// By the kind at the beginning of a subject, in the order of the list to choose from.
    static let subjects: [(kind: String, title: String)] = [
        ("account", "Tài khoản"), ("instance", "Việc"), ("unit-work", "Việc của đơn vị"), ("task", "Nhiệm vụ"),
        ("plan", "Kế hoạch"), ("file", "Tệp"),
        ("obstacle", "Vướng mắc"), ("figures", "Số liệu"), ("figure-upload", "Tệp số liệu chờ nhận"),
        ("figure-batch", "Lô số liệu"), ("movement-upload", "Tệp biến động chờ nhận"),
        ("movement-batch", "Lô biến động"), ("figure-contest", "Đề nghị sửa số liệu"),
        ("targets", "Chỉ tiêu"),
        ("allocation", "Phương án phân bổ"), ("groups", "Tổ dân phố, thôn"), ("steering", "Ban Chỉ đạo"),
        ("report-board", "Bảng tổng hợp báo cáo"), ("document", "Văn bản"), ("template", "Mẫu văn bản"),
        ("remark", "Ý kiến"), ("instruction", "Bút phê"),
        ("parameter", "Tham số pháp luật"),
        ("entity", "Người, đơn vị trong sổ đăng ký"), ("register", "Sổ đăng ký"), ("delivery", "Lần giao dữ liệu"),
        ("delivery-upload", "Tệp danh sách chờ giao"), ("watched-file", "Tệp trong thư mục nhận"),
        ("doubt", "Cặp bản ghi nghi trùng"),
        ("agreement", "Thoả thuận dữ liệu"), ("data-request", "Yêu cầu dữ liệu"),
        ("program", "Chương trình của cơ quan"), ("review", "Lần rà soát"),
        ("subject-request", "Yêu cầu của chủ thể dữ liệu"), ("figure-month", "Tháng số liệu"),
        ("job", "Việc chạy nền"), ("address", "Trang"),
        ("clock", "Ngày giờ máy chủ"),
    ]

    static func title(of action: String) -> String {
        if let title = actions[action] { return title }
        let event = InstanceEventKind(rawValue: String(action.trimmingPrefix("instance.")))
        return event.map { "Việc: \($0.title.prefix(1).lowercased())\($0.title.dropFirst())" } ?? action
    }

    /// `instance/II.8/2027/thue-thanh-pho` → Việc II.8, năm 2027, Thuế thành phố
    static func subject(_ text: String, in plan: PlanDefinition) -> String {
        guard let subject = Subject(text), let kind = subjects.first(where: { $0.kind == subject.kind.word }) else {
            return text
        }
        // A file of something is called by what it is of.
        if kind.kind == "file", let of = Subject(subject.key), subjects.contains(where: { $0.kind == of.kind.word }) {
            return "Tệp: \(self.subject(of.text, in: plan))"
        }
        if kind.kind == "plan", let part = partOfPlan(subject.key, in: plan) { return "\(kind.title): \(part)" }
        let key = keysOfCodes.contains(kind.kind) ? words(ofKey: subject.key, in: plan) : subject.key
        return key.isEmpty ? kind.title : "\(kind.title) \(key)"
    }

    /// What is kept beside the plan itself; nil for the rest of it.
    private static func partOfPlan(_ key: String, in plan: PlanDefinition) -> String? {
        let parts = key.split(separator: "/", maxSplits: 1)
        let names = "tên, ký hiệu, chức danh của"
        return switch parts.first {
        case "units": "danh sách đơn vị trực thuộc"
        case "identities" where parts.count == 2: "\(names) \(name(of: parts[1], in: plan) ?? String(parts[1]))"
        case "identities": "\(names) cơ quan"
        case "counts-from": "ngày bắt đầu tính quá hạn"
        default: nil
        }
    }

    /// Kinds whose keys are made of units, periods and schemes; of the others a key is a number, a login, an identifier.
    private static let keysOfCodes: Set<String> = ["instance", "unit-work", "figures", "targets", "groups", "steering"]

    private static func words(ofKey key: String, in plan: PlanDefinition) -> String {
        key.split(separator: "/").map { part in
            if let period = WorkPeriod(part) {
                return period.title.prefix(1).lowercased() + period.title.dropFirst()
            }
            return name(of: part, in: plan) ?? Scheme(rawValue: String(part))?.word ?? String(part)
        }.joined(separator: ", ")
    }

    /// Nil for what is no code of the plan's.
    private static func name(of code: Substring, in plan: PlanDefinition) -> String? {
        guard let unit = UnitCode(code) else { return nil }
        let name = plan.name(of: unit)
        return name == unit.text ? nil : name
    }

    /// What else an entry tells: where a part of it is a code, the name.
    static func detail(_ text: String, of action: String, in plan: PlanDefinition) -> String {
        switch action {
        case "account.changed", "obstacle.assigned":
            // A reason is somebody's own words.
            let end = text.firstRange(of: ". Lý do:")?.lowerBound ?? text.endIndex
            let told = text[..<end].replacing(/[a-z0-9]+(?:[-:][a-z0-9]+)+|[0-9]{5}/) {
                name(of: $0.output, in: plan) ?? String($0.output)
            }
            return String(told) + text[end...]
        case "file.opened", "file.person-list-opened", "file.refused":
            let end = text.firstRange(of: ": ")?.lowerBound ?? text.endIndex
            return words(ofKey: String(text[..<end]), in: plan) + text[end...]
        default: return text
        }
    }

    /// What a subject begins with, from what an auditor typed: `Việc II.8` → `instance/II.8`; a stored word stays as it is.
    static func prefix(of typed: String) -> String {
        let found = subjects.filter { typed.lowercased().hasPrefix($0.title.lowercased()) }
            .max { $0.title.count < $1.title.count }
        guard let found else { return typed }
        return "\(found.kind)/\(typed.dropFirst(found.title.count).drop { $0.isWhitespace })"
    }
}
