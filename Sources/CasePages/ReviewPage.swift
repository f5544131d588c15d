import Access
import Components
import Coverage
import Hummingbird
import Kernel
import PlanText
import Province
import WebDesk

struct ReviewPage: Page {
    static let template: PageTemplate = "review-numbers"

    /// A step from a list to leads.
    struct Funnel: Sendable {
        let title: String
        let steps: [Fact]
    }

    struct Line: Sendable {
        let name: String
        let address: String?
        let people: String
        let employers: String
    }

    struct ClassLine: Sendable {
        /// Whom the table is about: several have a class of the same title.
        let subject: String
        let title: String
        let deed: String
        let rows: String
        let isLead: Bool
    }

    let nothing: String?
    let lead: String
    let runs: [Frame.Link]
    let facts: [Fact]
    let list: Frame.Link?
    let funnels: [Funnel]
    let hasNumbers: Bool
    let offices: [Line]
    let hasOffices: Bool
    let communes: [Line]
    let sizes: [Line]
    let industries: [Line]
    let classes: [ClassLine]
    let hidden: String?
}

extension CasePages {
    private static let sources: [String: String] = [
        "contracted": "Người có hợp đồng trong bảng kê thuế",
        "casual": "Người không hợp đồng hoặc hợp đồng ngắn trong bảng kê thuế",
        "owners": "Chủ hộ kinh doanh", "managers": "Người quản lý không hưởng lương", "don-vi": "Đơn vị",
    ]

    private static let subjects = [
        "don-vi": "Đơn vị", "lao-dong": "Người lao động", "chu-ho-quan-ly": "Chủ hộ, người quản lý",
    ]

    private static let steps: [(step: ReviewStep, words: String)] = [
        (.listed, "Có trong danh sách"), (.known, "Nhận diện chắc chắn"), (.uninsured, "Chưa tham gia bắt buộc"),
        (.lead, "Cần đối chiếu"),
    ]

    func reviewPage(_ request: MemberRequest) async throws -> Response {
        let name = request.query[.reviewRun]
        let found = try await reviews.numbers(of: name.isEmpty ? nil : name, for: request.viewer)
        guard let numbers = found else {
            return try page(
                "Rà soát",
                ReviewPage(
                    nothing:
                        "Chưa có lần rà soát nào xong. BHXH chạy rà soát sau khi nhận bảng kê thuế, danh sách tham gia và danh sách đơn vị.",
                    lead: "", runs: [], facts: [], list: nil, funnels: [], hasNumbers: false, offices: [],
                    hasOffices: false, communes: [], sizes: [], industries: [], classes: [], hidden: nil), for: request)
        }
        let offices = officeLines(numbers)
        let reads = request.viewer.may(.readLeads)
        let model = ReviewPage(
            nothing: nil, lead: lead(numbers),
            runs: numbers.runs.map {
                Frame.Link(
                    $0.name, Addresses.review().with(.reviewRun, $0.name), current: $0.number == numbers.run.number)
            }, facts: try await facts(numbers, for: request.viewer),
            list: reads ? Frame.Link("Danh sách đơn vị cần đối chiếu", Addresses.leads()) : nil,
            funnels: numbers.funnels.map { funnel in
                ReviewPage.Funnel(
                    title: Self.sources[funnel.source] ?? funnel.source,
                    steps: Self.steps.compactMap { step, words in
                        funnel.steps[step].map { Fact(label: words, value: text($0, numbers)) }
                    })
            }, hasNumbers: true, offices: offices, hasOffices: !offices.isEmpty,
            communes: numbers.communes.map { line in
                self.line(
                    line, nameOfCommune(line.key), numbers,
                    address: reads && !line.key.isEmpty
                        ? Addresses.leads().with(.commune, line.key).text : nil)
            },
            sizes: numbers.sizes.map { line in
                self.line(line, EmployerSize(rawValue: line.key)?.words ?? line.key, numbers)
            },
            industries: industryLines(numbers),
            classes: numbers.classes.map { one in
                let result = numbers.tables.result(one.count.classKey, of: one.count.review)
                return ReviewPage.ClassLine(
                    subject: Self.subjects[one.count.review] ?? "",
                    title: result?.title ?? one.count.classKey, deed: result?.deed ?? "", rows: text(one.rows, numbers),
                    isLead: one.count.isLead)
            },
            hidden: numbers.least.map {
                "Số dưới \($0) và những số suy ra được nó không hiện: chỉ BHXH của địa bàn xem được."
            })
        return try page("Rà soát \(numbers.run.name)", model, for: request)
    }

