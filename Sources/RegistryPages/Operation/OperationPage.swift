import Access
import Components
import Exchange
import Hummingbird
import Kernel
import Operation
import PlanText
import Province
import WebDesk

/// How the system runs and is used, over a month, a quarter or a year.
struct OperationPage: Page {
    static let template: PageTemplate = "operation"

    let heading: String
    let years: [Frame.Link]
    let spans: [Frame.Link]
    /// The paper that tells the same.
    let links: [Frame.Link]
    let running: [Fact]
    let outages: [String]
    let hasOutages: Bool
    let exchange: [Fact]
    let sources: TableModel
    let users: TableModel
    let communes: TableModel
}

extension OperationPage {
    static let sample = OperationPage(
        heading: "Vận hành tháng 11/2026", years: [.sample], spans: [.sample], links: [.sample],
        running: [.sample],
        outages: ["Nội dung"], hasOutages: true, exchange: [.sample], sources: .sample, users: .sample,
        communes: .sample)
}

/// Users of one role or of one commune.
struct UserLine: Sendable {
    let name: String
    let accounts: Int
    let active: Int
}

/// What one sender handed over of one list.
struct SourceLine: Sendable {
    let source: ExchangeUse.Source
    let sender: String
    let list: String
}

extension AgreementPages {
    static let operationPaper = "bao-cao-van-hanh-he-thong"

    static let sourceList = ListTable<SourceLine>(
        "van-hanh-nguon", "Giao nhận theo nguồn", suffix: "nguon",
        columns: [
            .init("ben-giao", "Bên giao", sorted: false, width: 30, value: { .text($0.sender) }),
            .init("danh-sach", "Danh sách", sorted: false, width: 44, value: { .text($0.list) }),
            .init("lan", "Lần giao", number: true, sorted: false, value: { .number($0.source.deliveries) }),
            .init("dong", "Dòng", number: true, sorted: false, value: { .number($0.source.rows) }),
            .init("nhan", "Nhận", number: true, sorted: false, value: { .number($0.source.accepted) }),
            .init("sua", "Nhận có sửa", number: true, sorted: false, value: { .number($0.source.repaired) }),
            .init("tra-lai", "Trả lại", number: true, sorted: false, value: { .number($0.source.returned) }),
            .init(
                "khop", "Khớp người, đơn vị đã biết", number: true, sorted: false, value: { .number($0.source.matched) }
            ),
            .init("moi", "Mới", number: true, sorted: false, value: { .number($0.source.new) }),
        ])

    private static func users(_ key: String, _ title: String, _ first: String) -> ListTable<UserLine> {
        ListTable<UserLine>(
            key, title, suffix: String(key.dropFirst("van-hanh-".count)),
            columns: [
                .init("ten", first, sorted: false, width: 34, value: { .text($0.name) }),
                .init("tai-khoan", "Tài khoản", number: true, sorted: false, value: { .number($0.accounts) }),
                .init("hoat-dong", "Có hoạt động", number: true, sorted: false, value: { .number($0.active) }),
            ])
    }

    static let roleUsers = users("van-hanh-vai-tro", "Người dùng theo vai trò", "Vai trò")
    static let communeUsers = users("van-hanh-xa", "Người dùng theo xã, phường, đặc khu", "Xã, phường, đặc khu")

    var operationRoutes: [Route] {
        [.page(Addresses.operation, .right(.readOperation)) { request in try await operationPage(request) }]
    }

    /// Days of a span: a month `2026-11`, a quarter `2026-Q4`, a year `2026`; the present month where none is asked for.
    static func days(_ text: String, today: Day) -> (name: String, value: String, first: Day, last: Day) {
        if let month = Month(text) {
            return ("tháng \(month.vietnamese)", "\(month)", month.firstDay, month.lastDay)
        }
        if let year = Int(text), (2000...2100).contains(year) {
            return ("năm \(year)", "\(year)", .firstDay(ofYear: year), .lastDay(ofYear: year))
        }
        let parts = text.split(separator: "-Q")
        if parts.count == 2, let year = Int(parts[0]), let number = Int(parts[1]), (2000...2100).contains(year),
            let quarter = Quarter(year: year, quarter: number)
        {
            return ("quý \(quarter.roman)/\(year)", "\(quarter)", quarter.firstDay, quarter.lastDay)
        }
        let month = Month(of: today)
        return ("tháng \(month.vietnamese)", "\(month)", month.firstDay, month.lastDay)
    }

