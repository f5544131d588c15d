public import Kernel

/// The fields of forms about the members of a steering committee.
public enum CommitteeField: String, FormKey, CaseIterable {
    case member, name, phone, position, seat, since, until
}
