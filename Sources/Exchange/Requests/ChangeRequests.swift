public import Access
import Database
import Formats
public import Kernel
import Notices

extension ExchangeService {
    /// Draws a request up; somebody else of the same side agrees to it before the holder reads it.
    /// - Returns: its subject.
    public func ask(_ draft: RequestDraft, by submission: Submission) async throws -> Subject {
        let viewer = submission.viewer
        try viewer.require(.keepAgreements)
        let (asker, holder, terms) = try check(draft)
        guard viewer.ownUnits.contains(where: { $0 == asker || AgreementReach.lies($0, in: asker) }) else {
            throw Refusal(.forbidden, "Bạn chỉ lập được yêu cầu của đơn vị mình.")
        }
        let number = try await store.read { connection in
            try (connection.integer("SELECT MAX(number) FROM data_request") ?? 0) + 1
        }
        return try await store.once(submission, about: Subject(.dataRequest, number), at: clock.now) {
            connection, now in
            let taken = try connection.integer("SELECT COUNT(*) FROM data_request WHERE number >= ?", number) ?? 0
            guard taken == 0 else {
                throw Refusal(.stale, "Một yêu cầu khác vừa được lập cùng lúc; hãy gửi lại.")
            }
            try connection.execute(
                """
                INSERT INTO data_request (number, asker, holder, format, terms, state, asked_by, asked_by_name, made_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, number, asker.text, holder.text, draft.format, try terms.json,
                DataRequest.State.drafted.rawValue, viewer.account, viewer.name, now)
            try note(
                .drafted, try DataRequests.require(number, on: connection), unit: asker, by: submission, at: now,
                on: connection)
        }
    }

    /// The asking side agrees: the holder is asked.
    public func send(_ number: Int, by submission: Submission) async throws {
        try await change(number, .send, by: submission) { request, connection, now in
            try note(.sent, request, unit: request.asker, by: submission, at: now, on: connection)
        }
    }

    public func decline(_ number: Int, reason: String, by submission: Submission) async throws {
        let reason = try Self.reason(reason, "Hãy ghi vì sao không duyệt.")
        try await change(number, .decline, by: submission) { request, connection, now in
            try note(.declined, request, reason, unit: request.asker, by: submission, at: now, on: connection)
        }
    }

    /// The holder agrees.
    public func grant(_ number: Int, by submission: Submission) async throws {
        try await change(number, .grant, by: submission) { request, connection, now in
            try note(.granted, request, unit: request.holder, by: submission, at: now, on: connection)
        }
    }

    public func deny(_ number: Int, reason: String, by submission: Submission) async throws {
        let reason = try Self.reason(reason, "Hãy ghi vì sao không cung cấp.")
        try await change(number, .deny, by: submission) { request, connection, now in
            try note(.denied, request, reason, unit: request.holder, by: submission, at: now, on: connection)
        }
    }

    public func withdrawRequest(_ number: Int, by submission: Submission) async throws {
        try await change(number, .withdraw, by: submission) { request, connection, now in
            try note(.withdrawn, request, unit: request.asker, by: submission, at: now, on: connection)
        }
    }

    /// Names the delivery that answers a request.
    /// - Parameter delivery: its receipt, number or code.
    public func answer(_ number: Int, with delivery: String, by submission: Submission) async throws {
        let name = VietnameseText.tidy(delivery)
        try await change(number, .answer, by: submission) { request, connection, now in
            guard let delivery = try Self.delivery(name, on: connection) else {
                throw Refusal(fields: [
                    .init(AgreementField.delivery, "Không có lần giao “\(name)”; hãy ghi số phiếu nhận, ví dụ 12/2026.")
                ])
            }
            if let problem = try misfit(delivery, request, on: connection) {
                throw Refusal(fields: [.init(AgreementField.delivery, problem)])
            }
            try connection.execute(
                "UPDATE data_request SET delivery = ? WHERE number = ?", delivery.number, number)
            try note(
                .answered, request, "phiếu nhận \(delivery.receipt)", unit: nil, by: submission, at: now,
                on: connection)
        }
    }

    private static func delivery(_ name: String, on connection: any SQLConnection) throws -> Delivery? {
        do {
            return try Deliveries.find(named: name, on: connection)
        } catch let refusal as Refusal where refusal.kind == .notFound {
            return nil
        }
    }

    /// Why a delivery cannot be the answer; nil where it can.
    private func misfit(
        _ delivery: Delivery, _ request: DataRequest, on connection: any SQLConnection
    ) throws -> String? {
        let isHolders = delivery.sender == request.holder || AgreementReach.lies(delivery.sender, in: request.holder)
        guard isHolders else {
            return "Lần giao \(delivery.receipt) là của \(name(delivery.sender)), không phải bên giữ dữ liệu."
        }
        guard delivery.format == request.format else {
            return
                "Lần giao \(delivery.receipt) là “\(title(ofFormat: delivery.format))”, không phải danh sách được hỏi."
        }
        guard delivery.state == .inForce else {
            return "Lần giao \(delivery.receipt) chưa nhận xong hoặc không còn hiệu lực (\(delivery.state.words))."
        }
        let granted = try DataRequests.events(of: request.number, on: connection).last { $0.kind == .granted }
        guard let granted, granted.at <= delivery.receivedAt else {
            return "Lần giao \(delivery.receipt) đến trước khi bên giữ dữ liệu đồng ý."
        }
        if let other = try DataRequests.answered(by: delivery.number, on: connection) {
            return "Lần giao \(delivery.receipt) đã trả lời \(other.name)."
        }
        return nil
    }

    // MARK: Parts

    private func change(
        _ number: Int, _ action: DataRequest.Action, by submission: Submission,
        _ body: @escaping @Sendable (DataRequest, any SQLConnection, Timestamp) throws -> Void
    ) async throws {
        let viewer = submission.viewer
        try viewer.require(.keepAgreements)
        try await store.once(submission, about: Subject(.dataRequest, number), at: clock.now) { connection, now in
            let request = try DataRequests.require(number, on: connection)
            guard AgreementReach(viewer).covers(request.asker, request.holder) else {
                throw DataRequests.unknown(number)
            }
            guard request.actions(for: viewer).contains(action) else {
                throw Self.obstruction(request, action, viewer)
            }
            try body(request, connection, now)
        }
    }

    static func obstruction(_ request: DataRequest, _ action: DataRequest.Action, _ viewer: Viewer) -> Refusal {
        let (asks, holds) = request.stands(viewer)
        if request.state == .drafted, action == .send || action == .decline, asks {
            return Refusal(
                .forbidden, "Bạn đã lập yêu cầu này; một người khác của đơn vị duyệt thì mới gửi được.")
        }
        if request.state == .sent, action == .grant || action == .deny, asks, !holds {
            return Refusal(.forbidden, "Bên giữ dữ liệu mới quyết định được yêu cầu này.")
        }
        if !asks && !holds {
            return Refusal(.forbidden, "Chỉ bên hỏi và bên giữ dữ liệu mới thay đổi được yêu cầu; bạn chỉ xem.")
        }
        return Refusal(
            .stale, "Yêu cầu \(request.state.words) nên không còn làm được việc này. Hãy tải lại trang.")
    }

    func note(
        _ kind: DataRequestEvent.Kind, _ request: DataRequest, _ words: String = "", unit: UnitCode?,
        by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let subject = Subject(.dataRequest, request.number)
        let (asks, _) = request.stands(submission.viewer)
        let unit = unit ?? (asks ? request.asker : request.holder)
        try DataRequests.note(
            kind, of: request.number, words: words, unit: unit, account: submission.viewer.account,
            by: submission.viewer.name, at: now, on: connection)
        try AuditTrail.append(
            AuditEvent("request.\(kind.rawValue)", subject: subject, detail: words), by: submission.actor, at: now,
            on: connection)
        let entry: ExchangeEntry.Kind? =
            switch kind {
            case .sent: .requested
            case .granted: .granted
            case .denied: .denied
            case .answered: .answered
            case .drafted, .declined, .withdrawn, .destroyed: nil
            }
        if let entry {
            let fromHolder = entry != .requested
            try ExchangeJournal.note(
                entry, from: fromHolder ? request.holder : request.asker,
                to: fromHolder ? request.asker : request.holder, about: subject,
                content: ExchangeJournal.digest(of: try request.terms.json),
                words: words.isEmpty ? request.name : "\(request.name): \(words)", keys: keys, at: now, on: connection)
        }
        try tell(kind, request, from: unit, by: submission, at: now, on: connection)
    }

    private func tell(
        _ kind: DataRequestEvent.Kind, _ request: DataRequest, from unit: UnitCode, by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let subject = Subject(.dataRequest, request.number)
        try NoticeBoard.resolve([.requestChanged], about: [subject], at: now, on: connection)
        // What is drawn up concerns the own side, what is sent the holder, what is decided the asker.
        let other: UnitCode? =
            switch kind {
            case .drafted, .granted, .denied, .declined: request.asker
            case .sent: request.holder
            // Of what was not sent yet the holder knows nothing.
            case .withdrawn: request.state == .drafted ? nil : request.holder
            case .answered: unit == request.asker ? request.holder : request.asker
            case .destroyed: nil
            }
        guard let other else { return }
        let step = try DataRequests.events(of: request.number, on: connection).count
        try NoticeBoard.post(
            [
                Notice(
                    .requestChanged, key: "\(request.number)/\(step)", to: Self.keepers(of: other), about: subject,
                    "\(name(unit)) \(kind.words) \(request.name): \(title(ofFormat: request.format))",
                    detail: words(of: kind),
                    author: submission.viewer.account)
            ], at: now, on: connection)
    }

    private func words(of kind: DataRequestEvent.Kind) -> String {
        switch kind {
        case .drafted: "Một người khác của đơn vị duyệt thì yêu cầu mới được gửi."
        case .sent: "Hãy đọc rồi đồng ý hoặc không."
        case .granted: "Hãy giao tệp theo yêu cầu, rồi ghi số phiếu nhận vào yêu cầu."
        case .denied, .declined, .withdrawn, .answered, .destroyed: ""
        }
    }
}
