// Looking for things by words.
extension Addresses {
    public static let search = FixedPlace("/tim")
}

extension QueryKey {
    /// The one group of what was found that is shown.
    public static let searchGroup = QueryKey("muc")
}
