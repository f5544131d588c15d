public import Kernel

/// The fields of forms about targets, their allocation and residential groups.
public enum TargetField: String, FormKey, CaseIterable {
    case all, associations, cap, capTotal, capVoluntary, compulsory, conditions, countedOn, document, file, floor,
        floorTotal,
        floorVoluntary, group, households, last, name, note, people, pool, reason, rule, scope, total,
        until, voluntary, voluntaryNow, voluntaryTarget, year
}
