public import Kernel

extension Subject.Kind {
    /// An official document.
    public static let document = Self("document")
    /// A template of documents.
    public static let template = Self("template")
    /// The whole city's figures.
    public static let city = Self("city")
    /// A commune's figures.
    public static let commune = Self("commune")
    /// All work that ran out of time.
    public static let lateWork = Self("late-work")
    /// All difficulties that were reported.
    public static let obstacles = Self("obstacles")
    public static let invitation = Self("invitation")
    /// A conference or dialogue that minutes tell of.
    public static let meeting = Self("meeting")
    /// The steering committee of a commune.
    public static let steering = Self("steering")
}
