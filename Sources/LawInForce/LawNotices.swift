import Access
public import Jobs
import Kernel
import Legislation
public import Notices

extension NoticeKind {
    static let lawValueEnding = NoticeKind("law.value-ending", "Tham số của pháp luật sắp hết hiệu lực")
}

extension NoticeArea {
    /// The law's parameters.
    public static let law = NoticeArea("Pháp luật", [.lawValueEnding])
}

extension JobName where Parameters == NoParameters {
    /// Tells who keeps the law's parameters which of them end.
    public static let tellingLaw = JobName("law.ending")
}

extension LawService {
    /// What the system does by itself about the law.
    public var jobKinds: [JobKind] {
        [
            .telling(
                .lawValueEnding, as: .tellingLaw, title: "Báo tham số của pháp luật sắp hết hiệu lực", store: store,
                clock: clock
            ) {
                try await self.endingNotices()
            }
        ]
    }

    /// One for each document waited for: over as soon as what it brings is entered.
    func endingNotices() async throws -> [Notice] {
        let today = clock.today
        return try await table().awaited(on: today).map { awaited in
            let drafts = awaited.values.compactMap { value in value.draft.map { "\(value.name), \($0)" } }
            return Notice(
                .lawValueEnding, key: "\(awaited.document)/\(awaited.lastDay)",
                to: [.everybody(holding: .keepLegislation)],
                about: Subject(.parameter, awaited.values.lazy.compactMap(\.key).first ?? ""),
                "\(awaited.subject) có giá trị đến hết ngày \(awaited.lastDay.vietnamese), chờ: \(awaited.document)",
                detail: (drafts.prefix(2) + ["Khi có văn bản, hãy nhập giá trị tiếp theo"]).joined(separator: ". ")
                    + ".")
        }
    }
}
