import Access
import Components
import Formats
import Hummingbird
import Kernel
import Registry
import WebDesk

struct DoubtPage: Page {
    static let template: PageTemplate = "register-doubts"

    /// A field of both records.
    struct Line: Sendable {
        let label: String
        let low: String
        let high: String
        let differs: Bool
    }

    struct Step: Sendable {
        let title: String
        let words: String
        let weight: String
    }

    struct Side: Sendable {
        let title: String
        let person: Frame.Link
        let records: String
        let numbers: [Fact]
        let household: [String]
        let hasHousehold: Bool
    }

    struct Current: Sendable {
        let place: String
        let reason: String
        let chance: String
        /// What somebody else proposed and waits for a second person.
        let pending: String?
        let sides: [Side]
        let lines: [Line]
        let steps: [Step]
        let history: [String]
        let hasHistory: Bool
        let same: FormModel
        let different: FormModel
        let ask: FormModel
        let opensSame: Bool
        let opensDifferent: Bool
        let opensAsk: Bool
        /// Which answers take two people.
        let second: String?
        let previous: Frame.Link?
        let next: Frame.Link?
    }

    struct Row: Sendable {
        let address: String
        let label: String
        let reason: String
        let chance: String
        let current: Bool
    }

    struct Decided: Sendable {
        let words: String
        let form: FormModel
        let open: Bool
        let title: String
        /// Of the last one: its key.
        let key: String?
    }

    let count: String
    let choices: [Frame.Link]
    let empty: String?
    /// Why pairs cannot be opened.
    let closed: String?
    let current: Current?
    let rows: [Row]
    let hasRows: Bool
    let decided: [Decided]
    let hasDecided: Bool
    let script: String
}

extension RegisterPages {
    private static let choices: [(choice: DoubtQueries.Choice, word: String, label: String)] = [
        (.open, "", "Chờ quyết định"), (.proposed, "hai-nguoi", "Chờ người thứ hai"),
        (.asked, "da-hoi", "Đã hỏi nơi gửi"), (.check, "kiem-tra", "Rút ra kiểm tra"),
    ]

    /// The queue of links that were drawn to be looked over.
    static let checks = Addresses.doubts().with(.view, "kiem-tra")

    private static let labels: [(field: RecordField, label: String)] = [
        (.name, "Họ và tên"), (.birth, "Ngày sinh"), (.sex, "Giới tính"), (.commune, "Xã, phường"),
        (.group, "Tổ dân phố, thôn"), (.address, "Địa chỉ"), (.relation, "Quan hệ với chủ hộ"),
        (.unitName, "Đơn vị"), (.workplace, "Nơi làm việc"), (.job, "Nghề"), (.position, "Chức danh"),
        (.school, "Trường"), (.schoolClass, "Lớp"), (.benefitKind, "Chế độ đang hưởng"), (.month, "Tháng"),
        (.change, "Biến động"), (.ethnicity, "Dân tộc"), (.education, "Trình độ"),
    ]

    var doubtRoutes: [Route] {
        [
            .page(Addresses.doubts, .right(.decideDoubts)) { request in try await doubtPage(request) },
            .answeringForm(Addresses.decideDoubt, .right(.decideDoubts)) { request in
                guard let id = DoubtID(request.form[RegisterField.pair]),
                    let answer = DoubtAnswer(rawValue: request.form[RegisterField.answer])
                else { throw Refusal(.notFound, "Không có cặp này trong hàng chờ.") }
                try await register.decideDoubt(
                    id, answer, words: request.form[RegisterField.words], by: request.submission)
                return .redirect(
                    to: Self.queue(request.form[QueryKey.view]).with(.pair, request.form[QueryKey.pair]).telling(.saved)
                        .text, type: .normal)
            } again: { request, failure in
                try await doubtPage(request, failure: failure)
            },
            .answeringForm(Addresses.undoDoubt, .right(.decideDoubts)) { request in
                guard let id = DoubtID(request.form[RegisterField.pair]) else {
                    throw Refusal(.notFound, "Không có quyết định này.")
                }
                try await register.undoDoubt(id, words: request.form[RegisterField.words], by: request.submission)
                return .redirect(
                    to: Self.queue(request.form[QueryKey.view]).telling(.undone).text, type: .normal)
            } again: { request, failure in
                try await doubtPage(request, failure: failure)
            },
        ]
    }

