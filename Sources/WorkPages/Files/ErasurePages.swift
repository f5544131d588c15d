import Access
import Components
import Files
import Hummingbird
import Kernel
import PlanText
import WebDesk

/// One file on its way to be erased, or its minutes.
struct ErasurePage: Page {
    static let template: PageTemplate = "erasure"

    let back: Frame.Link
    let heading: String
    let lead: String?
    let facts: [Fact]
    /// What erasing the file undoes.
    let undoes: [String]
    let hasUndoes: Bool
    let notes: [String]
    let signatures: [Fact]
    let hasSignatures: Bool
    let ask: FormModel?
    let confirm: FormModel?
    let withdraw: FormModel?
}

/// What waits for a second person, and what was erased.
struct ErasuresPage: Page {
    static let template: PageTemplate = "erasures"

    let searchAction: String
    let query: String
    /// Why what was typed is not searched for.
    let problem: String?
    let searched: Bool
    let nothing: Bool
    let found: [Frame.Link]
    /// Told where more were found than are shown.
    let more: String?
    let waiting: [Frame.Link]
    let hasWaiting: Bool
    let minutes: [Frame.Link]
    let hasMinutes: Bool
}

extension ErasurePage {
    static let sample = ErasurePage(
        back: .sample, heading: "Biên bản huỷ tệp số 1/2026", lead: "Nội dung", facts: [.sample],
        undoes: ["Nội dung"], hasUndoes: true, notes: ["Nội dung"], signatures: [.sample], hasSignatures: true,
        ask: .sample, confirm: .sample, withdraw: .sample)
}

extension ErasuresPage {
    static let sample = ErasuresPage(
        searchAction: "/dia-chi", query: "9f86d0", problem: "Nội dung", searched: true, nothing: true,
        found: [.sample], more: "Nội dung", waiting: [.sample], hasWaiting: true, minutes: [.sample], hasMinutes: true)
}

extension WorkPages {
    var erasureRoutes: [Route] {
        let asking: RouteAccess = .member
        return [
            .page(Addresses.erasures, asking) { request in try await erasuresPage(request) },
            .page(Addresses.erasure, asking) { request in try await erasurePage(request) },
            .form(Addresses.proposeErasure, asking) { request in
                let id = try Self.fileID(request)
                try await erasure.propose(id, reason: request.form[ErasureField.reason], by: request.submission)
                return Addresses.erasure(id).telling(.erasureProposed)
            } again: { request, failure in
                try await erasurePage(request, failure: failure)
            },
            .form(Addresses.confirmErasure, .right(.confirmErasure)) { request in
                let id = try Self.fileID(request)
                try await erasure.confirm(id, deed: try Self.deed(request), by: request.submission)
                return Addresses.erasure(id).telling(.erased)
            } again: { request, failure in
                try await erasurePage(request, failure: failure)
            },
            .form(Addresses.withdrawErasure, asking) { request in
                let id = try Self.fileID(request)
                try await erasure.withdraw(id, deed: try Self.deed(request), by: request.submission)
                return Addresses.erasure(id).telling(.erasureWithdrawn)
            } again: { request, failure in
                try await erasurePage(request, failure: failure)
            },
        ]
    }

