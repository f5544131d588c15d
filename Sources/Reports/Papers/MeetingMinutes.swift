import Access
import Documents
import Kernel
import PlanText
import Province

extension PaperKind {
    static let meetingMinutes = PaperKind(
        "bien-ban-hoi-nghi", about: .today, issuers: PaperIssuers.anyUnit,
        asks: [
            PaperField(
                "questions", "Câu hỏi và trả lời tại hội nghị", .lines,
                hint: "Mỗi câu một dòng: Câu hỏi; trả lời; căn cứ hoặc việc phải làm tiếp. Không ghi tên người dân.")
        ]
    ) { service, request, _ in try service.meetingMinutes(request) }
}

extension DocumentService {
    /// Minutes of a conference or dialogue (task III.5), signed by who wrote them and who chaired.
    func meetingMinutes(_ request: PaperRequest) throws -> Draft {
        var data = DocumentData(fields: commonFields(year: clock.today.year, of: request.unit))
        let questions = try TypedRows.table(
            request, "questions", ["question", "answer", "basis"], atLeast: 0, atMost: 200,
            line: "Câu hỏi; trả lời; căn cứ")
        data.tables["questions"] = questions
        data.fields["hasQuestions"] = questions.rows.isEmpty ? "" : "1"
        // The secretary stands on the left, who chaired on the right (annex III of the decree, form 1.9).
        data.tables["signatures"] = .init(
            columns: ["title", "name"],
            rows: [("Thư ký", "secretary"), ("Chủ tọa", "chair")].map { title, field in
                [.text(title), .text(Self.nameAlone(request.text(field)))]
            })
        return Draft(request, data, about: Subject(.meeting), cutoff: clock.today)
    }

    /// `Nguyễn Văn A` of “Nguyễn Văn A, Chủ tịch UBND phường”.
    static func nameAlone(_ text: String) -> String {
        VietnameseText.tidy(String(text.prefix { $0 != "," && $0 != ";" && $0 != "(" }))
    }
}
