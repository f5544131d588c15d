public import Kernel

// Remarks on things, and leaders' instructions.
extension Addresses {
    /// What was said of a thing; the part is its ``Subject/step``.
    public static let thread = Place<String>("/y-kien/{subject}")
    public static let writeRemark = thread.form("gui")
    public static let instruct = thread.form("but-phe")
    public static let correctRemark = Place<String, RecordID>("/y-kien/{subject}/{id}/sua").form(on: thread)
    public static let withdrawRemark = Place<String, RecordID>("/y-kien/{subject}/{id}/rut").form(on: thread)

    public static let instructions = FixedPlace("/but-phe")
    public static let instruction = Place<RecordID>("/but-phe/{id}")
    public static let answerInstruction = instruction.form("tra-loi")
    public static let closeInstruction = instruction.form("dong")
    public static let sendBackInstruction = instruction.form("tra-lai")
    public static let withdrawInstruction = instruction.form("thoi")
}

extension Subject {
    /// The subject as one step of a path: `instance~II.4~2026~10507`.
    public var step: String { text.replacing("/", with: "~") }

    /// Nil for a step that is no subject.
    public init?(step: String) { self.init(step.replacing("~", with: "/")) }
}
