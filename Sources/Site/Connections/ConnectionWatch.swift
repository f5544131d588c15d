import NIOCore
import NIOHTTP1

/// Looks after one connection, on its event loop: how fast it moves, and what is said to it where no request reaches the
/// router. Its two handlers stand before and behind NIO's decoder of requests.
final class ConnectionWatch {
    private let limits: ConnectionLimits
    /// Headers that no answer goes without.
    fileprivate let protection: HTTPHeaders
    /// Whether it is one too many.
    private let isRefused: Bool
    fileprivate var pace: ConnectionPace
    /// Whether a part of an answer is on its way: nothing may be put between.
    fileprivate var isSpeaking = false
    fileprivate var isLeaving = false

    init(_ limits: ConnectionLimits, isRefused: Bool, protection: HTTPHeaders) {
        self.limits = limits
        self.isRefused = isRefused
        self.protection = protection
        pace = ConnectionPace(limits, at: .now())
    }

    /// Puts the handlers in their places.
    func watch(_ channel: any Channel) throws {
        let pipeline = channel.pipeline.syncOperations
        let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self).handler
        let requests = RequestHandler(self)
        try pipeline.addHandler(WireHandler(self), position: .first)
        try pipeline.addHandler(requests, position: .after(decoder))
    }

    fileprivate func began(_ context: ChannelHandlerContext) {
        if isRefused { return leave(context, saying: .serviceUnavailable) }
        look(context)
    }

    private func look(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: limits.tick) {
            let (watch, context) = bound.value
            guard context.channel.isActive, !watch.isLeaving else { return }
            let buffered = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
            switch watch.pace.verdict(at: .now(), buffered: buffered) {
            case .fine: watch.look(context)
            case .slow: watch.leave(context, saying: .requestTimeout)
            case .idle, .stalled: context.close(promise: nil)
            }
        }
    }

    /// Says why, stops talking, and closes once the other side has heard it or had time to.
    fileprivate func leave(_ context: ChannelHandlerContext, saying status: HTTPResponseStatus) {
        guard !isLeaving else { return }
        isLeaving = true
        guard !isSpeaking, pace.unanswered <= 1 else { return context.close(promise: nil) }
        let text = Self.words(status)
        var headers = protection
        headers.add(name: "content-type", value: "text/plain; charset=utf-8")
        headers.add(name: "content-length", value: String(text.utf8.count))
        headers.add(name: "connection", value: "close")
        if status == .serviceUnavailable { headers.add(name: "retry-after", value: "10") }
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(RequestHandler.wrapOutboundOut(.head(head)), promise: nil)
        context.write(RequestHandler.wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
        context.writeAndFlush(RequestHandler.wrapOutboundOut(.end(nil)), promise: nil)
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: limits.lingering) { bound.value.close(promise: nil) }
    }

    /// In a line of plain text: whoever reads it speaks HTTP too badly, or came at too bad a time, for a page.
    private static func words(_ status: HTTPResponseStatus) -> String {
        switch status {
        case .serviceUnavailable: "Quá nhiều kết nối từ địa chỉ này. Hãy đóng bớt rồi thử lại.\n"
        case .requestTimeout: "Yêu cầu gửi lên quá chậm. Hãy kiểm tra đường truyền rồi gửi lại.\n"
        case .requestHeaderFieldsTooLarge: "Phần đầu của yêu cầu quá dài. Hãy xóa cookie của trang này rồi thử lại.\n"
        default: "Yêu cầu không đúng định dạng.\n"
        }
    }

    /// What the decoder made nothing of.
    fileprivate func failed(_ error: any Error, _ context: ChannelHandlerContext) {
        if isLeaving { return }
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        // In the middle of a request whoever reads it is told, and answers.
        guard pace.unanswered == 0 else { return context.fireErrorCaught(error) }
        switch error {
        case .headerOverflow: leave(context, saying: .requestHeaderFieldsTooLarge)
        case .invalidVersion: leave(context, saying: .httpVersionNotSupported)
        default: leave(context, saying: .badRequest)
        }
    }
}

/// Bytes as they come and go.
private final class WireHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = IOData

    private let watch: ConnectionWatch

    init(_ watch: ConnectionWatch) {
        self.watch = watch
    }

    func read(context: ChannelHandlerContext) {
        watch.pace.wanted(at: .now())
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        watch.pace.received(Self.unwrapInboundIn(data).readableBytes, at: .now())
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let promise = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound(watch, eventLoop: context.eventLoop)
        promise.futureResult.whenSuccess { bound.value.pace.sent(at: .now()) }
        context.write(data, promise: promise)
    }
}

/// Requests and answers in NIO's own parts.
private final class RequestHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let watch: ConnectionWatch

    init(_ watch: ConnectionWatch) {
        self.watch = watch
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        watch.began(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch Self.unwrapInboundIn(data) {
        case .head: watch.pace.headEnded(at: .now())
        case .body: break
        case .end: watch.pace.requestEnded(at: .now())
        }
        // Whoever is being sent away is heard no more.
        if !watch.isLeaving { context.fireChannelRead(data) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch Self.unwrapOutboundIn(data) {
        case .head(var head):
            watch.isSpeaking = true
            // Hummingbird answers what breaks off in the middle by itself.
            for (name, value) in watch.protection where !head.headers.contains(name: name) {
                head.headers.add(name: name, value: value)
            }
            context.write(Self.wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            watch.isSpeaking = false
            watch.pace.answerEnded(at: .now())
            context.write(data, promise: promise)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { watch.failed(error, context) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if watch.isLeaving, case .inputClosed? = event as? ChannelEvent { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }
}
