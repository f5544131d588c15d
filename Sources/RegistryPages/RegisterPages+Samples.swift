import Components

// One of each model, complete: see ``Page/sample``.

extension FindPage {
    static let sample = FindPage(
        action: "/dia-chi", typed: "nguyễn thị hoa", kinds: [.sample], birthYear: "1985", communes: [.sample],
        problem: "Năm sinh không đúng.", numberForm: .sample, told: "Tìm thấy 1.", hasRows: true,
        rows: [
            .init(
                name: "Nguyễn Thị Hoa", address: "/dia-chi", birth: "sinh 1985, nữ", place: "Phường An Biên",
                numbers: [.sample], records: "12 bản ghi")
        ], previous: "/dia-chi", next: "/dia-chi", isPaged: true, advice: "Nội dung", wider: .sample, closed: "Nội dung"
    )
}

extension PersonPage {
    static let sample = PersonPage(
        back: .sample, name: "Nguyễn Thị Hoa", about: "sinh năm 1985, nữ", contradictions: ["Nội dung"],
        hasContradictions: true, opened: "Nội dung",
        fields: [.sample],
        numbers: [
            .init(kind: "Mã số BHXH", number: "•••••••234", span: "09/2026", records: "3", check: "Nội dung")
        ], hasNumbers: true, closed: "Nội dung", openPanel: .sample,
        spells: [
            .init(
                span: "01/2026 – nay", scheme: "BHXH bắt buộc", unit: "Công ty Sao Mai", unitAddress: "/dia-chi",
                base: "5.310.000 đồng", how: "tăng mới")
        ], hasSpells: true,
        household: [.init(name: "Trần Văn Bình", address: "/dia-chi", about: "sinh 1960, nam")], hasHousehold: true,
        records: [.sample], recordsTold: "12", changes: ["Nội dung"], hasChanges: true,
        looks: [.sample])
}

extension EmployerPage {
    static let sample = EmployerPage(
        back: .sample, name: "Công ty TNHH Sao Mai", about: "Phường An Biên", numbers: [.sample], closed: "Nội dung",
        contradictions: ["Nội dung"], hasContradictions: true, parent: .sample,
        months: [.init(month: "09/2026", people: "12", account: ["C Số phải đóng: 12.000.000"])], hasMonths: true,
        people: [
            .init(name: "Nguyễn Thị Hoa", address: "/dia-chi", birth: "1985", place: "Phường An Biên")
        ], hasPeople: true, peopleTold: "Nội dung", names: [.sample], hasNames: true, fields: [.sample],
        hasFields: true, records: [.sample], recordsTold: "12",
        changes: ["Nội dung"], hasChanges: true, looks: [.sample])
}

extension FlowPage {
    static let sample = FlowPage(
        lead: "Nội dung", basis: "Nội dung", places: [.sample], months: [.sample],
        totals: [
            .init(
                scheme: "BHXH tự nguyện", opening: "1.200", movements: [.sample], closing: "1.250",
                unplaced: "Nội dung")
        ], hasTotals: true, comparison: .sample, table: .sample, nothing: "Nội dung")
}

extension FlowComparison {
    static let sample = FlowComparison(
        basis: "Nội dung",
        totals: [
            .init(
                scheme: "BHXH tự nguyện", communes: "114", counted: "1.250", imported: "1.245", difference: "+5",
                causes: ["Đã lệch từ tháng trước: +5, ở 2 xã, phường"])
        ], hasTotals: true, missing: "Nội dung",
        movements: [
            .init(
                scheme: "BHXH tự nguyện", measure: "Tăng mới", communes: "114", counted: "50", imported: "48",
                difference: "+2")
        ], hasMovements: true, remarks: ["Nội dung"], hasRemarks: true)
}

extension EntityFieldLine {
    static let sample = EntityFieldLine(
        label: "Họ và tên", value: "Nguyễn Thị Hoa", source: "Người cư trú, tháng 9/2026", check: "Nội dung")
}

extension EntityRecordLine {
    static let sample = EntityRecordLine(
        kind: "Người cư trú", month: "09/2026", source: "Công an thành phố", place: "dòng 12",
        commune: "Phường An Biên", name: "Nguyễn Thị Hoa")
}

extension LookLine {
    static let sample = LookLine(at: "15/01/2027 09:00", name: "Trần Văn Bình", what: "xem, số che")
}

extension DoubtPage {
    static let sample = DoubtPage(
        count: "12", choices: [.sample], empty: "Nội dung", closed: "Nội dung",
        current: .init(
            place: "Cặp 1/12", reason: "Nội dung", chance: "62 %", pending: "Nội dung",
            sides: [
                .init(
                    title: "Bản ghi thứ nhất", person: .sample, records: "3 bản ghi", numbers: [.sample],
                    household: ["Nguyễn Văn An, sinh 1960"], hasHousehold: true)
            ], lines: [.init(label: "Họ và tên", low: "Nguyễn Thị Hoa", high: "Nguyễn Hoa", differs: true)],
            steps: [.init(title: "Họ tên", words: "giống, thiếu chữ đệm", weight: "+3,2")], history: ["Nội dung"],
            hasHistory: true, same: .sample, different: .sample, ask: .sample, opensSame: true, opensDifferent: true,
            opensAsk: true, second: "Nội dung", previous: .sample, next: .sample),
        rows: [
            .init(address: "/dia-chi", label: "Cặp 1", reason: "Nội dung", chance: "62 %", current: true)
        ], hasRows: true,
        decided: [.init(words: "Nội dung", form: .sample, open: true, title: "Rút lại", key: "u")], hasDecided: true,
        script: "/dia-chi")
}

extension QualityPage {
    static let sample = QualityPage(
        lead: "Nội dung",
        links: [
            .init(
                kinds: "người cư trú – người tham gia", linked: "1.200", doubtful: "35", precision: "99,5 %",
                recall: "98,7 %", same: "40 %")
        ], hasLinks: true, checks: "/dia-chi",
        models: [.init(kinds: "Nội dung", version: "2", trained: "Nội dung", drift: "Nội dung")], hasModels: true,
        years: [.sample],
        senders: [
            .init(
                sender: "Công an thành phố", deliveries: "3", rows: "1.200", returned: "12", share: "1 %",
                repaired: "40")
        ], hasSenders: true, year: "2026")
}
