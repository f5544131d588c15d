/// All addresses: the only place that knows paths.
public enum Addresses {
    /// The first page, which leads on by role.
    public static let home = FixedPlace("/")
    /// Whatever has no address.
    public static let anywhere = FixedPlace("/**")
    /// Whether the server lives, for whoever watches it.
    public static let health = FixedPlace("/suc-khoe")
    /// What is measured, for Prometheus.
    public static let metrics = FixedPlace("/metrics")
    /// The style sheet, the script and the icon.
    public static let asset = Place<String>("/tinh/{file}")

    /// Whether a path lies at an address or below it.
    public static func lies(_ path: String, under address: Address) -> Bool {
        path == address.text || path.hasPrefix(address.text + "/")
    }
}

extension QueryKey {
    /// The mark of a style sheet's or script's content.
    public static let assetVersion = QueryKey("v")
    public static let year = QueryKey("nam")
    public static let quarter = QueryKey("quy")
    public static let month = QueryKey("thang")
    public static let unit = QueryKey("don-vi")
    public static let task = QueryKey("nhiem-vu")
    public static let group = QueryKey("nhom")
    public static let status = QueryKey("trang-thai")
    public static let superior = QueryKey("duyet")
    /// How a list is shown.
    public static let view = QueryKey("kieu")
    public static let page = QueryKey("trang")
    /// The page of a history.
    public static let history = QueryKey("lich-su")
    /// What stands before this one, of a list by number.
    public static let before = QueryKey("truoc")
    public static let search = QueryKey("tim")
    /// The fingerprint of a file.
    public static let sha256 = QueryKey("sha256")
    /// The mark of what was done, told once.
    public static let done = QueryKey("xong")
    /// Where to go after signing in.
    public static let back = QueryKey("ve")
    /// Said when the session ended while a form was filled in.
    public static let sessionEnded = QueryKey("het-phien")
    /// Whether a recovery code takes the place of the phone.
    public static let recovery = QueryKey("du-phong")
    /// The piece of work, and its slot, that a paper is written for.
    public static let work = QueryKey("viec")
    public static let slot = QueryKey("san-pham")
    /// The page that an obstacle is met on.
    public static let from = QueryKey("tu")
    public static let subject = QueryKey("doi-tuong")
    public static let measure = QueryKey("do")
    /// What is forecast.
    public static let forecast = QueryKey("so")
    public static let scope = QueryKey("pham-vi")
    public static let comparedWith = QueryKey("voi")
    public static let scenario = QueryKey("phuong-an")
    public static let document = QueryKey("van-ban")
    public static let batch = QueryKey("lo")
    /// The delivery that a paper is about.
    public static let handedOver = QueryKey("lan-giao")
    /// The one of a list that is to be corrected.
    public static let editing = QueryKey("sua")
    /// A subject of the law's parameters.
    public static let lawSubject = QueryKey("chu-de")
    /// The day that the law's parameters are shown of, and the day they are compared with.
    public static let lawDay = QueryKey("ngay")
    public static let lawSince = QueryKey("so")
}