    private func operationPage(_ request: MemberRequest) async throws -> Response {
        let span = Self.days(request.query[.month], today: today)
        let account = try await operation.account(
            from: span.first, through: min(span.last, today), for: request.viewer)
        let year = span.first.year
        func link(_ label: String, _ value: String) -> Frame.Link {
            Frame.Link(label, Addresses.operation().with(.month, value), current: value == span.value)
        }
        let months = (1...12).compactMap { Month(year: year, month: $0) }.filter { $0 <= Month(of: today) }
        let quarters = Quarter.all(of: year).filter { $0.firstDay <= today }
        var spans = quarters.map { link("Quý \($0.roman)", "\($0)") }
        spans += months.map { link("Tháng \($0.month)", "\($0)") }
        let (up, use) = (account.availability, account.exchange)
        let place = TablePlace(Addresses.operation(), [(.month, request.query[.month].isEmpty ? "" : span.value)])
        func model<Row: Sendable>(
            _ table: ListTable<Row>, _ rows: [Row], _ nothing: String
        ) async throws -> TableModel {
            try await shown(table, rows, at: place, nothing: nothing, of: request)
        }
        let roles = Dictionary(grouping: account.users, by: \.role).map { role, lines in
            UserLine(
                name: role.title, accounts: lines.reduce(0) { $0 + $1.accounts },
                active: lines.reduce(0) { $0 + $1.active })
        }.sorted { $0.name < $1.name }
        let communes = Dictionary(
            account.byCommune.map { ($0.commune, ($0.accounts, $0.active)) }, uniquingKeysWith: { first, _ in first })
        let model = OperationPage(
            heading: "Vận hành hệ thống, \(span.name)",
            years: definition.years.filter { $0 <= today.year }.map { link("Năm \($0)", "\($0)") },
            spans: spans,
            links: writes(Self.operationPaper, request.viewer)
                ? [Frame.Link("Soạn báo cáo vận hành", Addresses.newDocument(Self.operationPaper).with(.year, year))]
                : [],
            running: Self.running(up, failedJobs: account.failedJobs),
            outages: up.outages.suffix(20).map(Self.words), hasOutages: !up.outages.isEmpty,
            exchange: Self.exchange(use),
            sources: try await model(
                Self.sourceList,
                use.sources.map {
                    SourceLine(
                        source: $0, sender: definition.name(of: $0.sender), list: exchange.title(ofFormat: $0.format))
                }, "Không có lần giao nào trong kỳ."),
            users: try await model(Self.roleUsers, roles, "Chưa có tài khoản nào."),
            communes: try await model(
                Self.communeUsers,
                definition.communes.communes.map { commune in
                    let (accounts, active) = communes[commune.code] ?? (0, 0)
                    return UserLine(name: commune.shortName, accounts: accounts, active: active)
                }, "Chưa có xã, phường, đặc khu nào."))
        return try page(model.heading, model, for: request)
    }

    static func running(_ up: Availability, failedJobs: Int) -> [Fact] {
        guard let from = up.from, let share = up.share else {
            return [
                Fact(
                    label: "Thời gian chạy", value: "chưa có ghi chép: máy chủ ghi từ lần chạy đầu của bản phần mềm này"
                )
            ]
        }
        return [
            Fact(
                label: "Thời gian chạy",
                value:
                    "\(VietnameseText.oneDecimal(Double(share) / 10)) % kể từ \(from.vietnamese), ngừng tổng cộng \(duration(up.seconds - up.secondsUp))"
            ),
            Fact(label: "Lần khởi động", value: VietnameseText.grouped(up.starts)),
            Fact(label: "Lần dừng theo lệnh", value: VietnameseText.grouped(up.stops)),
            Fact(label: "Lần ngừng do lỗi", value: VietnameseText.grouped(up.failures)),
            Fact(label: "Việc chạy nền không xong", value: VietnameseText.grouped(failedJobs)),
        ]
    }

    static func exchange(_ use: ExchangeUse) -> [Fact] {
        [
            Fact(
                label: "Kỳ giao đến hạn",
                value: "\(use.onTime) đúng hạn, \(use.late) chậm, \(use.missing) chưa giao"),
            Fact(
                label: "Dòng",
                value:
                    "\(VietnameseText.grouped(use.rows)), nhận \(VietnameseText.grouped(use.accepted)), trả lại \(VietnameseText.grouped(use.returned))"
            ),
            Fact(
                label: "Khớp người, đơn vị",
                value:
                    "\(VietnameseText.grouped(use.matched)) dòng của người, đơn vị đã biết, \(VietnameseText.grouped(use.new)) mới"
            ),
            Fact(label: "Thu hồi, không nhận được", value: "\(use.withdrawn) thu hồi, \(use.refused) không nhận được"),
            Fact(
                label: "Thời gian nhận một tệp (trung vị)",
                value: use.medianSecondsToKeep.map { duration(Int64($0)) } ?? "chưa có"),
            Fact(
                label: "Yêu cầu dữ liệu",
                value: "\(use.asked) đã gửi, \(use.decided) đã được trả lời"
                    + (use.medianDaysToDecide.map { ", trung vị \($0) ngày" } ?? "")),
        ]
    }

    static func duration(_ seconds: Int64) -> String {
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60)
        let parts = [(days, "ngày"), (hours, "giờ"), (minutes, "phút")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return parts.isEmpty ? "\(seconds) giây" : parts.joined(separator: " ")
    }

    private static func words(_ outage: Availability.Outage) -> String {
        "\(outage.from.vietnamese) đến \(outage.until.vietnamese) (\(duration(outage.seconds))): \(outage.wasStopped ? "dừng theo lệnh" : "do lỗi hoặc mất máy")"
    }
}
