import Components

// One of each model, complete: see ``Page/sample``.

extension ReviewPage {
    static let sample = ReviewPage(
        count: "12", told: ["Nội dung"], hasTold: true,
        undo: .init(words: "Nội dung", seconds: "60", last: .sample, all: .sample),
        current: .init(
            place: "Việc 1/12", task: "I.5", text: "Nội dung", facts: [.sample],
            note: "Nội dung",
            slots: [
                .init(
                    text: "Nội dung", kind: "Nội dung", personal: true,
                    product: .init(facts: [.sample], fileName: "so-lieu.xlsx", fileAddress: "/dia-chi"),
                    held: "Nội dung")
            ], whole: .sample, approve: .sample, approveWithNote: .sample,
            giveBack: .sample, opensAccept: true, opensGiveBack: true, previous: .sample, next: .sample),
        empty: true,
        rows: [
            .init(
                id: "chon-I-5", seen: "I.5/2027-Q1/11413@3", address: "/dia-chi", task: "I.5", text: "Nội dung",
                lead: "UBND phường An Biên", period: "Quý I/2027", handedIn: "15/01/2027", overdue: "Nội dung",
                current: true, ticked: true)
        ], more: "12", action: "/dia-chi", hidden: [.sample], problems: ["Nội dung"], hasProblems: true,
        typedNote: "Nội dung", confirm: .sample, list: .sample, late: .sample, script: "/dia-chi")
}
