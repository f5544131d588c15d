public import Access

extension RightArea {
    /// Official documents and steering committees.
    public static let reports = RightArea(
        "Văn bản, Ban Chỉ đạo",
        [
            .draftDocuments, .draftPlanPapers, .readDocuments, .packReports, .keepTemplates, .keepCommittee,
            .readCommitteePhones,
        ])
}
