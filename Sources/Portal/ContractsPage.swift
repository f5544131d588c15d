import Components
import Kernel
import Legislation

/// Several employers at once: whose contract counts, and who pays what.
extension Portal {
    private static let contractNumbers = 1...3

    func contractsPage(_ given: Typed, _ today: Day) -> Answer {
        calculator(.contracts, Self.contractFields(today), given, today) { typed in
            let month = typed.month("thang", "Tháng", or: Month(of: today))
            var contracts: [[String: any Sendable]] = []
            for number in Self.contractNumbers {
                let salary = typed.dong(
                    "luong\(number)", "tiền lương của nơi thứ \(number)", isNeeded: number <= 2,
                    most: Typed.mostDongMonthly)
                let signed = typed.day("ngay\(number)", "Ngày giao kết nơi thứ \(number)")
                guard let salary else {
                    if signed != nil, typed["luong\(number)"].isEmpty, number > 2 {
                        typed.refuse("luong\(number)", "Hãy nhập tiền lương của nơi thứ \(number)")
                    }
                    continue
                }
                guard let signed else {
                    if typed["ngay\(number)"].isEmpty {
                        typed.refuse("ngay\(number)", "Hãy nhập ngày giao kết hợp đồng nơi thứ \(number)")
                    }
                    continue
                }
                if let month, signed > month.lastDay {
                    typed.refuse(
                        "ngay\(number)", "Hợp đồng nơi thứ \(number) giao kết sau tháng \(month.vietnamese)")
                }
                contracts.append([
                    "salary": salary, "signedOn": signed.description, "suspended": typed.isYes("hoan\(number)"),
                ])
            }
            guard let month,
                let answer = ask(
                    "several-contracts",
                    [
                        "month": month.description, "contracts": contracts,
                        "region": typed["vung"].isEmpty ? "I" : typed["vung"],
                    ], from: ["contracts": "hoan1", "region": "vung", "month": "thang"], &typed)
            else { return nil }
            let number = answer.count("contract") ?? 0
            var result = LawPage.Result(
                "Đóng theo hợp đồng ở nơi thứ \(number)", of: answer,
                about: "\(contracts.count) hợp đồng, tháng \(month.vietnamese)")
            for (output, label) in [
                ("employeeTotal", "người lao động đóng"), ("employerTotal", "nơi thứ \(number) đóng"),
                ("otherEmployersAccident", "các nơi khác đóng, quỹ tai nạn lao động"), ("total", "tổng cộng"),
            ] {
                result.figures.append(.init(label: label, value: answer.dong(output)?.vietnamese ?? "–"))
            }
            result.remarks = [
                "Hợp đồng giao kết đầu tiên, đang thực hiện, làm căn cứ đóng; mỗi nơi đều đóng quỹ bảo hiểm tai nạn lao động, bệnh nghề nghiệp."
            ]
            return result
        }
    }

    private static func contractFields(_ today: Day) -> [Field] {
        var fields = contractNumbers.map { number in
            Field(
                "luong\(number)", "Tiền lương tháng ở nơi thứ \(number)", hint: number == 1 ? "Ví dụ 8.000.000" : nil,
                required: number <= 2)
        }
        // What is asked first: the two salaries.
        fields.append(
            contentsOf: contractNumbers.flatMap { number in
                [
                    Field(
                        "ngay\(number)", "Ngày giao kết hợp đồng nơi thứ \(number)",
                        hint: number == 1 ? "Ví dụ 15/03/2025" : nil, required: number <= 2),
                    Field.question("hoan\(number)", "Hợp đồng nơi thứ \(number) đang tạm hoãn, không thỏa thuận đóng"),
                ]
            })
        return fields + [
            Field(
                "vung", "Vùng lương tối thiểu",
                kind: .select(["I", "II", "III", "IV"].map { .init($0, "Vùng \($0)") }),
                hint: "Chỉ để tính trần bảo hiểm thất nghiệp"),
            Field("thang", "Tháng", value: Month(of: today).vietnamese, required: false),
        ]
    }
}
