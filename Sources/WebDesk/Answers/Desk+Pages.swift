import Jobs
import Access
public import Components
public import HTTPTypes
public import Hummingbird
import Files
import Kernel
import NIOCore
import Overview
import Remarks
import PlanText
import Targets
import Work
import Province

// How a page, a refusal and a failure become answers.
extension Desk {
    public static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// A page for a visitor.
    public func page(
        _ title: String, _ model: some Page, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        var frame = Frame(
            title: title, plan: planName, illustrative: settings.illustrative, assets: assets.mark)
        frame.printed = today.vietnamese
        frame.clockDoubt = clockWords
        frame.helpLink = helpLink(for: nil)
        return Self.html(try renderer.page(model, in: frame), status: status)
    }

    /// A page for somebody signed in.
    /// - Parameter refreshing: whether what it shows goes on by itself.
    public func page(
        _ title: String, _ model: some Page, for request: MemberRequest, refreshing: Bool = false
    ) throws -> Response {
        try page(title, rendered: try renderer.render(model), for: request, refreshing: refreshing)
    }

    /// A page whose inner HTML was rendered before, or is kept.
    public func page(
        _ title: String, rendered main: String, for request: MemberRequest, refreshing: Bool = false
    ) throws -> Response {
        var frame = frame(title, for: request)
        frame.refreshes = refreshing
        // All forms of the page are made by now.
        if let failure = request.failure, !failure.isTaken { frame.problems = failure.problems.map(\.message) }
        let marked = help.map { $0.glossary.marking(main, back: request.comingBack ?? "") }
        return Self.html(try renderer.page(rendered: marked ?? main, in: frame))
    }

    func frame(_ title: String, for request: MemberRequest) -> Frame {
        let viewer = request.viewer
        let path = request.base.path
        func link(_ label: String, _ address: Address, _ icon: Icon? = nil) -> Frame.Link {
            Frame.Link(label, address, current: Addresses.lies(path, under: address), icon: icon)
        }
        // Whoever works for one unit starts from that unit's list; the filter leads to the rest.
        let own = viewer.may(.handIn) && !viewer.may(.viewWholePlan) ? viewer.ownUnits.first : nil
        let list = Addresses.workList().with(.unit, own)
        var navigation = [
            link("Tổng quan", Addresses.dashboard(), .overview),
            Frame.Link(
                "Việc của tôi", Addresses.myDay(), current: Addresses.lies(path, under: Addresses.myDay()),
                count: request.waiting > 0 ? VietnameseText.grouped(request.waiting) : nil, counted: "đang chờ",
                icon: .day),
        ]
        if viewer.may(.review) { navigation.append(link("Chờ duyệt", Addresses.reviewQueue(), .review)) }
        if viewer.may(.instruct) { navigation.append(link("Bút phê", Addresses.instructions(), .instruction)) }
        navigation += [
            Frame.Link(
                "Thông báo", Addresses.notices(), current: Addresses.lies(path, under: Addresses.notices()),
                count: request.unread > 0 ? VietnameseText.grouped(request.unread) : nil, icon: .notice),
            Frame.Link(
                "Danh sách việc", list, current: Addresses.lies(path, under: Addresses.workList()), icon: .list),
        ]
        if let commune = viewer.communes.first, viewer.ownUnits.contains(.commune(commune)) {
            navigation.append(
                link(
                    VietnameseText.sentence(definition.communes[commune]?.fullName ?? "Đơn vị tôi"),
                    Addresses.unit(.commune(commune)), .home))
        }
        if viewer.may(.countOwnGroup) { navigation.append(link("Tổ của tôi", Addresses.ownGroup(), .home)) }
        navigation += [
            link("Đơn vị", Addresses.units(), .unit), link("Số liệu", Addresses.figures(), .figures),
            link("Văn bản", Addresses.documents(), .paper), link("Vướng mắc", Addresses.obstacles(), .obstacle),
        ]
        // At 1280 pixels one line takes so many; the others are opened by few people or seldom.
        var more = [
            link("Nhiệm vụ", Addresses.tasks()), link("Kế hoạch", Addresses.plan()),
            link("Lịch năm", Addresses.calendar()), link("Nhắc việc", Addresses.outbox()),
        ]
        if !viewer.may(.instruct), viewer.may(.writeRemarks) || viewer.may(.readAllRemarks) {
            more.append(link("Bút phê", Addresses.instructions()))
        }
        more += areas.flatMap { $0.navigation(for: viewer) }.map { link($0.label, $0.address) }
        if viewer.may(.manageAccounts) { more.append(link("Tài khoản", Addresses.accounts())) }
        if viewer.may(.keepUnits) { more.append(link("Đơn vị trực thuộc", Addresses.unitLists())) }
        if viewer.may(.keepBoundaries) { more.append(link("Ranh giới", Addresses.boundaries())) }
        if viewer.may(.keepIdentities) { more.append(link("Tên, ký hiệu cơ quan", Addresses.identities())) }
        if viewer.may(.confirmErasure) || viewer.may(.readErasures) {
            more.append(link("Huỷ tệp", Addresses.erasures()))
        }
        if viewer.may(.keepJobs) { more.append(link("Việc chạy nền", Addresses.jobs())) }
        if viewer.may(.manageAccounts) { more.append(link("Thiết kế", Addresses.design())) }
        if viewer.may(.viewAudit) { more.append(link("Nhật ký", Addresses.audit())) }
        var frame = Frame(
            title: title, plan: planName, person: viewer.name, role: viewer.role.title, navigation: navigation,
            more: more,
            obstacleLink: viewer.may(.sendObstacle) && !Addresses.lies(path, under: Addresses.obstacles())
                ? Addresses.sendObstacle().with(.from, path).text : nil,
            csrf: request.formToken, notice: Acknowledgement(rawValue: request.query[.done])?.words,
            illustrative: settings.illustrative,
            assets: assets.mark)
        if path != Addresses.search().text { frame.searchAddress = Addresses.search().text }
        frame.printed = today.vietnamese
        frame.noticeNext = Acknowledgement(rawValue: request.query[.done])?.next
        frame.helpLink = helpLink(for: viewer, back: request.comingBack)
        frame.tour = tour(for: request)
        frame.clockDoubt = clockWords
        if viewer.may(.manageAccounts), frame.clockDoubt != nil { frame.clockPage = Addresses.serverClock().text }
        return frame
    }

