/// A way in which people come into the stock of participants of a month, or leave it. The values are stored.
public enum FlowMovement: String, Sendable, CaseIterable, Codable {
    /// Took part before the records tell of it: part of the opening.
    case carried
    case new
    case returned
    /// From another commune, in the same scheme.
    case movedIn = "moved-in"
    /// From the other scheme.
    case convertedIn = "converted-in"
    /// From another employer, in the same commune and scheme.
    case joined
    case stopped
    case oneOff = "one-off"
    case pension
    case death
    case movedOut = "moved-out"
    case convertedOut = "converted-out"
    /// To another employer, in the same commune and scheme.
    case left

    /// +1 for who comes, −1 for who leaves.
    public var sign: Int {
        switch self {
        case .carried, .new, .returned, .movedIn, .convertedIn, .joined: 1
        case .stopped, .oneOff, .pension, .death, .movedOut, .convertedOut, .left: -1
        }
    }

    /// In Vietnamese.
    public var words: String {
        switch self {
        case .carried: "có từ trước"
        case .new: "tăng mới"
        case .returned: "tham gia lại"
        case .movedIn: "chuyển đến từ xã, phường khác"
        case .convertedIn: "chuyển từ loại hình khác"
        case .joined: "đến từ đơn vị khác"
        case .stopped: "dừng tham gia"
        case .oneOff: "hưởng BHXH một lần"
        case .pension: "nghỉ hưu"
        case .death: "chết"
        case .movedOut: "chuyển đi xã, phường khác"
        case .convertedOut: "chuyển sang loại hình khác"
        case .left: "đi đơn vị khác"
        }
    }
}

extension ParticipationSpell.Ending {
    var movement: FlowMovement {
        switch self {
        case .stopped, .moved, .lapsed, .converted, .unlisted: .stopped
        case .oneOff: .oneOff
        case .pension: .pension
        case .death: .death
        }
    }
}
