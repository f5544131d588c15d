import Access
import Documents
import Exchange
import Formats
import Kernel
import Operation
import PlanText
import Province

extension PaperKind {
    /// How the system runs and is used (task IV.1).
    static let operationReport = PaperKind(
        "bao-cao-van-hanh-he-thong", about: .period, right: .readOperation,
        issuers: PaperIssuers.coordinatorOrLead(of: "bao-cao-van-hanh-he-thong")
    ) { service, request, _ in try await service.operationReport(request) }

    /// What became of the lists that a sender handed over, and what use was made of them.
    static let qualityBulletin = PaperKind(
        "phieu-chat-luong-du-lieu", about: .period, right: .readAgreements, issuers: PaperIssuers.agency,
        asks: [PaperField(QualityKey.sender, "Bên giao dữ liệu", .choice([]))],
        lists: { service, unit in [QualityKey.sender: service.senderOptions(beside: unit)] },
        note: "Số dòng lấy từ các lần giao trong kỳ; không có dữ liệu của người nào trong văn bản."
    ) { service, request, _ in try await service.qualityBulletin(request) }
}

/// The fields of the form of a quality bulletin.
enum QualityKey {
    static let sender = "sender"
}

extension DocumentService {
    private static let sourceColumns = [
        "sender", "list", "deliveries", "rows", "accepted", "repaired", "returned", "matched", "new",
    ]

    private func operationAccount(_ request: PaperRequest) async throws -> (OperationAccount, ReportSpan) {
        guard let operation else {
            throw Refusal(.notNow, "Máy chủ này không ghi nhật ký vận hành nên chưa soạn được văn bản này.")
        }
        let span = try request.span()
        let last = min(span.days.upperBound, clock.today)
        guard span.days.lowerBound <= last else { throw Refusal(.invalid, "Kỳ \(span.words) chưa bắt đầu.") }
        return (try await operation.account(from: span.days.lowerBound, through: last), span)
    }

    private func rows(_ sources: [ExchangeUse.Source]) -> DocumentData.Table {
        .init(
            columns: Self.sourceColumns,
            rows: sources.map { source in
                [
                    .text(ownName(source.sender)), .text(exchange?.title(ofFormat: source.format) ?? source.format),
                    .number(source.deliveries), .number(source.rows), .number(source.accepted),
                    .number(source.repaired), .number(source.returned), .number(source.matched), .number(source.new),
                ]
            })
    }

    func operationReport(_ request: PaperRequest) async throws -> Draft {
        let (account, span) = try await operationAccount(request)
        var data = DocumentData(fields: commonFields(year: span.year, of: request.unit))
        let (up, use) = (account.availability, account.exchange)
        data.fields["period"] = span.words
        data.fields["cutoff"] = account.last.vietnamese
        // Nobody reports to itself: the agency that coordinates reports to whoever issued the plan.
        let coordinator = UnitCode.agency(definition.coordinatingAgency)
        let reportsUp = request.unit == coordinator
        data.fields["addressee"] = reportsUp ? definition.issuer : ownName(coordinator)
        data.fields["sums"] = reportsUp ? "" : "1"
        data.fields["hasLog"] = up.from == nil ? "" : "1"
        data.fields["logFrom"] = up.from?.day.vietnamese ?? ""
        data.fields["share"] = up.share.map { VietnameseText.oneDecimal(Double($0) / 10) } ?? ""
        data.fields["starts"] = "\(up.starts)"
        data.fields["stops"] = "\(up.stops)"
        data.fields["failures"] = "\(up.failures)"
        data.fields["failedJobs"] = Self.words(account.failedJobs)
        data.fields["hasDeliveries"] = use.sources.isEmpty ? "" : "1"
        data.fields["deliveries"] = Self.words(use.sources.reduce(0) { $0 + $1.deliveries })
        data.fields["rows"] = Self.words(use.rows)
        data.fields["accepted"] = Self.words(use.accepted)
        data.fields["returned"] = Self.words(use.returned)
        data.fields["matched"] = Self.words(use.matched)
        data.fields["newOnes"] = Self.words(use.new)
        data.fields["hasDue"] = use.onTime + use.late + use.missing > 0 ? "1" : ""
        data.fields["onTime"] = "\(use.onTime)"
        data.fields["late"] = "\(use.late)"
        data.fields["missing"] = "\(use.missing)"
        data.fields["asked"] = "\(use.asked)"
        data.fields["decided"] = "\(use.decided)"
        data.fields["hasAsked"] = use.asked > 0 ? "1" : ""
        data.fields["medianDays"] = use.medianDaysToDecide.map { "\($0)" } ?? ""
        data.fields["medianSeconds"] = use.medianSecondsToKeep.map { Self.words($0) } ?? ""
        data.fields["withdrawn"] = use.withdrawn + use.refused > 0 ? "\(use.withdrawn)" : ""
        data.fields["refused"] = "\(use.refused)"
        let users = account.users
        data.fields["accounts"] = Self.words(users.reduce(0) { $0 + $1.accounts })
        data.fields["active"] = Self.words(users.reduce(0) { $0 + $1.active })
        let communes = account.byCommune
        data.fields["communes"] = "\(definition.communes.communes.count)"
        data.fields["activeCommunes"] = "\(communes.count { $0.active > 0 })"
        data.tables["sources"] = rows(use.sources)
        data.tables["users"] = .init(
            columns: ["unit", "accounts", "active"],
            rows: communes.map { line in
                [.text(ownName(.commune(line.commune))), .number(line.accounts), .number(line.active)]
            })
        data.fields["hasUsers"] = communes.isEmpty ? "" : "1"
        return Draft(request, data, about: Subject(.city), period: span.workPeriod, cutoff: account.last)
    }