    private func lead(_ numbers: ReviewNumbers) -> String {
        let year = numbers.run.taxYear.map { "bảng kê thuế năm \($0)" } ?? "chưa có bảng kê thuế"
        return
            "Rà soát “\(numbers.run.name)”, tính đến ngày \(numbers.run.day.vietnamese), theo \(year) và mọi danh sách đã nhận. Là căn cứ để đối chiếu, chưa phải kết luận."
    }

    private func facts(_ numbers: ReviewNumbers, for viewer: Viewer) async throws -> [Fact] {
        var facts = [
            Fact(label: "Người cần đối chiếu", value: VietnameseText.grouped(numbers.people)),
            Fact(label: "Đơn vị cần đối chiếu", value: VietnameseText.grouped(numbers.employers)),
        ]
        if numbers.declared > 0 {
            let share = VietnameseText.oneDecimal(Double(numbers.insured) * 100 / Double(numbers.declared))
            facts.append(
                Fact(
                    label: "Lao động khai thuế đã tham gia tại đơn vị",
                    value:
                        "\(share) % (\(VietnameseText.grouped(numbers.insured)) trên \(VietnameseText.grouped(numbers.declared)) người)"
                ))
        }
        if let (gap, year) = try await gap(viewer) {
            facts.append(
                Fact(
                    label: "So với chỉ tiêu bắt buộc năm \(year)",
                    value: gap > 0
                        ? "còn thiếu \(VietnameseText.grouped(gap)) người; đưa hết số cần đối chiếu vào thì được \(VietnameseText.grouped(numbers.people)) người"
                        : "đã đạt; số cần đối chiếu là \(VietnameseText.grouped(numbers.people)) người"))
        }
        return facts
    }

    /// What the agency's offices have in their areas.
    private func officeLines(_ numbers: ReviewNumbers) -> [ReviewPage.Line] {
        let insurers = Set(
            definition.agencies.filter { $0.kind == .socialInsurance || $0.kind == .baseSocialInsurance }.map(\.code))
        var found: [(people: Int, line: ReviewPage.Line)] = []
        for (code, communes) in definition.units.areas where insurers.contains(code.agency) {
            let own = Set(communes.map(\.text))
            let lines = numbers.communes.filter { own.contains($0.key) }
            guard !lines.isEmpty, let unit = definition.units[code] else { continue }
            let people = lines.reduce(0) { $0 + ($1.people ?? 0) }
            let employers = lines.reduce(0) { $0 + ($1.employers ?? 0) }
            let front = lines.allSatisfy { $0.people != nil } ? "" : "trên "
            found.append(
                (
                    people,
                    ReviewPage.Line(
                        name: unit.name, address: nil, people: front + VietnameseText.grouped(people),
                        employers: front + VietnameseText.grouped(employers))
                ))
        }
        return found.sorted { ($1.people, $0.line.name) < ($0.people, $1.line.name) }.map(\.line)
    }

    /// The industries with the most people; what others have together.
    private func industryLines(_ numbers: ReviewNumbers) -> [ReviewPage.Line] {
        let shown = numbers.industries.prefix(15).map { one in
            let name =
                switch one.key.count {
                case 0: "Không rõ ngành nghề"
                // A letter is what the sender's file has: a section of the classification of industries.
                case 1: "Ngành cấp 1, mã \(one.key)"
                default: one.key
                }
            return line(one, name, numbers)
        }
        let rest = numbers.industries.dropFirst(15)
        guard !rest.isEmpty else { return shown }
        func sum(_ values: [Int?]) -> String {
            let known = values.compactMap(\.self)
            return (known.count < values.count ? "trên " : "") + VietnameseText.grouped(known.reduce(0, +))
        }
        return shown + [
            ReviewPage.Line(
                name: "\(rest.count) ngành nghề khác", address: nil, people: sum(rest.map(\.people)),
                employers: sum(rest.map(\.employers)))
        ]
    }

    private func line(
        _ line: ReviewNumbers.Line, _ name: String, _ numbers: ReviewNumbers, address: String? = nil
    ) -> ReviewPage.Line {
        ReviewPage.Line(
            name: name, address: address, people: text(line.people, numbers), employers: text(line.employers, numbers))
    }

    private func text(_ number: Int?, _ numbers: ReviewNumbers) -> String {
        number.map { VietnameseText.grouped($0) } ?? "không hiện"
    }
}
