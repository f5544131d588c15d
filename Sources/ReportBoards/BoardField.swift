public import Kernel

/// The fields of forms about boards.
public enum BoardField: String, FormKey, CaseIterable {
    case cutoff, due, handsIn, kind, part, reason, text, unit
}
