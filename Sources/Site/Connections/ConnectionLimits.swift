public import NIOCore

/// What one connection, and all of them, may take (docs/decisions/0040).
public struct ConnectionLimits: Sendable {
    /// Open at the same time; further ones wait to be taken in.
    public var inAll = 2_000
    /// From one address at the same time; further ones are told so. Nil where a proxy stands in front, whose address all have.
    public var fromOneAddress: Int? = 300
    /// From the first byte of a request to the end of its head.
    public var head = TimeAmount.seconds(20)
    /// For a body, of the time in which it was waited for; ``bytesASecond`` earn more.
    public var body = TimeAmount.seconds(20)
    public var bytesASecond = 500
    /// Between requests, and before the first.
    public var quiet = TimeAmount.seconds(75)
    /// How long an answer may make no way because its reader takes nothing.
    public var stall = TimeAmount.seconds(30)
    /// Of one field of a head; of its lines together; how many there are.
    public var fieldBytes = 16 << 10
    public var headBytes = 32 << 10
    public var fields = 100
    /// From the server's being told to stop until what is open is closed.
    public var farewell = TimeAmount.seconds(10)
    /// How long a refused sender may go on sending unheard: closed at once, the refusal might never reach it.
    public var lingering = TimeAmount.seconds(2)
    /// How often a connection is looked at.
    public var tick = TimeAmount.seconds(2)

    public init() {}
}
