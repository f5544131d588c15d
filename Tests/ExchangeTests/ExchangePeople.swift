import Access
import Exchange
import Kernel
import Testing

/// People of several agencies, as rights make them.
enum ExchangePeople {
    static func officer(
        of agency: String, named name: String, rights: Set<Right> = [.keepAgreements], role: Role = .agencyOfficer
    ) throws -> Submission {
        Submission(
            viewer: Viewer(
                account: RecordID(at: Timestamp(secondsSinceEpoch: 1_790_000_000)), login: name, name: name, role: role,
                rights: rights, agency: try #require(AgencyCode(agency))))
    }

    /// Of the giver, the receiver, somebody else, and somebody who reads all.
    struct Four {
        let tax: Submission
        let bhxh: Submission
        let police: Submission
        let inspector: Submission

        init() throws {
            tax = try officer(of: "thue-thanh-pho", named: "Cán bộ thuế")
            bhxh = try officer(of: "bhxh-thanh-pho", named: "Cán bộ BHXH", role: .insuranceProvince)
            police = try officer(of: "cong-an-thanh-pho", named: "Cán bộ công an")
            inspector = try officer(
                of: "thanh-tra-thanh-pho", named: "Thanh tra", rights: [.readAgreements], role: .inspector)
        }
    }

    static func refused(
        _ kind: Refusal.Kind, _ words: String = "", _ body: () async throws -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        do {
            try await body()
            Issue.record("not refused", sourceLocation: sourceLocation)
        } catch let refusal as Refusal {
            #expect(refusal.kind == kind, "\(refusal)", sourceLocation: sourceLocation)
            #expect(words.isEmpty || refusal.message.contains(words), "\(refusal)", sourceLocation: sourceLocation)
        } catch {
            Issue.record(error, sourceLocation: sourceLocation)
        }
    }
}

extension AgreementDraft {
    /// Tax hands `people` over each April.
    static func sample(giver: String = "thue-thanh-pho", from: String = "01/10/2026") -> AgreementDraft {
        AgreementDraft(
            giver: giver, receiver: "bhxh-thanh-pho", format: "people", purpose: "Rà soát người chưa tham gia",
            legalBasis: "Điều 30 Luật Bảo hiểm xã hội", fields: ["Họ và tên", "Số CCCD", "Xã"], rhythm: "monthly",
            dueDay: "10", from: from, retentionMonths: "3", keeps: [], giverPeople: "Phòng Kê khai",
            receiverPeople: "Phòng Thu")
    }
}
