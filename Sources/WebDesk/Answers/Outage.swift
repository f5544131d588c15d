import Database
import Files
import HTTPTypes
public import Hummingbird
import Kernel
import Logging
import Components

/// What keeps the house from working, as far as it has a name: told by that name, with what to do.
enum Outage {
    /// The database does not answer, or the connection to it was lost.
    case unreachable
    /// Somebody else wrote, or this took, longer than one waits.
    case busy
    case diskFull
    case damaged

    init?(_ error: any Error) {
        switch error {
        case _ where saysDiskFull(error): self = .diskFull
        case DatabaseError.unavailable: self = .unreachable
        case DatabaseError.busy: self = .busy
        case DatabaseError.damaged: self = .damaged
        default: return nil
        }
    }

    var status: HTTPResponse.Status { self == .damaged ? .internalServerError : .serviceUnavailable }

    /// After how many seconds another try is worth while; nil where somebody has to mend something first.
    var retrySeconds: Int? {
        switch self {
        case .unreachable, .busy: 30
        case .diskFull, .damaged: nil
        }
    }

    var heading: String {
        switch self {
        case .unreachable: "Cơ sở dữ liệu không trả lời"
        case .busy: "Hệ thống đang bận"
        case .diskFull: "Ổ đĩa của máy chủ đã đầy"
        case .damaged: "Cơ sở dữ liệu bị hỏng"
        }
    }

    /// - Parameter id: of the request, as the log names it.
    func message(id: String) -> String {
        switch self {
        case .unreachable:
            "Máy chủ cơ sở dữ liệu không trả lời hoặc kết nối vừa bị ngắt. Hãy thử lại sau ít phút. Nếu vừa gửi biểu mẫu, hãy mở lại trang xem đã lưu chưa rồi mới gửi lại. Nếu vẫn lỗi, hãy báo quản trị mã \(id)."
        case .busy:
            "Yêu cầu phải chờ quá lâu nên đã dừng lại; chưa có gì được lưu. Hãy đợi một phút rồi thử lại. Nếu vẫn lỗi, hãy báo quản trị mã \(id)."
        case .diskFull:
            "Không còn chỗ để lưu; chưa có gì của yêu cầu này được lưu. Hãy báo ngay quản trị giải phóng ổ đĩa (mã \(id)) rồi gửi lại. Các trang chỉ để xem vẫn dùng được."
        case .damaged:
            "Có dữ liệu không đọc được nữa. Hãy ngừng nhập liệu và báo ngay quản trị khôi phục từ bản sao lưu (mã \(id))."
        }
    }
}

extension Desk {
    /// The answer to what failed without anybody's refusing it: the cause goes into the log with the request's id; the person
    /// gets the id and, where the cause has a name, what to do. Asks the database nothing.
    public func failure(_ error: any Error, _ request: Request, _ context: SiteContext, route: String) -> Response {
        context.logger.error("request failed", metadata: ["error": "\(error)", "route": "\(route)"])
        let outage = Outage(error)
        var response = failurePage(id: context.id, outage)
        if Addresses.isForPrograms(request.uri.path) {
            response = Self.json(
                status: response.status, error: outage?.message(id: context.id) ?? "Trục trặc, mã \(context.id).")
        }
        if let seconds = outage?.retrySeconds { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    func failurePage(id: String, _ outage: Outage? = nil) -> Response {
        let model = MessagePage(
            heading: outage?.heading ?? "Hệ thống gặp trục trặc",
            message: outage?.message(id: id)
                ?? "Chưa thực hiện được yêu cầu; không có gì bị lưu dở dang. Hãy thử lại, nếu vẫn lỗi hãy báo quản trị mã \(id).",
            links: [Frame.Link("Về trang đầu", Addresses.home())])
        let status = outage?.status ?? .internalServerError
        guard var response = try? page(outage?.heading ?? "Trục trặc", model) else { return Response(status: status) }
        response.status = status
        return response
    }
}
