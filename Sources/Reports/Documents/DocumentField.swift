public import Kernel

/// The fields of forms about papers and their templates, but for those that ask about a signing (``SigningDraft``) and
/// those that a kind of paper or its template names (``PaperField``).
public enum DocumentField: String, FormKey, CaseIterable {
    case addressee, contact, day, insured, note, number, reason, replaced, replaces, slot, successor, text, work
    case workers
}
