public import Kernel
public import Mustache
import Synchronization

/// One field of a form: label, hint, error and control in one piece, tied together for assistive technology.
public struct Field: Sendable, MustacheParent {
    public struct Option: Sendable, MustacheParent {
        public let value: String
        public let label: String
        public let selected: Bool

        public init(_ value: String, _ label: String, selected: Bool = false) {
            self.value = value
            self.label = label
            self.selected = selected
        }

        public func child(named name: String) -> Any? {
            switch name {
            case "value": value
            case "label": label
            case "selected": selected
            default: nil
            }
        }
    }

    public var id: String
    public var name: String
    public var label: String
    public var hint: String?
    public var error: String?
    public var value: String
    /// Type of the input element; ignored by the other kinds.
    public var type: String
    public var required: Bool
    public var autocomplete: String?
    public var isInput: Bool
    public var isArea: Bool
    public var isSelect: Bool
    public var isFile: Bool
    /// A box to tick, whose value is sent when it is.
    public var isCheck: Bool
    /// Whether it is ticked at first.
    public var isTicked: Bool
    public var isNumeric: Bool
    /// Shown and sent, not to be changed.
    public var isFixed: Bool
    public var accept: String?
    public var multiple: Bool
    public var options: [Option]
    /// Ids of hint and error, for `aria-describedby`.
    public var describedBy: String?

    public enum Kind: Sendable {
        case text, password, area, email, code, fixed, check, ticked
        case select([Option])
        case selectSeveral([Option])
        case file(AcceptedFiles)
    }

    public init(
        _ key: some FormKey, _ label: String, kind: Kind = .text, hint: String? = nil, value: String = "",
        required: Bool = true, autocomplete: String? = nil
    ) {
        self.init(
            key.rawValue, label, kind: kind, hint: hint, value: value, required: required, autocomplete: autocomplete)
    }

    /// For a field that an address or a paper's template names.
    public init(
        _ name: String, _ label: String, kind: Kind = .text, hint: String? = nil, value: String = "",
        required: Bool = true,
        autocomplete: String? = nil
    ) {
        id = name
        self.name = name
        self.label = label
        self.hint = hint
        self.value = value
        self.required = required
        self.autocomplete = autocomplete
        error = nil
        type = "text"
        isInput = false
        isArea = false
        isSelect = false
        isFile = false
        isCheck = false
        isTicked = false
        isNumeric = false
        isFixed = false
        accept = nil
        multiple = false
        options = []
        describedBy = nil
        switch kind {
        case .text: isInput = true
        case .password: (isInput, type) = (true, "password")
        case .email: (isInput, type) = (true, "email")
        case .code: (isInput, isNumeric) = (true, true)
        case .fixed: (isInput, isFixed) = (true, true)
        case .area: isArea = true
        case .check: isCheck = true
        case .ticked: (isCheck, isTicked) = (true, true)
        case .select(let choices): (isSelect, options) = (true, choices)
        case .selectSeveral(let choices): (isSelect, options, multiple) = (true, choices, true)
        case .file(let accepted):
            (isFile, accept) = (true, accepted.attribute)
            // Said to everybody: the browser's own list of files can be talked into any.
            let kinds = "Nhận tệp \(accepted.words)"
            self.hint = [kinds, hint].compactMap(\.self).joined(separator: ". ")
        }
        // A box that is ticked and says nothing would read as one that is not.
        if isCheck, value.isEmpty { self.value = "1" }
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "name": self.name
        case "label": label
        case "hint": hint
        case "error": error
        case "value": value
        case "type": type
        case "required": required
        case "autocomplete": autocomplete
        case "isInput": isInput
        case "isArea": isArea
        case "isSelect": isSelect
        case "isFile": isFile
        case "isCheck": isCheck
        case "isTicked": isTicked
        case "isNumeric": isNumeric
        case "isFixed": isFixed
        case "accept": accept
        case "multiple": multiple
        case "options": options
        case "describedBy": describedBy
        default: nil
        }
    }

    /// The field as part of a form: its id made unique on the page, its error and what the person typed put back.
    public func placed(in form: String, errors: [String: String], typed: [String: String]?) -> Field {
        var field = self
        field.id = "\(form)-\(name)"
        field.error = errors[name]
        if let typed, !isFile, !isFixed, !isCheck, type != "password" {
            field.value = typed[name] ?? ""
            field.options = options.map { Option($0.value, $0.label, selected: $0.value == typed[name]) }
        }
        let described = [hint.map { _ in "\(field.id)-hint" }, field.error.map { _ in "\(field.id)-error" }].compactMap(
            \.self)
        field.describedBy = described.isEmpty ? nil : described.joined(separator: " ")
        return field
    }
}

