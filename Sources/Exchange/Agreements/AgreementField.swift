public import Kernel

/// The fields of forms about agreements and requests.
public enum AgreementField: String, FormKey, CaseIterable {
    case giver, receiver, format, purpose, legalBasis, fields, rhythm, dueDay, dueMonth, dueOn, from, until, retention,
        keeps, giverPeople, receiverPeople, version, number, day, reason
    case asker, holder, communes, persons, period, keepUntil, delivery, request
}
