public import Kernel

// Agreements to hand lists over, requests for data, what was destroyed, the journal of exchanges.
extension Addresses {
    public static let agreements = FixedPlace("/thoa-thuan")
    public static let newAgreement = FixedPlace("/thoa-thuan/lap")
    public static let proposeAgreement = newAgreement.asForm
    public static let agreement = Place<Int>("/thoa-thuan/so/{number}")
    public static let agreeToAgreement = agreement.form("dong-y")
    public static let refuseAgreement = agreement.form("khong-dong-y")
    public static let withdrawAgreement = agreement.form("rut")
    public static let signAgreement = agreement.form("ky")
    public static let endAgreement = agreement.form("cham-dut")
    /// Another wording of an agreement.
    public static let newAgreementVersion = agreement.below("ban-moi")
    public static let proposeAgreementVersion = newAgreementVersion.asForm
    public static let dataRequests = FixedPlace("/yeu-cau-du-lieu")
    public static let newDataRequest = FixedPlace("/yeu-cau-du-lieu/lap")
    public static let askForData = newDataRequest.asForm
    public static let dataRequest = Place<Int>("/yeu-cau-du-lieu/so/{number}")
    public static let sendDataRequest = dataRequest.form("duyet")
    public static let declineDataRequest = dataRequest.form("khong-duyet")
    public static let grantDataRequest = dataRequest.form("dong-y")
    public static let denyDataRequest = dataRequest.form("tu-choi")
    public static let withdrawDataRequest = dataRequest.form("rut")
    public static let answerDataRequest = dataRequest.form("tra-loi")
    public static let destroyRequestedData = dataRequest.form("huy")
    /// Minutes of rows that were destroyed.
    public static let destruction = Place<Int>("/bien-ban-huy-du-lieu/{number}")
    /// The journal of exchanges.
    public static let exchangeJournal = FixedPlace("/nhat-ky-trao-doi")
    /// The register of processing, and what persons ask about their data.
    public static let processing = FixedPlace("/du-lieu-ca-nhan")
    public static let receiveSubjectRequest = processing.form("ghi")
    public static let subjectRequest = Place<Int>("/du-lieu-ca-nhan/yeu-cau/{number}")
    public static let acknowledgeSubjectRequest = subjectRequest.form("bao-nhan")
    public static let extendSubjectRequest = subjectRequest.form("gia-han")
    public static let answerSubjectRequest = subjectRequest.form("tra-loi")
    public static let refuseSubjectRequest = subjectRequest.form("khong-thuc-hien")
    /// How the system runs and is used.
    public static let operation = FixedPlace("/van-hanh")
}

extension QueryKey {
    /// A kind of list, by the key of its format.
    public static let format = QueryKey("mau")
}
