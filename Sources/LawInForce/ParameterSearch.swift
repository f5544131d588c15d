import Kernel
import Legislation
public import Search

extension SearchGroup {
    /// Parameters of the law, which are for everybody, with what holds today.
    public static func parameters(_ law: LawService) -> SearchGroup {
        SearchGroup("tham-so", "Văn bản, tham số của pháp luật") { words, _, skipping, limit in
            let (table, today) = (try await law.table(), law.clock.today)
            return table.subjects.flatMap { subject in subject.parameters.map { (subject, $0) } }.filter {
                subject, parameter in
                words.match([parameter.name, subject.title, parameter.value(on: today)?.source ?? ""])
            }.dropFirst(skipping).prefix(limit).map { subject, parameter in
                let value = parameter.value(on: today)
                return SearchHit(
                    .subject(Subject(.parameter, parameter.key)), title: parameter.name,
                    detail: [
                        value.map { "\($0.value.vietnamese(parameter.unit)) (\($0.source))" }
                            ?? "chưa có giá trị hôm nay",
                        subject.title,
                    ].joined(separator: " · "))
            }
        }
    }
}