    private static func queue(_ word: String) -> Address { Addresses.doubts().with(.view, word) }

    func doubtPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let word = request.query[.view].isEmpty ? request.form[QueryKey.view] : request.query[.view]
        let choice = Self.choices.first { $0.word == word }?.choice ?? .open
        let (count, queue) = try await register.doubts(choice, for: request.viewer)
        let asked =
            failure?.values[RegisterField.pair.rawValue] ?? request.query[.pair]
        let index = queue.firstIndex { $0.id.description == asked } ?? (queue.isEmpty ? nil : 0)
        var current: DoubtPage.Current?
        let isClosed = register.keys == nil
        if let index, !isClosed {
            current = try await self.current(queue, index, of: count, word, request, failure)
        }
        let decisions = try await register.doubtDecisions(limit: 10, for: request.viewer)
        let model = DoubtPage(
            count: VietnameseText.grouped(count),
            choices: Self.choices.map {
                Frame.Link($0.label, Self.queue($0.word), current: $0.choice == choice)
            }, empty: queue.isEmpty ? "Không còn cặp nào ở mục này." : nil,
            closed: isClosed
                ? "Máy chủ không có khóa của số định danh nên không mở được hai bản ghi cạnh nhau. Hãy báo quản trị hệ thống."
                : nil, current: current,
            rows: queue.enumerated().map { place, doubt in
                DoubtPage.Row(
                    address: Self.queue(word).with(.pair, doubt.id).text,
                    label: "Cặp \(place + 1): \(Self.words(doubt.kinds))", reason: doubt.reason.words,
                    chance: Self.chance(doubt.probability), current: place == index)
            }, hasRows: !queue.isEmpty,
            decided: decisions.enumerated().map { decided($1, isLast: $0 == 0, word, request, failure) },
            hasDecided: !decisions.isEmpty, script: desk.address(ofAsset: "phim-tat.js"))
        return try page("Nghi trùng", model, for: request)
    }

    /// `người cư trú – người tham gia BHXH bắt buộc`.
    static func words(_ kinds: KindPair) -> String {
        VietnameseText.sentence(
            [kinds.first, kinds.second].map { RecordKind(rawValue: $0)?.words ?? $0 }.joined(separator: " – "))
    }

    /// Of a pair that waits nothing is certain.
    private static func chance(_ share: Double) -> String {
        share > 0.999 ? "trên 99,9 %" : share < 0.001 ? "dưới 0,1 %" : percent(share)
    }

    static func percent(_ share: Double) -> String { "\(VietnameseText.oneDecimal(share * 100)) %" }

    private func current(
        _ queue: [DoubtfulPair], _ index: Int, of count: Int, _ word: String, _ request: MemberRequest,
        _ failure: FormModel.Failure?
    ) async throws -> DoubtPage.Current {
        let detail = try await register.openDoubt(queue[index].id, by: request.submission)
        let next = index + 1 < queue.count ? queue[index + 1].id : nil
        let previous = index > 0 ? queue[index - 1].id : nil
        func form(_ id: String, _ answer: DoubtAnswer, _ submit: String, look: String, needs: Bool) -> FormModel {
            self.form(
                id, Addresses.decideDoubt(), submit,
                fields: [
                    Field(
                        RegisterField.words, "Căn cứ", kind: .area,
                        hint: answer == .ask
                            ? "Câu hỏi cho nơi gửi: cần xác minh điều gì."
                            : "Vì sao bạn kết luận như vậy.", required: needs)
                ], look: look,
                hidden: [
                    .init(RegisterField.pair, detail.doubt.id), .init(RegisterField.answer, answer.rawValue),
                    .init(QueryKey.view, word), .init(QueryKey.pair, (next ?? previous)?.description ?? ""),
                ], for: request, failure: failure)
        }
        let needs = detail.needsSecond.filter(\.value).keys
        let same = form("cung", .same, "Cùng một người", look: "primary", needs: needs.contains(.same))
        let different = form(
            "khac", .different, "Hai người khác nhau", look: "primary", needs: needs.contains(.different))
        let ask = form("hoi", .ask, "Hỏi nơi gửi", look: "secondary", needs: true)
        let shown = Self.labels.compactMap { field, label -> DoubtPage.Line? in
            let (low, high) = (text(field, detail.low.record), text(field, detail.high.record))
            guard !low.isEmpty || !high.isEmpty else { return nil }
            return DoubtPage.Line(label: label, low: low, high: high, differs: detail.differing.contains(field))
        }
        return DoubtPage.Current(
            place: "Cặp \(index + 1)/\(VietnameseText.grouped(count))", reason: detail.doubt.reason.words,
            chance: Self.chance(detail.doubt.probability),
            pending: detail.doubt.pending.map {
                "\($0.byName) đề xuất “\($0.answer.words)” lúc \($0.at.vietnamese): \($0.words)"
            },
            sides: [side("Bản ghi thứ nhất", detail.low), side("Bản ghi thứ hai", detail.high)], lines: shown,
            steps: detail.steps.map {
                DoubtPage.Step(
                    title: $0.title, words: $0.words,
                    weight: abs($0.weight) < 0.05
                        ? "0" : ($0.weight < 0 ? "−" : "+") + VietnameseText.oneDecimal(abs($0.weight)))
            },
            history: detail.history.map {
                "\($0.at.vietnamese): \($0.byName) \($0.kind.words) “\($0.answer.words)”\($0.words.isEmpty ? "" : ", \($0.words)")."
            }, hasHistory: !detail.history.isEmpty, same: same, different: different, ask: ask,
            opensSame: same.hasProblems, opensDifferent: different.hasProblems, opensAsk: ask.hasProblems,
            second: needs.isEmpty
                ? nil
                : "Cần người thứ hai đồng ý khi trả lời: "
                    + needs.map(\.words).sorted().joined(separator: ", ") + ".",
            previous: previous.map { Frame.Link("Cặp trước", Self.queue(word).with(.pair, $0)) },
            next: next.map { Frame.Link("Cặp sau", Self.queue(word).with(.pair, $0)) })
    }

    private func text(_ field: RecordField, _ record: StoredRecord) -> String {
        guard let value = record.values[field] else { return "" }
        switch value {
        case .commune(let code): return communeName(code)
        case .partialDay(let day): return Self.day(day)
        case .month(let month): return month.vietnamese
        case .day(let day): return day.vietnamese
        case .code(let word) where field == .sex: return Self.sex(word) ?? word
        default: return value.text
        }
    }

    private func side(_ title: String, _ side: DoubtSide) -> DoubtPage.Side {
        DoubtPage.Side(
            title: "\(title): \(side.record.kind.words)",
            person: Frame.Link("Trang của người này", Addresses.person(side.person.word)),
            records: "\(VietnameseText.grouped(side.records)) bản ghi",
            numbers: side.numbers.map { Fact(label: $0.kind.title, value: $0.text) },
            household: side.household.map { member in
                [member.name, member.birth.isEmpty ? nil : "sinh \(member.birth.prefix(4))", Self.sex(member.sex)]
                    .compactMap(\.self).joined(separator: ", ")
            }, hasHousehold: !side.household.isEmpty)
    }

    private func decided(
        _ decision: DoubtDecision, isLast: Bool, _ word: String, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> DoubtPage.Decided {
        let id = DoubtID(decision.one, decision.other)
        let undo = form(
            "rut-\(id)", Addresses.undoDoubt(), "Rút lại",
            fields: [Field(RegisterField.words, "Lý do rút lại", kind: .area)], look: "warning",
            hidden: [.init(RegisterField.pair, id), .init(QueryKey.view, word)], for: request, failure: failure)
        return DoubtPage.Decided(
            words:
                "\(decision.at.vietnamese), \(decision.byName): \(decision.answer.words)\(decision.state == .proposed ? " (chờ người thứ hai)" : "")\(decision.words.isEmpty ? "" : ". \(decision.words)")",
            form: undo, open: undo.hasProblems, title: "Rút lại", key: isLast ? "u" : nil)
    }
}
