import Access
import Components
import Formats
import Hummingbird
import Kernel
import Registry
import WebDesk

struct PersonPage: Page {
    static let template: PageTemplate = "register-person"

    struct NumberRow: Sendable {
        let kind: String
        let number: String
        let span: String
        let records: String
        let check: String?
    }

    /// A spell, or the gap before the next one.
    struct SpellRow: Sendable {
        let span: String
        let scheme: String
        let unit: String
        let unitAddress: String?
        let base: String
        let how: String
    }

    struct HouseholdLine: Sendable {
        let name: String
        let address: String
        let about: String
    }

    let back: Frame.Link
    let name: String
    let about: String
    let contradictions: [String]
    let hasContradictions: Bool
    /// That numbers are open on this page alone.
    let opened: String?
    let fields: [EntityFieldLine]
    let numbers: [NumberRow]
    let hasNumbers: Bool
    /// Why no number is shown.
    let closed: String?
    let openPanel: FormPanel?
    let spells: [SpellRow]
    let hasSpells: Bool
    let household: [HouseholdLine]
    let hasHousehold: Bool
    let records: [EntityRecordLine]
    let recordsTold: String
    let changes: [String]
    let hasChanges: Bool
    let looks: [LookLine]
}

extension RegisterPages {
    /// In the order of the page.
    private static let shown: [(field: RecordField, label: String)] = [
        (.ethnicity, "Dân tộc"), (.nationality, "Quốc tịch"), (.group, "Tổ dân phố, thôn"),
        (.relation, "Quan hệ với chủ hộ"), (.education, "Trình độ học vấn"), (.skill, "Trình độ chuyên môn"),
        (.activity, "Tình trạng việc làm"), (.job, "Nghề, việc đang làm"), (.position, "Chức danh"),
        (.school, "Trường"), (.schoolClass, "Lớp"), (.benefitKind, "Chế độ đang hưởng"),
    ]

