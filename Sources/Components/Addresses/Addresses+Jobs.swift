public import Kernel

// Work in the background.
extension Addresses {
    public static let jobs = FixedPlace("/viec-chay-nen")
    public static let job = Place<RecordID>("/viec-chay-nen/{id}")
    public static let jobFile = job.below("tep")
    public static let cancelJob = job.form("huy")
    public static let runJobAgain = job.form("chay-lai")
}