    /// For everybody, while the machine's clock is doubted.
    private var clockWords: String? {
        guard doubt.verdict != .sound else { return nil }
        return
            "Ngày giờ của máy chủ (\(clock.now.vietnamese)) đang chờ quản trị hệ thống xác nhận. Xem được mọi trang, nhưng hệ thống chưa lưu gì."
    }

    /// A fresh one-time mark for a form.
    public func mark() -> String { RecordID(at: clock.now).text }

    // MARK: Refusals

    func page(for refusal: Refusal, request: Request, context: SiteContext) async -> Response {
        let (status, heading): (HTTPResponse.Status, String) =
            switch refusal.kind {
            case .invalid: (.unprocessableContent, "Chưa thực hiện được")
            case .forbidden: (.forbidden, "Không được phép")
            case .notFound: (.notFound, "Không tìm thấy")
            case .stale: (.conflict, "Chưa lưu: nội dung đã khác lúc bạn mở trang")
            case .expired: (.gone, "Đã hết hiệu lực")
            case .tooLarge: (.contentTooLarge, "Tệp quá lớn")
            case .tooMany: (.tooManyRequests, "Hãy đợi một lát")
            case .notNow: (.serviceUnavailable, "Chưa lưu")
            }
        var links = [Frame.Link("Về trang đầu", Addresses.home())]
        // Back to the page the form stood on, when it was one of ours.
        if let referrer = request.headers[.referer], referrer.hasPrefix(settings.publicURL + Addresses.home().text) {
            let label = refusal.kind == .stale ? "Mở lại trang để xem nội dung hiện nay" : "Mở lại trang trước"
            links.insert(Frame.Link(label, String(referrer.dropFirst(settings.publicURL.count))), at: 0)
        }
        let model = MessagePage(
            heading: heading, message: refusal.message,
            // The heading says that nothing was saved, most refusals what to do.
            details: refusal.kind == .stale && !refusal.message.contains("Hãy")
                ? ["Hãy mở lại trang, xem nội dung hiện nay; vẫn cần thì làm lại ở đó."]
                : refusal.fields.count > 1 ? refusal.fields.map(\.message) : [],
            links: links)
        let open = OpenRequest(
            request: request, parameters: context.parameters, query: FormContent(), address: "", device: "",
            visitorToken: "")
        do {
            if let member = try await member(open) {
                var response = try page(heading, model, for: member)
                response.status = status
                Self.tellWait(of: refusal, in: &response)
                return response
            }
            var response = try page(heading, model)
            response.status = status
            Self.tellWait(of: refusal, in: &response)
            return response
        } catch {
            return failurePage(id: context.id)
        }
    }
}
