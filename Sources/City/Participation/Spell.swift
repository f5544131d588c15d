import Kernel

/// An unbroken stretch of participation.
struct Spell: Sendable {
    enum Beginning: UInt8, Sendable {
        case new, returned, moved, converted

        var words: String {
            switch self {
            case .new: "new"
            case .returned: "returned"
            case .moved: "moved"
            case .converted: "converted"
            }
        }
    }

    enum Ending: UInt8, Sendable {
        case open, stopped, moved, converted, oneOff, pension, death

        var words: String {
            switch self {
            case .open: ""
            case .stopped: "stopped"
            case .moved: "moved"
            case .converted: "converted"
            case .oneOff: "one-off"
            case .pension: "pension"
            case .death: "death"
            }
        }
    }

    let person: UInt32
    /// `UInt32.max` in the voluntary scheme.
    let employer: UInt32
    /// The first month taken part in; negative before the city's time.
    let from: Int16
    /// The first month no longer taken part in; ``open`` where it goes on.
    var until: Int16
    let beginning: Beginning
    var ending: Ending
    let isVoluntary: Bool
    /// What is paid on, thousand đồng a month.
    let base: UInt32

    static let open = Int16.max

    func covers(_ time: Int) -> Bool { Int(from) <= time && time < Int(until) }
}
