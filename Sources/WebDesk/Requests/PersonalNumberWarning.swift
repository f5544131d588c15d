import Access
import Components
import Crypto
import Database
import Foundation
import Hummingbird
import Jobs
import Kernel
import Tabular

// Texts and tables that more people read than may know a person's number (docs/decisions/0043).
extension Desk {
    /// Shows a form again, with a warning, when something typed into it or a table sent with it holds what looks like
    /// numbers of persons; nil when nothing does, or the person has said that they are none.
    func warning(of request: inout MemberRequest, on route: Route) async throws -> Response? {
        guard let again = route.again else { return nil }
        let own = try await route.ownNumbers(request)
        var findings = request.form.texts.filter { !own.contains($0.field) }.compactMap { field, text in
            PersonalNumberFinding(field, numbers: PersonalNumbers.found(in: text, today: today))
        }
        // Names too, of lists of persons as well: more people read a file's name than may open it.
        findings += request.form.files.compactMap { PersonalNumberFinding(name: $0, today: today) }
        let (form, day) = (request.form, today)
        let tables = form.tables.filter { !own.contains($0.fieldName) }
        if !tables.isEmpty {
            findings += try await Self.tableReading.run {
                tables.compactMap { PersonalNumberFinding(table: $0, today: day) }
            }
        }
        guard !findings.isEmpty else { return nil }
        let confirmation = PersonalNumberFinding.confirmation(of: findings)
        if form[FormModel.Confirmation.field] == confirmation.value {
            try await record(findings, on: route, by: request)
            return nil
        }
        let failure = FormModel.Failure(
            form: form.name, values: form.typed, problems: findings.map { ($0.field, $0.message) },
            confirmation: confirmation)
        request.failure = failure
        var response = try await again(request, failure)
        response.status = .unprocessableContent
        return response
    }

    /// One at a time: a workbook's texts are unpacked for it.
    private static let tableReading = BlockingQueue("tables", width: 1)

    /// Who said so stays known; the numbers themselves do not.
    private func record(
        _ findings: [PersonalNumberFinding], on route: Route, by request: MemberRequest
    ) async throws {
        let now = clock.now
        let (actor, path) = (request.actor, request.base.path)
        let detail = findings.map { "\($0.field): \($0.count)" }.joined(separator: ", ")
        try await access.store.write { connection in
            try AuditTrail.append(
                AuditEvent("form.numbers-confirmed", subject: Subject(.address, path), detail: detail), by: actor,
                at: now, on: connection)
        }
    }
}

extension Subject.Kind {
    /// A page or form, by its path.
    static let address = Self("address")
}

/// What was found in one field of a form.
struct PersonalNumberFinding: Sendable {
    let field: String
    let message: String
    let count: Int
    private let digits: [String]

    private init(_ field: String, _ message: String, _ digits: [String]) {
        self.field = field
        self.message = message
        self.digits = digits
        count = digits.count
    }

    /// In a text; nil where there is nothing.
    init?(_ field: String, numbers: [PersonalNumber]) {
        guard let first = numbers.first else { return nil }
        let more = numbers.count > 1 ? " và \(numbers.count - 1) số nữa" : ""
        self.init(
            field,
            "“\(first.written)”\(more) có vẻ là \(first.kind.words) của một người dân. Nội dung này nhiều người đọc được: hãy bỏ số đó rồi gửi lại.",
            numbers.map(\.digits))
    }

    /// In a file's name; nil where there is nothing.
    init?(name file: UploadedFile, today: Day) {
        // What parts a name's words there is a part of a code elsewhere.
        let name = file.fileName.replacing("_", with: " ")
        let numbers = PersonalNumbers.found(in: name, today: today)
        guard let first = numbers.first else { return nil }
        self.init(
            file.fieldName,
            "Tên tệp có “\(first.written)” giống \(first.kind.words) của một người; hãy đổi tên tệp rồi chọn lại.",
            numbers.map(\.digits))
    }

    /// Rows of a sheet that are looked at: a list of persons shows itself at its beginning.
    private static let rowsLookedAt = 5_000

    /// In a table; nil where there is nothing, or where it cannot be read, which those who take it say in their words.
    init?(table file: UploadedFile, today: Day) {
        var found: [(row: Int, number: PersonalNumber)] = []
        do {
            let reader = try RowSource(file: file.temporaryPath).open()
            while found.count < 1_000, try reader.nextSheet() != nil {
                var rows = 0
                while rows < Self.rowsLookedAt, try reader.nextRow() {
                    rows += 1
                    let row = reader.row
                    for cell in row.cells {
                        for number in Self.numbers(in: cell, today: today) { found.append((row.number, number)) }
                    }
                }
            }
        } catch {
            return nil
        }
        guard let first = found.first else { return nil }
        self.init(
            file.fieldName,
            "Tệp “\(file.fileName)” có \(VietnameseText.grouped(found.count)) ô có vẻ là \(first.number.kind.words) của người dân; ô đầu tiên ở dòng \(first.row). Hãy bỏ các số đó trong tệp rồi gửi lại.",
            found.map(\.number.digits))
    }

    private static func numbers(in cell: Cell, today: Day) -> [PersonalNumber] {
        switch cell {
        case .text(let text): return PersonalNumbers.found(in: text, today: today)
        case .number(let number):
            // A spreadsheet drops the zero that nearly every number begins with; round sums are money.
            guard number >= 1e9, number < 1e11, number == number.rounded(),
                number.truncatingRemainder(dividingBy: 1_000) != 0
            else { return [] }
            let digits = String(Int64(number))
            let whole = String(repeating: "0", count: 12 - digits.utf8.count) + digits
            guard PersonalNumbers.isIdentity(whole, today: today) else { return [] }
            return [PersonalNumber(.identity, written: digits, digits: whole)]
        default: return []
        }
    }

    /// The box below the warning, for just these findings.
    static func confirmation(of findings: [PersonalNumberFinding]) -> FormModel.Confirmation {
        let all = findings.flatMap(\.digits).sorted().joined(separator: " ")
        let value = SHA256.hash(data: Data(all.utf8)).prefix(12).map { String($0, radix: 16) }.joined(separator: "-")
        return FormModel.Confirmation(
            label: "Tôi đã xem lại: đây không phải số của người dân nào. Cứ lưu.",
            hint:
                "Chỉ đánh dấu khi chắc chắn, ví dụ đó là số văn bản, mã hồ sơ, số tiền. Nếu là số của người dân: chỉ ghi số lượng người hoặc mã hồ sơ; danh sách người chỉ nộp ở ô sản phẩm ghi “có dữ liệu cá nhân”.",
            value: value)
    }
}
