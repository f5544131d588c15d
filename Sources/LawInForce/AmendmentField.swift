public import Kernel

/// The fields of forms about values of the law.
public enum AmendmentField: String, FormKey, CaseIterable {
    case confidence, file, from, note, reason, source, to, value
}