    private static func fileID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có tệp này, hoặc tệp không thuộc phạm vi của bạn.")
    }

    private static func deed(_ request: MemberRequest) throws -> RecordID {
        guard let id = RecordID(request.form[ErasureField.deed]) else {
            throw Refusal(.stale, "Đề nghị này không còn chờ xác nhận. Hãy tải lại trang.")
        }
        return id
    }

    private func erasurePage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let found = try await erasure.file(try Self.fileID(request), for: request.viewer)
        if let minutes = found.minutes {
            let model = self.minutes(of: found, minutes, request)
            return try page(model.heading, model, for: request)
        }
        let seconds = try await erasure.seconds(
            for: found, besides: found.waiting?.proposedBy ?? request.viewer.account)
        let model = proposal(for: found, seconds, request, failure)
        return try page(model.heading, model, for: request)
    }

    private func back(from found: ErasableFile) -> Frame.Link {
        found.holder.flatMap { holder in
            desk.page(of: holder.subject).map { Frame.Link("Về nơi có tệp", $0) }
        } ?? Frame.Link("Huỷ tệp tải lên nhầm", Addresses.erasures())
    }

    private func proposal(
        for found: ErasableFile, _ seconds: [SecondPerson], _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> ErasurePage {
        let (file, viewer, waiting) = (found.file, request.viewer, found.waiting)
        let isOwn = waiting?.proposedBy == viewer.account
        let mayConfirm = !isOwn && erasure.mayConfirm(found, viewer)
        let confirms = waiting != nil && found.fits && mayConfirm
        let hidden = (waiting.map { [FormModel.Hidden(ErasureField.deed, $0.id)] }) ?? []
        var facts = [
            Fact(label: "Tệp", value: "\(file.name) (\(WorkPageBuilder.size(file.size)))", address: nil),
            Fact(label: "Nơi có tệp", value: found.holder?.words ?? "", address: nil),
            Fact(label: "Tải lên", value: file.addedAt.vietnamese, address: nil),
            Fact(label: "SHA-256", value: file.sha256, address: nil),
        ]
        if let waiting {
            facts += [
                Fact(
                    label: "Người đề nghị", value: "\(waiting.proposedByName), \(waiting.proposedAt.vietnamese)",
                    address: nil), Fact(label: "Đề nghị", value: waiting.words, address: nil),
                Fact(label: "Chờ xác nhận đến", value: waiting.until.vietnamese, address: nil),
            ]
        }
        let undoes = found.holder?.undoes ?? []
        let mayAsk = waiting == nil && found.holder?.mayAsk == true && !file.isErased
        var notes: [String] = []
        if !found.fits {
            notes.append(Self.noLongerFits)
        } else if !file.isErased {
            notes.append(Self.needsTwo(seconds))
        }
        if found.copies > 0 {
            notes.append(
                "Còn \(found.copies) tệp khác có cùng nội dung trong hệ thống; huỷ tệp này không huỷ các tệp đó.")
        }
        if file.isErased { notes.append("Nội dung đã được dọn khi hết hạn lưu.") }
        if isOwn, found.fits { notes.append("Bạn đã đề nghị; một người khác có quyền xác nhận sẽ quyết định.") }
        if !mayAsk, !isOwn, !mayConfirm || waiting == nil, !file.isErased {
            notes.append(
                "Bạn chỉ xem được trang này: đơn vị có tệp và người quản lý dữ liệu mới đề nghị huỷ, người có quyền mới xác nhận."
            )
        }
        return ErasurePage(
            back: back(from: found), heading: waiting == nil ? "Huỷ tệp" : "Đề nghị huỷ tệp đang chờ người thứ hai",
            lead:
                "Dùng khi tệp có dữ liệu cá nhân nộp sai chỗ. Sau khi hai người đồng ý, nội dung bị xóa hẳn, không lấy lại được; mã SHA-256 và biên bản ở lại.",
            facts: facts, undoes: undoes, hasUndoes: !undoes.isEmpty && !file.isErased, notes: notes, signatures: [],
            hasSignatures: false,
            ask: mayAsk
                ? form(
                    "de-nghi", Addresses.proposeErasure(file.id), "Đề nghị huỷ",
                    fields: [
                        Field(
                            ErasureField.reason, "Lý do", kind: .area,
                            hint: "Tệp có gì không được lưu ở đây, ai phát hiện. Không chép lại dữ liệu cá nhân.")
                    ], look: "warning", for: request, failure: failure) : nil,
            confirm: confirms
                ? form(
                    "xac-nhan", Addresses.confirmErasure(file.id), "Xác nhận huỷ, không lấy lại được", look: "warning",
                    hidden: hidden, for: request, failure: failure) : nil,
            withdraw: isOwn || waiting != nil && mayConfirm
                ? form(
                    "bo", Addresses.withdrawErasure(file.id),
                    isOwn ? "Rút đề nghị" : found.fits ? "Không đồng ý, bỏ đề nghị" : "Bỏ đề nghị",
                    look: "secondary", asks: "Đề nghị bị bỏ, tệp vẫn còn; muốn huỷ thì phải đề nghị lại.",
                    hidden: hidden,
                    for: request, failure: failure) : nil)
    }

    private func minutes(of found: ErasableFile, _ minutes: ErasureMinutes, _ request: MemberRequest) -> ErasurePage {
        let place = desk.page(of: minutes.holder).map(\.text)
        return ErasurePage(
            back: back(from: found), heading: "Biên bản huỷ tệp số \(minutes.words)",
            lead: "Tệp đã huỷ: nội dung không còn trong hệ thống.",
            facts: [
                Fact(label: "Thời điểm huỷ", value: minutes.erasedAt.vietnamese, address: nil),
                Fact(
                    label: "Nơi có tệp", value: minutes.holderWords, address: found.holder == nil ? nil : place),
                Fact(
                    label: "Tệp",
                    value: "\(FileKind.title(ofMediaType: minutes.mediaType)), \(WorkPageBuilder.size(minutes.bytes))",
                    address: nil),
                Fact(label: "SHA-256", value: minutes.sha256, address: nil),
                Fact(label: "Lý do", value: minutes.reason, address: nil),
                Fact(
                    label: "Người đề nghị", value: "\(minutes.askedBy), \(minutes.askedAt.vietnamese)", address: nil),
                Fact(
                    label: "Người xác nhận", value: "\(minutes.confirmedBy), \(minutes.erasedAt.vietnamese)",
                    address: nil),
            ],
            undoes: [], hasUndoes: false,
            notes: [
                minutes.scrubbedAt.map {
                    "Đã ghi đè nội dung trong tệp cơ sở dữ liệu lúc \($0.vietnamese)."
                }
                    ?? "Phần đã xóa chưa được ghi đè: SQLite ghi đè vào lần dọn hằng ngày, khi không còn ai đang đọc dữ liệu cũ; PostgreSQL tự ghi đè dần, muốn chắc chắn ngay thì người vận hành chạy VACUUM FULL.",
                "Bản sao lưu làm từ \(minutes.erasedAt.vietnamese) trở đi không còn tệp này. Bản sao lưu làm trước đó vẫn còn: người vận hành huỷ các bản ấy hoặc giữ đến hạn theo quy định, và nếu khôi phục từ một bản như vậy thì phải huỷ lại tệp có mã SHA-256 trên.",
                "Người đã tải tệp trước khi huỷ được ghi trong nhật ký; yêu cầu họ xóa bản đã tải.",
                Self.trail(minutes.trailEntries),
                found.copies > 0 ? "Còn \(found.copies) tệp khác có cùng nội dung trong hệ thống." : nil,
            ].compactMap(\.self),
            signatures: [
                Fact(label: "Người đề nghị", value: minutes.askedBy, address: nil),
                Fact(label: "Người xác nhận", value: minutes.confirmedBy, address: nil),
            ], hasSignatures: true, ask: nil, confirm: nil, withdraw: nil)
    }

    /// What the trail still holds of the name: it cannot be changed.
    private static func trail(_ entries: Int?) -> String {
        let kept =
            "màn hình không hiện tên ấy nữa, nhưng dòng gốc trong cơ sở dữ liệu và bản sao lưu không sửa được nên còn giữ, người quản trị cơ sở dữ liệu đọc được"
        return switch entries {
        case 0?: "Nhật ký không có tên tệp: chỉ ghi mã tệp và SHA-256."
        case let entries?: "Nhật ký có \(entries) dòng do bản phần mềm trước ghi tên tệp: \(kept)."
        case nil: "Nhật ký do bản phần mềm trước ghi có thể có tên tệp: \(kept)."
        }
    }

    private func erasuresPage(_ request: MemberRequest) async throws -> Response {
        let viewer = request.viewer
        let query = request.query[.sha256]
        let hash = HashPrefix(query)
        let shown = FileErasure.shownAtMost
        var found: [ErasableFile] = []
        var gone: [ErasureMinutes] = []
        if let hash {
            found = try await erasure.files(hash, for: viewer)
            gone = try await erasure.minutes(hash, for: viewer)
        }
        let waiting = try await erasure.waiting(for: viewer)
        let minutes = try await erasure.minutes(for: viewer)
        let model = ErasuresPage(
            searchAction: Addresses.erasures().text, query: query,
            problem: query.isEmpty || hash != nil
                ? nil
                : "Hãy nhập \(HashPrefix.shortest) đến 64 ký tự đầu của mã SHA-256: chữ số 0–9, chữ a–f.",
            searched: hash != nil, nothing: found.isEmpty && gone.isEmpty,
            found: found.prefix(shown).map {
                Frame.Link($0.holder?.words ?? $0.file.name, Addresses.erasure($0.file.id))
            }
                + gone.prefix(shown).map {
                    Frame.Link(
                        "Đã huỷ lúc \($0.erasedAt.vietnamese), biên bản số \($0.words): \($0.holderWords). \($0.askedBy) đề nghị, \($0.confirmedBy) xác nhận; lý do: \($0.reason)",
                        Addresses.erasure($0.file))
                },
            more: found.count > shown || gone.count > shown
                ? "Còn tệp khác có mã bắt đầu như vậy; hãy nhập thêm ký tự hoặc tìm từ nơi có tệp." : nil,
            waiting: waiting.map {
                Frame.Link(
                    "\($0.deed.words) (\($0.deed.proposedByName))\($0.file.fits ? "" : ": không còn khớp, cần lập lại")",
                    Addresses.erasure($0.file.file.id))
            }, hasWaiting: !waiting.isEmpty,
            minutes: minutes.map {
                Frame.Link(
                    "Biên bản số \($0.words), \($0.erasedAt.day.vietnamese): \($0.holderWords)",
                    Addresses.erasure($0.file))
            }, hasMinutes: !minutes.isEmpty)
        return try page("Huỷ tệp tải lên nhầm", model, for: request)
    }
}
