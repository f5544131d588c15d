import Components

// One of each model, complete: see ``Page/sample``.

extension WorkRow {
    static let sample = WorkRow(
        address: "/dia-chi", task: "I.5", text: "Lập danh sách hộ chưa tham gia", lead: "UBND phường An Biên",
        period: "Quý IV/2026", due: "15/01/2027", distance: "còn 5 ngày", status: .sample, note: "Số tạm tính")
}
