public import Files

/// What the site is told by the configuration.
public struct SiteSettings: Sendable {
    /// The address under which people reach it, without a slash at the end.
    public var publicURL = "http://127.0.0.1:8080"
    /// The largest file taken, in bytes.
    public var uploadBytes = 25 << 20
    /// Where files stand while they stream in, and while they are worked on.
    public var scratch = ScratchFolder()
    /// Whether all data is invented: every page says so.
    public var illustrative = false
    /// Forms taken from one address in a minute.
    public var formsPerMinute = 300
    /// Believe `X-Forwarded-For`: only behind a proxy that sets it.
    public var behindProxy = false

    /// Whoever shows it may read what is measured; nil lets readers on this machine alone.
    public var metricsToken: String?

    public init() {}

    var secure: Bool { publicURL.hasPrefix("https://") }
}
