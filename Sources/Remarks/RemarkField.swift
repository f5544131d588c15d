public import Kernel

/// The fields of forms about remarks and instructions.
public enum RemarkField: String, FormKey, CaseIterable {
    case due, text, unit
}
