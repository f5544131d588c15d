public import Kernel

/// Fields of the forms of the register.
public enum RegisterField: String, FormKey, CaseIterable {
    case answer, number, pair, purpose, words
}
