public import Kernel

/// The fields of forms about work, the plan and obstacles.
public enum WorkField: String, FormKey, CaseIterable {
    case agency, answer, asOf, basis, bodyAbove, collective, day, days, deputy, head, name, place, symbol, decision,
        figure, file, group, instance, key, lead, note, number, obstacle, page,
        phrase,
        planned, product, reason, since, slot, source, step, stepID, summary, target, task, text, title, until, value
}
