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
    let protection: HTTPHeaders

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let address = channel.remoteAddress?.ipAddress ?? ""
            let isWelcome = register.enter(address)
            if isWelcome { channel.closeFuture.whenComplete { _ in register.leave(address) } }
            try ConnectionWatch(limits, isRefused: !isWelcome, protection: protection).watch(channel)
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
        // What the router's answers have, and what never came to it.
        var bare = Response(status: .ok)
        desk.protect(&bare)
        let protection = HTTPHeaders(bare.headers.map { ($0.name.rawName, $0.value) })
        let register = ConnectionRegister(most: limits.fromOneAddress)
        return HTTPServerBuilder { responder in
            GuardedConnections(
                base: HTTP1Channel(
                    responder: responder,
                    configuration: .init(
                        httpDecoderConfiguration: .init(
                            maxHeaderFieldSize: limits.fieldBytes, maxHeaderListSize: limits.headBytes,
                            maxHeaderFieldCount: limits.fields))),
                limits: limits, register: register, protection: protection)
        }
    }
}
