import Access
import Components
public import HTTPTypes
public import Hummingbird
import Kernel
import NIOCore
import Overview
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
        _ title: String, _ model: some Sendable, with template: String, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let frame = Frame(
            title: title, plan: planName, illustrative: settings.illustrative, assets: assets.mark)
        return Self.html(try renderer.page(model, with: template, in: frame), status: status)
    }

    /// A page for somebody signed in.
    public func page(
        _ title: String, _ model: some Sendable, with template: String, for request: MemberRequest
    ) throws -> Response {
        Self.html(try renderer.page(model, with: template, in: frame(title, for: request)))
    }

    /// A page whose inner HTML was rendered before, or is kept.
    public func page(_ title: String, rendered main: String, for request: MemberRequest) throws -> Response {
        Self.html(try renderer.page(rendered: main, in: frame(title, for: request)))
    }

    func frame(_ title: String, for request: MemberRequest) -> Frame {
        let viewer = request.viewer
        let path = request.base.path
        func link(_ label: String, _ address: String) -> Frame.Link {
            Frame.Link(label, address, current: path == address || path.hasPrefix(address + "/"))
        }
        // Whoever works for one unit starts from that unit's list; the filter leads to the rest.
        let own = viewer.may(.work) && !viewer.may(.viewWholePlan) ? viewer.ownUnits.first : nil
        let list = "/viec" + (own.map { "?don-vi=\($0)" } ?? "")
        var navigation = [
            link("Tổng quan", "/tong-quan"), link("Việc của tôi", "/hom-nay"),
            Frame.Link("Danh sách việc", list, current: path == "/viec" || path.hasPrefix("/viec/")),
        ]
        if let commune = viewer.communes.first, viewer.ownUnits.contains(.commune(commune)) {
            navigation.append(
                link(
                    VietnameseText.sentence(definition.communes[commune]?.fullName ?? "Đơn vị tôi"),
                    "/don-vi/\(commune)"))
        }
        navigation += [
            link("Đơn vị", "/don-vi"), link("Số liệu", "/so-lieu"), link("Lịch năm", "/lich"),
            link("Nhiệm vụ", "/nhiem-vu"),
            link("Kế hoạch", "/ke-hoach"), link("Văn bản", "/van-ban"), link("Vướng mắc", "/vuong-mac"),
            link("Nhắc việc", "/nhac-viec"),
        ]
        if viewer.may(.manageAccounts) { navigation.append(link("Tài khoản", "/quan-tri/tai-khoan")) }
        if viewer.may(.viewAudit) { navigation.append(link("Nhật ký", "/quan-tri/nhat-ky")) }
        return Frame(
            title: title, plan: planName, person: viewer.name, role: viewer.role.title, navigation: navigation,
            obstacleLink: viewer.may(.sendObstacle) && !path.hasPrefix("/vuong-mac")
                ? "/vuong-mac/gui?tu=\(Addresses.encoded(path))" : nil,
            csrf: request.formToken, notice: Self.notices[request.query["xong"]], illustrative: settings.illustrative,
            assets: assets.mark)
    }

    /// What is told once after something was done, by the mark in the address.
    static let notices = [
        "luu": "Đã lưu.", "nop": "Đã nộp. Việc đang chờ cơ quan cấp trên duyệt.", "rut": "Đã rút lại để sửa.",
        "duyet": "Đã chấp nhận.", "tra": "Đã trả lại kèm lý do.", "gia-han": "Đã gửi đề nghị gia hạn.",
        "quyet-dinh": "Đã ghi quyết định về gia hạn.", "gui": "Đã gửi. Cảm ơn bạn đã phản ánh.",
        "mo": "Đã mở việc đột xuất.", "khoa": "Đã cập nhật tài khoản.",
        "nhan-so-lieu": "Đã nhận số liệu.", "bo-tep": "Đã bỏ tệp; không có gì được nhận.",
        "thu-hoi": "Đã thu hồi lô số liệu.",
        "de-nghi": "Đã gửi đề nghị sửa; cả hai số được hiển thị cho đến khi có quyết định.",
        "quyet-dinh-so-lieu": "Đã ghi quyết định về số liệu.",
        "mat-khau": "Đã đổi mật khẩu; các phiên khác đã kết thúc.",
        "can-bang": "Đã cân bằng lại; tổng không đổi.", "hoan-tac": "Đã hoàn tác lần sửa cuối.",
        "keu-goi": "Đã đề nghị các đơn vị gửi đề xuất.", "de-xuat": "Đã gửi đề xuất.",
        "quyet-dinh-chi-tieu": "Đã ghi quyết định; số liệu đã khóa và trở thành chỉ tiêu trên mọi trang.",
        "ban-hanh": "Đã ghi số, ngày ban hành.",
        "gia-tri-luat": "Đã lưu giá trị; mọi phép tính dùng giá trị này từ bây giờ.",
        "bo-gia-tri-luat": "Đã bỏ; không có gì thay đổi.",
        "thu-hoi-gia-tri": "Đã thu hồi giá trị; giá trị trước đó có hiệu lực lại.",
        "gop": "Đã gộp vướng mắc.", "giao": "Đã giao trả lời.",
        "tra-loi": "Đã trả lời; nội dung trở thành hướng dẫn chung.",
    ]

    /// A fresh one-time mark for a form.
    public func mark() -> String { RecordID(at: clock.now).text }

    // MARK: Refusals

    func page(for refusal: Refusal, request: Request, context: SiteContext) async -> Response {
        let (status, heading): (HTTPResponse.Status, String) =
            switch refusal.kind {
            case .invalid: (.unprocessableContent, "Chưa thực hiện được")
            case .forbidden: (.forbidden, "Không được phép")
            case .notFound: (.notFound, "Không tìm thấy")
            case .stale: (.conflict, "Trang đã cũ")
            case .expired: (.gone, "Đã hết hiệu lực")
            case .tooLarge: (.contentTooLarge, "Tệp quá lớn")
            case .tooMany: (.tooManyRequests, "Hãy đợi một lát")
            }
        var links = [Frame.Link("Về trang đầu", "/")]
        // Back to the page the form stood on, when it was one of ours.
        if let referrer = request.headers[.referer], referrer.hasPrefix(settings.publicURL + "/") {
            links.insert(Frame.Link("Mở lại trang trước", String(referrer.dropFirst(settings.publicURL.count))), at: 0)
        }
        let model = MessagePage(
            heading: heading, message: refusal.message,
            details: refusal.fields.count > 1 ? refusal.fields.map(\.message) : [],
            links: links)
        let open = OpenRequest(
            request: request, parameters: context.parameters, query: FormContent(), address: "", device: "",
            visitorToken: "")
        do {
            if let member = try await member(open) {
                var response = try page(heading, model, with: "message", for: member)
                response.status = status
                return response
            }
            var response = try page(heading, model, with: "message")
            response.status = status
            return response
        } catch {
            return failurePage(id: context.id)
        }
    }

    func failurePage(id: String) -> Response {
        let model = MessagePage(
            heading: "Hệ thống gặp trục trặc",
            message:
                "Chưa thực hiện được yêu cầu; không có gì bị lưu dở dang. Hãy thử lại, nếu vẫn lỗi hãy báo quản trị mã \(id).",
            links: [Frame.Link("Về trang đầu", "/")])
        do {
            var response = try page("Trục trặc", model, with: "message")
            response.status = .internalServerError
            return response
        } catch {
            return Response(status: .internalServerError)
        }
    }
}
