import Components
import Figures
import Kernel
import Registry

/// What the register counts of a month beside what was officially imported: in all, where the difference comes from, and by class
/// of movement.
struct FlowComparison: Sendable {
    struct Total: Sendable {
        let scheme: String
        let communes: String
        let counted: String
        let imported: String
        let difference: String
        /// Each part of the difference, in words.
        let causes: [String]
    }

    struct Movement: Sendable {
        let scheme: String
        let measure: String
        let communes: String
        let counted: String
        let imported: String
        let difference: String
    }

    /// By which commune the register counts here, and who answers for the month's figures.
    let basis: String
    let totals: [Total]
    let hasTotals: Bool
    /// That nothing was imported of the month.
    let missing: String?
    let movements: [Movement]
    let hasMovements: Bool
    /// What stands in neither.
    let remarks: [String]
    let hasRemarks: Bool
}

extension FlowComparison {
    init(_ comparison: RegisterComparison) {
        let place = comparison.basis.place
        let other = place == .residence ? "nơi đơn vị đóng" : "nơi cư trú"
        let basis =
            "Sổ đếm theo \(place.words). "
            + (comparison.charge.map { "Tháng này lấy số liệu từ sổ đăng ký, theo \($0)." }
                ?? "Tháng này số liệu chính thức là số đã nạp.")
        let totals = comparison.totals.map { total in
            Total(
                scheme: total.scheme.title, communes: VietnameseText.grouped(total.communes),
                counted: VietnameseText.grouped(total.counted), imported: VietnameseText.grouped(total.imported),
                difference: Self.signed(total.difference),
                causes: total.causes.map {
                    "\(VietnameseText.sentence($0.cause.words)): \(Self.signed($0.people)), ở \($0.communes) xã, phường"
                })
        }
        let missing =
            totals.isEmpty
            ? "Chưa nạp số liệu chính thức của tháng \(comparison.month.vietnamese): chưa có gì để so." : nil
        let movements = comparison.movements.map { movement in
            Movement(
                scheme: movement.scheme.title, measure: movement.measure.title,
                communes: VietnameseText.grouped(movement.communes),
                counted: VietnameseText.grouped(movement.counted),
                imported: VietnameseText.grouped(movement.imported), difference: Self.signed(movement.difference))
        }
        var remarks = comparison.totals.filter { $0.nearerByOtherPlace > 0 }.map {
            "\($0.scheme.title): nếu đếm theo \(other) thì ở \($0.nearerByOtherPlace) xã, phường sổ gần số đã nạp hơn."
        }
        if !comparison.movements.isEmpty {
            remarks.append(
                "“Dừng tham gia” của sổ gồm dừng, hưởng BHXH một lần, nghỉ hưu, chết. Chuyển xã, phường, chuyển loại hình, đổi đơn vị không có mục trong số đã nạp nên không so ở đây."
            )
        }
        if let unplaced = comparison.unplaced, unplaced > 0 {
            remarks.append(
                "\(VietnameseText.grouped(unplaced)) người trong sổ chưa rõ xã, phường nên không vào số đếm của xã, phường nào."
            )
        }
        self.init(
            basis: basis, totals: totals, hasTotals: !totals.isEmpty, missing: missing, movements: movements,
            hasMovements: !movements.isEmpty, remarks: remarks, hasRemarks: !remarks.isEmpty)
    }

    static func signed(_ number: Int) -> String {
        (number < 0 ? "−" : number > 0 ? "+" : "") + VietnameseText.grouped(abs(number))
    }
}
