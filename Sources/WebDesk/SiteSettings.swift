public import Access
public import Files

/// What the site is told by the configuration.
public struct SiteSettings: Sendable {
    /// The address under which people reach it, without a slash at the end.
    public var publicURL = "http://127.0.0.1:8080"
    /// The largest file taken, in bytes.
    public var uploadBytes = 25 << 20
    /// What keeps an uploaded file from being taken.
    public var screening = FileScreening()
    /// Where files stand while they stream in, and while they are worked on.
    public var scratch = ScratchFolder()
    /// Whether all data is invented: every page says so.
    public var illustrative = false
    /// Forms taken in a minute from a person who is signed in, and from an address of those who are not.
    public var formsPerMinute = 1_000
    /// Believe `X-Forwarded-For`, where one of ``proxies`` hands a request on.
    public var behindProxy = false
    /// The proxies of ours.
    public var proxies: [NetworkAddress.Range] = []

    /// Whoever shows it may read what is measured; nil lets readers on this machine alone.
    public var metricsToken: String?

    public init() {}

    var secure: Bool { publicURL.hasPrefix("https://") }
}