/// A form as its template takes it.
public struct FormModel: Sendable, MustacheParent {
    public struct Hidden: Sendable, MustacheParent {
        public let name: String
        public let value: String

        public init(_ key: some FormKey, _ value: some CustomStringConvertible) {
            self.init(name: key.rawValue, value: value.description)
        }

        /// A value of an address that a form hands on.
        public init(_ key: QueryKey, _ value: some CustomStringConvertible) {
            self.init(name: key.name, value: value.description)
        }

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        public func child(named name: String) -> Any? {
            switch name {
            case "name": self.name
            case "value": value
            default: nil
            }
        }
    }

    public struct Problem: Sendable {
        public let address: String
        public let message: String
    }

    /// What a refused form leaves behind: what was typed and what is wrong. Whatever no form of the page shows, the
    /// page's frame does.
    public final class Failure: Sendable {
        public let form: String
        public let values: [String: String]
        /// By field name, in the order found.
        public let problems: [(field: String, message: String)]
        /// What the form may be sent again with, unchanged, when the person has looked and finds nothing wrong.
        public let confirmation: Confirmation?

        private let taken = Mutex(false)

        public init(
            form: String, values: [String: String], problems: [(field: String, message: String)],
            confirmation: Confirmation? = nil
        ) {
            self.form = form
            self.values = values
            self.problems = problems
            self.confirmation = confirmation
        }

        /// This failure, for a form that shows all its problems; nil for another form than the one that was refused.
        public func taken(by form: String) -> Failure? {
            guard form == self.form else { return nil }
            taken.withLock { $0 = true }
            return self
        }

        /// Whether a form of the page shows the problems.
        public var isTaken: Bool { taken.withLock { $0 } }
    }

    /// A box that a form shows below a warning: ticked, it is taken as it is.
    public struct Confirmation: Sendable {
        public static let field = "_confirmed"
        public let label: String
        public let hint: String
        /// Of what was warned of: another finding asks anew.
        public let value: String

        public init(label: String, hint: String, value: String) {
            self.label = label
            self.hint = hint
            self.value = value
        }
    }

    public let id: String
    public let action: String
    public let fields: [Field]
    public let hidden: [Hidden]
    public let submit: String
    /// `primary`, `secondary` or `warning`
    public let look: String
    /// What is lost by it; nil for what loses nothing. Then a first press only opens the question.
    public let asks: String?
    public let multipart: Bool
    public let problems: [Problem]
    public let hasProblems: Bool

    /// - Parameters:
    ///   - id: unique on the page; the form says it in a hidden field, so that a failure finds its way back.
    ///   - csrf: the session's proof that the form came from our page.
    ///   - asks: what is lost by it, told before it can be sent.
    ///   - mark: the one-time mark by which a form sent twice is carried out once.
    public init(
        id: String, action: String, fields: [Field] = [], submit: String, look: String = "primary",
        asks: String? = nil, csrf: String, mark: String, version: Int? = nil, hidden: [Hidden] = [],
        failure: Failure? = nil
    ) {
        self.id = id
        self.action = action
        self.submit = submit
        self.look = look
        self.asks = asks
        let failed = failure?.taken(by: id)
        let errors = Dictionary(
            (failed?.problems ?? []).map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
        let isMultipart = fields.contains { $0.isFile }
        let confirming = failed?.confirmation.map { asked in
            Field(
                Confirmation.field, asked.label, kind: .check,
                hint: isMultipart ? "\(asked.hint) Tệp phải chọn lại." : asked.hint, value: asked.value, required: false
            )
        }
        self.fields = (fields + [confirming].compactMap(\.self)).map {
            $0.placed(in: id, errors: errors, typed: failed?.values)
        }
        multipart = isMultipart
        var values = [
            Hidden(name: "_csrf", value: csrf), Hidden(name: "_mark", value: mark), Hidden(name: "_name", value: id),
        ]
        if let version { values.append(Hidden(name: "_version", value: String(version))) }
        values += hidden
        self.hidden = values
        let names = Set(fields.map(\.name))
        problems = (failed?.problems ?? []).map { problem in
            Problem(
                address: names.contains(problem.field) ? "#\(id)-\(problem.field)" : "#\(id)", message: problem.message)
        }
        hasProblems = !problems.isEmpty
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "action": action
        case "fields": fields
        case "hidden": hidden
        case "submit": submit
        case "look": look
        case "asks": asks
        case "multipart": multipart
        case "problems": problems
        case "hasProblems": hasProblems
        default: nil
        }
    }
}
