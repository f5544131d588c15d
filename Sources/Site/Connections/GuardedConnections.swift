import Hummingbird
public import HummingbirdCore
import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import WebDesk

/// Hummingbird's connections, each looked after by a ``ConnectionWatch``.
private struct GuardedConnections: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let base: HTTP1Channel
    let limits: ConnectionLimits
    let register: ConnectionRegister
    let refuse: @Sendable (HTTPResponseStatus) -> (HTTPHeaders, String)

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let address = channel.remoteAddress?.ipAddress ?? ""
            let isWelcome = register.enter(address)
            if isWelcome { channel.closeFuture.whenComplete { _ in register.leave(address) } }
            try ConnectionWatch(limits, isRefused: !isWelcome, refuse: refuse).watch(channel)
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        let (channel, farewell) = (value.channel, limits.farewell)
        await withGracefulShutdownHandler {
            await base.handle(value: value, logger: logger)
        } onGracefulShutdown: {
            // What is being answered may end; whoever takes nothing, or sends for ever, is not waited for.
            channel.eventLoop.scheduleTask(in: farewell) { channel.close(promise: nil) }
        }
    }
}

extension Site {
    /// HTTP as the site speaks it, within limits.
    public func server(_ limits: ConnectionLimits = ConnectionLimits()) -> HTTPServerBuilder {
        let desk = self.desk
        let register = ConnectionRegister(most: limits.fromOneAddress)
        return HTTPServerBuilder { responder in
            GuardedConnections(
                base: HTTP1Channel(
                    responder: responder,
                    configuration: .init(
                        httpDecoderConfiguration: .init(
                            maxHeaderFieldSize: limits.fieldBytes, maxHeaderListSize: limits.headBytes,
                            maxHeaderFieldCount: limits.fields))),
                limits: limits, register: register, refuse: { Self.refusal($0, desk) })
        }
    }

    /// In a line of plain text: whoever reads it speaks HTTP too badly, or came at too bad a time, for a page.
    private static func refusal(_ status: HTTPResponseStatus, _ desk: Desk) -> (HTTPHeaders, String) {
        let text =
            switch status {
            case .serviceUnavailable: "Quá nhiều kết nối từ địa chỉ này. Hãy đóng bớt rồi thử lại.\n"
            case .requestTimeout: "Yêu cầu gửi lên quá chậm. Hãy kiểm tra đường truyền rồi gửi lại.\n"
            case .requestHeaderFieldsTooLarge:
                "Phần đầu của yêu cầu quá dài. Hãy xóa cookie của trang này rồi thử lại.\n"
            default: "Yêu cầu không đúng định dạng.\n"
            }
        var response = Response(status: .init(code: Int(status.code)))
        desk.protect(&response)
        response.headers[.contentType] = "text/plain; charset=utf-8"
        response.headers[.contentLength] = String(text.utf8.count)
        response.headers[.connection] = "close"
        response.headers[.server] = "baophu"
        if status == .serviceUnavailable { response.headers[.retryAfter] = "10" }
        return (HTTPHeaders(response.headers.map { ($0.name.rawName, $0.value) }), text)
    }
}
