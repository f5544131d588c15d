public import Access
import Kernel

/// What somebody may do with a job. Use cases check it by ``require(of:by:)``, pages draw ``Job/actions(for:)``: both ask the
/// same two functions.
public enum JobAction: Sendable, CaseIterable {
    /// One that runs stops after its present chunk.
    case cancel
    case runAgain
    /// Take the file it made.
    case takeFile

    /// Whether the person is one who does this with this job, in whatever state it is. Its file was made with the owner's
    /// rights and is the owner's alone.
    func belongs(to viewer: Viewer, of job: Job) -> Bool {
        job.isShown(to: viewer) && (self != .takeFile || job.owner == viewer.account)
    }

    /// What stands against it in the job's present state; nil when nothing does.
    func obstruction(of job: Job) -> Refusal? {
        switch self {
        case .cancel where job.state.isOver: Refusal(.stale, "Việc này đã kết thúc, không còn gì để huỷ.")
        case .cancel where job.cancelWantedAt != nil:
            Refusal(.stale, "Việc này đã được yêu cầu huỷ, sẽ dừng sau phần đang làm.")
        case .runAgain where job.state != .failed && job.state != .cancelled:
            Refusal(.stale, "Chỉ chạy lại được việc đã dừng vì lỗi hoặc đã huỷ.")
        case .takeFile where job.outcome?.file == nil: Refusal(.notFound, "Việc này không có tệp kết quả.")
        case .cancel, .runAgain, .takeFile: nil
        }
    }

    /// - Throws: not found, where the job may not be known of or the file is another's; otherwise what stands against it.
    func require(of job: Job, by viewer: Viewer) throws(Refusal) {
        guard belongs(to: viewer, of: job) else {
            throw self == .takeFile
                ? Refusal(.notFound, "Việc này không có tệp kết quả, hoặc tệp là của người khác.") : JobService.unknown
        }
        if let obstruction = obstruction(of: job) { throw obstruction }
    }
}

extension Job {
    /// Whether somebody may know of it: its owner, and those who keep the system.
    func isShown(to viewer: Viewer) -> Bool { owner == viewer.account || viewer.may(.keepJobs) }

    /// What a person may do with the job now.
    public func actions(for viewer: Viewer) -> Set<JobAction> {
        Set(JobAction.allCases.filter { $0.belongs(to: viewer, of: self) && $0.obstruction(of: self) == nil })
    }
}
