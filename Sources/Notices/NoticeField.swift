public import Kernel

/// The fields of forms of notices.
public enum NoticeField: String, FormKey, CaseIterable {
    /// A kind's name, once for each kind that letters are to tell of.
    case kind = "loai"
    /// The moment the page was made, in seconds.
    case seen = "den"
}