    /// Whom a bulletin is for; at first everybody who handed anything over.
    func senderOptions(beside unit: UnitCode) -> [PaperField.Option] {
        let agencies = definition.agencies.filter { $0.kind != .communes }.map { UnitCode.agency($0.code) }
        return [PaperField.Option(value: "", title: "Mọi bên giao")]
            + agencies.filter { $0 != unit }.map { .init(value: $0.text, title: ownName($0)) }
    }

    func qualityBulletin(_ request: PaperRequest) async throws -> Draft {
        let (account, span) = try await operationAccount(request)
        let sender = UnitCode(request.text(QualityKey.sender))
        var data = DocumentData(fields: commonFields(year: span.year, of: request.unit))
        let sources = account.exchange.sources.filter { source in
            // What the agency handed over itself is no news to others.
            guard let sender else { return source.sender != request.unit }
            if source.sender == sender { return true }
            if case .agency(let agency) = sender, case .agencyUnit(let unit) = source.sender {
                return unit.agency == agency
            }
            return false
        }
        func sum(_ value: (ExchangeUse.Source) -> Int) -> String { Self.words(sources.reduce(0) { $0 + value($1) }) }
        data.fields["period"] = span.words
        data.fields["cutoff"] = account.last.vietnamese
        data.fields["addressee"] = sender.map(ownName) ?? "Các cơ quan, đơn vị giao dữ liệu"
        // Within a sentence.
        data.fields["senders"] = sender.map(ownName) ?? "các cơ quan, đơn vị"
        data.fields["hasReturned"] = sources.contains { $0.returned > 0 } ? "1" : ""
        let reasons = sources.reduce(into: [String: Int]()) { $0.merge($1.reasons, uniquingKeysWith: +) }
        data.fields["reasons"] = ReturnedRow.Reason.allCases.compactMap { reason in
            reasons[reason.rawValue].map { "\(reason.words) (\(Self.words($0)))" }
        }.joined(separator: "; ")
        data.fields["hasDeliveries"] = sources.isEmpty ? "" : "1"
        data.fields["deliveries"] = sum(\.deliveries)
        data.fields["rows"] = sum(\.rows)
        data.fields["accepted"] = sum(\.accepted)
        data.fields["repaired"] = sum(\.repaired)
        data.fields["returned"] = sum(\.returned)
        data.fields["matched"] = sum(\.matched)
        data.fields["newOnes"] = sum(\.new)
        data.tables["sources"] = rows(sources)
        return Draft(request, data, about: Subject(.city), period: span.workPeriod, cutoff: account.last)
    }
}