    func personPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let entity = try entity(request)
        do {
            return try await shown(
                try await register.person(entity, by: request.submission), request, failure: failure)
        } catch let refusal as Refusal where refusal.kind == .notFound {
            // Links live longer than names: a merge leads on.
            guard let heir = try await register.heir(of: entity, for: request.viewer) else { throw refusal }
            return .redirect(to: Addresses.person(heir.word).text, type: .normal)
        }
    }

    func openedPage(_ request: MemberRequest) async throws -> Response {
        try await shown(
            try await register.openPerson(
                try entity(request), purpose: request.form[RegisterField.purpose], by: request.submission),
            request, failure: nil)
    }

    private func shown(
        _ view: PersonView, _ request: MemberRequest, failure: FormModel.Failure?
    ) async throws -> Response {
        let person = view.person
        let looks = try await register.looks(at: person.entity, limit: 50, for: request.viewer)
        let open = form(
            "mo-so", Addresses.openPerson(person.entity.word), "Mở số",
            fields: [
                Field(
                    RegisterField.purpose, "Mở để làm gì",
                    hint: "Ví dụ: đối chiếu hồ sơ số 12/2026. Mục đích, người mở, giờ mở được lưu vào nhật ký.")
            ], look: "secondary", for: request, failure: failure)
        let model = PersonPage(
            back: Frame.Link("Sổ đăng ký", Addresses.register()),
            name: person.name?.value ?? "Chưa có tên", about: about(person),
            contradictions: person.contradictions.map { VietnameseText.sentence($0.words) },
            hasContradictions: !person.contradictions.isEmpty,
            opened: view.opened.map { _ in
                "Số, ngày sinh, địa chỉ đang mở trên trang này; rời trang là đóng lại. Lần mở này đã ghi vào nhật ký."
            }, fields: fields(of: view), numbers: view.numbers.map(row), hasNumbers: !view.numbers.isEmpty,
            closed: register.keys == nil ? Self.closed : nil,
            openPanel: view.opened == nil && register.keys != nil
                ? FormPanel(title: "Mở trọn số, ngày sinh, địa chỉ", form: open, open: open.hasProblems) : nil,
            spells: spells(view.spells), hasSpells: !view.spells.isEmpty,
            household: view.household.map { other in
                PersonPage.HouseholdLine(
                    name: other.name.isEmpty ? "Chưa có tên" : other.name,
                    address: Addresses.person(other.entity.word).text,
                    about: [other.birthYear.map { "sinh \($0)" }, Self.sex(other.sex)].compactMap(\.self).joined(
                        separator: ", "))
            }, hasHousehold: !view.household.isEmpty, records: view.records.map(line),
            recordsTold: Self.told(view.records.count, elsewhere: view.elsewhere),
            changes: view.changes.map { words($0, of: person.entity) }, hasChanges: !view.changes.isEmpty,
            looks: looks.map(LookLine.init))
        return try page(person.name?.value ?? "Người trong sổ đăng ký", model, for: request)
    }

    private func about(_ person: Person) -> String {
        [
            person.birth.map { "sinh năm \($0.value.year)" }, Self.sex(person.sex?.value),
            person.commune.map { "ở \(communeName($0.value))" },
        ].compactMap(\.self).joined(separator: ", ")
    }

    private func fields(of view: PersonView) -> [EntityFieldLine] {
        let person = view.person
        var lines: [EntityFieldLine] = []
        if let name = person.name { lines.append(line("Họ và tên", name.value, name)) }
        if let birth = person.birth {
            let day = view.opened?.birth.map { Self.day($0.value) } ?? "\(birth.value.year)"
            lines.append(line(view.opened == nil ? "Năm sinh" : "Ngày sinh", day, birth))
        }
        if let sex = person.sex {
            lines.append(line("Giới tính", VietnameseText.sentence(Self.sex(sex.value) ?? sex.value), sex))
        }
        if let commune = person.commune { lines.append(line("Xã, phường", communeName(commune.value), commune)) }
        if let address = view.opened?.address { lines.append(line("Địa chỉ", address.value, address)) }
        for (field, label) in Self.shown {
            if let value = person.fields[field], !value.value.isEmpty { lines.append(line(label, value.value, value)) }
        }
        return lines
    }

    /// `21/01/1954`, `01/1954`, `1954`.
    static func day(_ day: PartialDay) -> String {
        if let whole = day.day { return whole.vietnamese }
        return day.month == 0 ? "\(day.year)" : "\(day.month < 10 ? "0" : "")\(day.month)/\(day.year)"
    }

    private func row(_ line: PersonView.NumberLine) -> PersonPage.NumberRow {
        let identifier = line.identifier
        let months = [identifier.first, identifier.last].compactMap { $0?.vietnamese }
        return PersonPage.NumberRow(
            kind: identifier.kind.title, number: line.number?.text ?? "không mở được",
            span: Set(months).count == 1 ? months[0] : months.joined(separator: " – "),
            records: VietnameseText.grouped(identifier.records),
            check: identifier.isConfirmed.map { $0 ? "có trong danh sách cư trú" : "danh sách cư trú ghi số khác" })
    }

    /// In order of time, with the months between two in which the person took part in nothing.
    private func spells(_ placed: [PersonView.PlacedSpell]) -> [PersonPage.SpellRow] {
        var rows: [PersonPage.SpellRow] = []
        var (last, goesOn): (Month?, Bool) = (nil, false)
        for one in placed {
            let spell = one.spell
            if !goesOn, let ended = last, let from = spell.from, ended.adding(months: 1) < from {
                let (begin, end) = (ended.adding(months: 1), from.adding(months: -1))
                rows.append(
                    PersonPage.SpellRow(
                        span: begin == end ? begin.vietnamese : "\(begin.vietnamese) – \(end.vietnamese)",
                        scheme: "không tham gia", unit: "", unitAddress: nil, base: "", how: ""))
            }
            rows.append(
                PersonPage.SpellRow(
                    span:
                        "\(spell.from?.vietnamese ?? "trước \(spell.firstSeen.vietnamese)") – \(spell.to?.vietnamese ?? "nay")",
                    scheme: spell.scheme.title,
                    unit: one.isElsewhere && one.employer == nil
                        ? "theo danh sách ngoài địa bàn của bạn"
                        : spell.unitName.isEmpty && one.employer != nil ? "Đơn vị" : spell.unitName,
                    unitAddress: one.employer.map { Addresses.employer($0.word).text },
                    base: spell.base.map { "\(VietnameseText.grouped($0.amount)) đồng" } ?? "",
                    how: [spell.begins.words, spell.ends?.words].compactMap(\.self).joined(separator: "; ")))
            // What overlaps leaves no gap, and behind one that goes on there is none.
            guard let to = spell.to else { goesOn = true; continue }
            last = max(to, last ?? to)
        }
        return rows
    }
}
