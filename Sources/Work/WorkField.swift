public import Kernel

/// The fields of forms about work, the plan and obstacles.
public enum WorkField: String, FormKey, CaseIterable {
    case agency, answer, asOf, basis, day, days, decision, figure, file, instance, key, lead, note, number, page,
        phrase,
        planned, product, reason, since, slot, source, step, stepID, summary, target, task, text, title, until, value
}
