// The register of persons and employers.
extension Addresses {
    /// Where somebody is looked for.
    public static let register = FixedPlace("/so-dang-ky")
    /// By a number, which is not to stand in an address.
    public static let findByNumber = register.form("tim-so")
    /// A person or employer by the place of the first record: `12-345`.
    public static let person = Place<String>("/so-dang-ky/nguoi/{entity}")
    public static let openPerson = person.form("mo")
    public static let employer = Place<String>("/so-dang-ky/don-vi/{entity}")
    /// Pairs that a person decides, one after another.
    public static let doubts = FixedPlace("/so-dang-ky/nghi-trung")
    public static let decideDoubt = doubts.form("quyet-dinh")
    public static let undoDoubt = doubts.form("rut-lai")
    /// How good lists and links are.
    public static let registerQuality = FixedPlace("/so-dang-ky/chat-luong")
    /// Stock and flow of a month.
    public static let registerFlows = FixedPlace("/so-dang-ky/bien-dong")
}

extension QueryKey {
    /// A pair of the queue.
    public static let pair = QueryKey("cap")
    /// By where people live, or by where their employer is.
    public static let flowPlace = QueryKey("noi")
    /// Persons or employers.
    public static let registerKind = QueryKey("loai")
    /// Whether names with further words are looked for too.
    public static let wider = QueryKey("rong")
    public static let birthYear = QueryKey("nam-sinh")
    public static let commune = QueryKey("xa")
}
