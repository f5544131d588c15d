// Help: the users' guide and the words of the screens.
extension Addresses {
    public static let guide = FixedPlace("/tro-giup")
    /// By the name of its file.
    public static let guideChapter = Place<String>("/tro-giup/{chapter}")
    public static let guideSection = Place<String, String>("/tro-giup/{chapter}/{section}")
    public static let glossary = FixedPlace("/tro-giup/thuat-ngu")
    public static let putAwayTour = FixedPlace("/tro-giup/gioi-thieu").form(on: guide)
}
