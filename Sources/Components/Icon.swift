/// The pictures that stand beside words, in the navigation and in states. Each is a symbol of `icons.mustache`, drawn on a square
/// of 16 in the colour of the words; none stands alone.
public enum Icon: String, Sendable, CaseIterable {
    case overview, day, review, notice, list, home, unit, figures, paper, obstacle, instruction
    case search, person
    case late, waiting, returned, done
}
