import Components

// One of each model, complete: see ``Page/sample``.

extension AllocationComparePage {
    static let sample = AllocationComparePage(
        back: .sample, heading: "Số liệu tháng 10/2026", firstName: "Nội dung", secondName: "Nội dung",
        summary: "Nội dung", others: [.sample], table: .sample)
}

extension AllocationDeskPage {
    static let sample = AllocationDeskPage(
        back: .sample, heading: "Số liệu tháng 10/2026", state: .sample, isDraft: true, isCity: true, totalSum: "1.234",
        compulsorySum: "1.234", typesTotal: true, typesCompulsory: true, voluntarySum: "1.234", spread: "Nội dung",
        sources: ["Nội dung"], remarks: ["Nội dung"], hasRemarks: true,
        rows: [.sample], action: "/dia-chi", cells: "/dia-chi", script: "/dia-chi", inputAddress: "/dia-chi",
        hidden: [.sample], gridProblems: ["Nội dung"],
        hasGridProblems: true, lockAllForm: .sample, unlockAllForm: .sample, held: "1.234", settingsForm: .sample,
        inputForm: .sample,
        copyForm: .sample, undoForm: .sample, decideForm: .sample, secondsNote: "Nội dung", waiting: .sample,
        changes: [.sample],
        hasChanges: true, decisions: [.sample], hasDecisions: true, decisionPaper: .sample, papers: [.sample],
        hasPapers: true, sheetsForm: .sample, links: [.sample], helping: [.sample],
        hasHelping: true,
        rule: "Nội dung", cost: .sample)
}

extension AllocationDeskPage.Change {
    static let sample = AllocationDeskPage.Change(when: "15/01/2027 09:30", words: "Nội dung", undone: true)
}

extension AllocationDeskPage.Paper {
    static let sample = AllocationDeskPage.Paper(label: "Nội dung", address: "/dia-chi")
}

extension AllocationDeskPage.Row {
    static let sample = AllocationDeskPage.Row(
        anchor: "Nội dung", code: "I.5", name: "Phường An Biên", address: "/dia-chi", last: "1.234",
        lastVoluntary: "Nội dung", proposal: "Nội dung", total: "12.345", compulsory: "12.345", voluntary: "1.234",
        growth: "1.234",
        locked: true, bound: true)
}

extension AllocationListPage {
    static let sample = AllocationListPage(
        tabs: [.sample], heading: "Số liệu tháng 10/2026", lead: "UBND phường An Biên", years: [.sample],
        table: .sample, decision: "Nội dung", decisionLinks: [.sample], form: .sample,
        proposalState: "Nội dung", proposals: .sample, waiting: "Nội dung",
        callForm: .sample)
}

extension AllocationMapPage {
    static let sample = AllocationMapPage(
        back: .sample, heading: "Số liệu tháng 10/2026", map: .sample, noMap: true, classes: [.sample])
}

extension AllocationMapPage.Unit {
    static let sample = AllocationMapPage.Unit(name: "Phường An Biên", address: "/dia-chi", growth: "+9,1 %")
}

extension AllocationMapPage.Class {
    static let sample = AllocationMapPage.Class(title: "+7,5 % đến +9,1 %: 11 đơn vị", units: [.sample])
}

extension AllocationUnitPage {
    static let sample = AllocationUnitPage(
        back: .sample, heading: "Số liệu tháng 10/2026", facts: [.sample], reason: "Số chốt sớm", condition: "Nội dung",
        message: "Không phải số", sheets: [.sample], hasSheets: true, pictureForm: .sample, form: .sample)
}

extension CostPart {
    static let sample = CostPart(total: "12.345", local: "Nội dung", assumption: "Nội dung", rows: [.sample])
}

extension CostPart.Row {
    static let sample = CostPart.Row(
        month: "10/2026", people: "1.234", perPerson: "Nội dung", state: "Nội dung", local: "Nội dung")
}

extension ProposalPage {
    static let sample = ProposalPage(
        tabs: [.sample], heading: "Số liệu tháng 10/2026", lead: "UBND phường An Biên", state: "Nội dung",
        rows: [.sample], nothing: true, form: .sample)
}

extension ProposalPage.Row {
    static let sample = ProposalPage.Row(
        total: "12.345", voluntary: "1.234", reason: "Số chốt sớm", when: "15/01/2027 09:30")
}
