public import Access
import Documents
public import Kernel
import PlanText
public import Targets

/// Kinds of paper as somebody meets them: which are open, what their form asks, what was typed into it.
extension DocumentService {
    public func kind(_ id: String) throws(Refusal) -> PaperKind {
        guard let kind = kinds.first(where: { $0.id == id }) else {
            throw Refusal(.notFound, "Không có mẫu văn bản này.")
        }
        return kind
    }

    /// The kinds a viewer may make, in the order of the registry; those without a template are left out.
    public func kinds(for viewer: Viewer) -> [PaperKind] {
        kinds.filter { folder.templates[$0.id] != nil && $0.admits(viewer, in: definition) }
    }

    /// Those that a scenario can become.
    public func kinds(about scenario: AllocationScenario, for viewer: Viewer) -> [PaperKind] {
        guard viewer.allocates(scenario.scope, in: definition) else { return [] }
        return kinds(for: viewer).filter { $0.topic.fits(scenario) }
    }

    /// Of the kinds that a scenario can become, or of all, those of which there is something to write now: what pages offer.
    public func openKinds(
        about scenario: AllocationScenario? = nil, for viewer: Viewer
    ) async throws -> [PaperKind] {
        var open: [PaperKind] = []
        for kind in scenario.map({ kinds(about: $0, for: viewer) }) ?? kinds(for: viewer) {
            if try await kind.lacks(self, scenario, viewer) == nil { open.append(kind) }
        }
        return open
    }

    private func requireSubstance(_ kind: PaperKind, _ scenario: AllocationScenario?, _ viewer: Viewer) async throws {
        if let reason = try await kind.lacks(self, scenario, viewer) { throw Refusal(.invalid, reason) }
    }

    public func name(of kind: PaperKind) -> String { folder.templates[kind.id]?.name ?? kind.id }

    /// Refuses, before a form is filled in and again when it is sent, whom the kind's right does not admit.
    /// - Returns: whose papers the viewer may make.
    @discardableResult
    func requireIssuer(_ viewer: Viewer, of kind: PaperKind) throws(Refusal) -> [UnitCode] {
        let units = kind.issuers(for: viewer, in: definition)
        guard !units.isEmpty else {
            throw Refusal(.forbidden, "Đơn vị hoặc vai trò của bạn không soạn loại văn bản “\(name(of: kind))”.")
        }
        return units
    }

    /// Whether somebody signs papers of a kind, so that the form also asks who (``SigningDraft``).
    public func isSigned(_ kind: PaperKind) async throws -> Bool { try await template(kind.id).isSigned }

    /// The fields of a kind's form, but for the signer's.
    /// - Parameter given: what the page that offers the paper says, by key.
    public func form(_ kind: PaperKind, given: (String) -> String, for viewer: Viewer) async throws -> [PaperField] {
        let units = try requireIssuer(viewer, of: kind)
        let template = try await template(kind.id)
        var fields = topicFields(kind, viewer)
        var scenario: AllocationScenario?
        if case .given? = fields.first?.input, case .scenario(let id) = try about(kind.topic, given) {
            let (found, _) = try await allocations.scenario(id, for: viewer)
            guard kinds(about: found, for: viewer).contains(where: { $0.id == kind.id }) else {
                throw Refusal(.forbidden, "Phương án này không soạn loại văn bản “\(name(of: kind))”.")
            }
            scenario = found
        }
        try await requireSubstance(kind, scenario, viewer)
        // The signer is asked for every signed paper in the same way.
        fields += template.fields.filter { $0.name != "signer" }.map {
            PaperField(
                PaperField.Key.text($0.name), $0.label, $0.isLong ? .paragraph : .line, hint: $0.hint, value: $0.value,
                isRequired: $0.isRequired)
        }
        fields += kind.asks
        var first: [String: String] = [:]
        var lists: [String: [PaperField.Option]] = [:]
        if let unit = units.first {
            first = try await kind.begins(self, unit, viewer)
            lists = kind.lists(self, unit)
        }
        return fields.map { field in
            var field = field
            if let options = lists[field.key] { field.input = .choice(options) }
            let value = given(field.key)
            if !value.isEmpty { field.value = value } else if let value = first[field.key] { field.value = value }
            return field
        }
    }

    /// What a form came to, all its problems at once.
    public func read(_ kind: PaperKind, _ field: (String) -> String, for viewer: Viewer) async throws -> PaperRequest {
        let units = try requireIssuer(viewer, of: kind)
        let fields = try await form(kind, given: field, for: viewer)
        var problems: [Refusal.FieldProblem] = []
        var values: [String: String] = [:]
        for one in fields {
            do {
                values[one.key] = try one.read(field(one.key))
            } catch {
                guard error.kind == .invalid else { throw error }
                problems += error.fields
            }
        }
        let (signer, more) = SigningDraft(field).checkedSigner(isRequired: false)
        problems += more
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        var texts: [String: String] = [:]
        for name in try await template(kind.id).fields.map(\.name) { texts[name] = values[PaperField.Key.text(name)] }
        for ask in kind.asks { texts[ask.key] = values[ask.key] }
        guard let unit = units.first else { throw Refusal(.forbidden, "Tài khoản không thuộc đơn vị nào.") }
        return PaperRequest(
            kind, unit: unit, about: try about(kind.topic) { values[$0] ?? "" }, texts: texts, signer: signer)
    }

    /// The draft of a request.
    public func draft(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        guard try requireIssuer(viewer, of: request.kind).contains(request.unit) else {
            throw Refusal(.forbidden, "Chỉ soạn được văn bản của đơn vị mình.")
        }
        var source: String?
        if case .scenario(let id) = request.about {
            let (scenario, _) = try await allocations.scenario(id, for: viewer)
            source = scenario.fingerprint
            try await requireSubstance(request.kind, scenario, viewer)
        } else {
            try await requireSubstance(request.kind, nil, viewer)
        }
        var draft = try await request.kind.draft(self, request, viewer)
        // What somebody typed goes before what the system found; what the kind itself asked has gone into its data.
        let asked = Set(request.kind.asks.map(\.key))
        draft.data.fields.merge(request.texts.filter { !$0.value.isEmpty && !asked.contains($0.key) }) { $1 }
        draft.signer = request.signer
        draft.source = source
        return draft
    }

    // MARK: What it is about

    private func topicFields(_ kind: PaperKind, _ viewer: Viewer) -> [PaperField] {
        let today = clock.today
        func quarters(halfYear: Bool) -> PaperField {
            let half = halfYear ? [PaperField.Option(value: PaperField.Key.firstHalf, title: "6 tháng đầu năm")] : []
            return PaperField(
                PaperField.Key.quarter, "Kỳ báo cáo",
                .choice(
                    Quarter.all(of: today.year).map { .init(value: "\($0.quarter)", title: "Quý \($0.roman)") } + half
                        + [.init(value: PaperField.Key.wholeYear, title: "Cả năm")]),
                value: "\(Quarter(of: today).quarter)", isRequired: true)
        }
        func year(_ shown: Int) -> PaperField {
            let years = definition.years
            return PaperField(
                PaperField.Key.year, "Năm", .choice(years.map { .init(value: "\($0)", title: "\($0)") }),
                value: "\(min(max(shown, years.lowerBound), years.upperBound))", isRequired: true)
        }
        switch kind.topic {
        case .citySplit, .communeSplit:
            return [PaperField(PaperField.Key.scenario, "phương án phân bổ", .given, isRequired: true)]
        case .batch: return [PaperField(PaperField.Key.batch, "lô số liệu", .given, isRequired: true)]
        case .delivery:
            return [PaperField(PaperField.Key.delivery, "phiếu nhận của lần giao", .given, isRequired: true)]
        case .year(let ahead): return [year(today.year + ahead)]
        case .period: return [year(today.year), quarters(halfYear: true)]
        case .task(let inQuarters):
            return [taskField(kind, viewer), year(today.year)] + (inQuarters ? [quarters(halfYear: false)] : [])
        case .committee, .today: return []
        }
    }

    /// The tasks of the person's unit that the kind makes a product of; none in particular is always a choice.
    private func taskField(_ kind: PaperKind, _ viewer: Viewer) -> PaperField {
        let own = Set(kind.issuers(for: viewer, in: definition))
        var seen: Set<String> = []
        let tasks = kind.products(in: definition).map(\.task).filter { task in
            seen.insert(task.code).inserted && !own.isDisjoint(with: Schedule.leads(of: task, in: definition))
        }
        let none = PaperField.Option(value: PaperField.Key.noTask, title: "Chung, không riêng nhiệm vụ nào")
        return PaperField(
            PaperField.Key.task, "Nhiệm vụ của Kế hoạch",
            .choice(tasks.map { .init(value: $0.code, title: "\($0.code) \($0.text.prefix(90))") } + [none]),
            value: tasks.count == 1 ? tasks[0].code : PaperField.Key.noTask, isRequired: true)
    }

    private func about(_ topic: PaperTopic, _ value: (String) -> String) throws(Refusal) -> PaperRequest.About {
        switch topic {
        case .citySplit, .communeSplit:
            guard let id = RecordID(value(PaperField.Key.scenario)) else {
                throw Refusal(.notFound, "Hãy mở phương án phân bổ rồi chọn văn bản ở đó.")
            }
            return .scenario(id)
        case .batch:
            guard let number = Int(value(PaperField.Key.batch)) else {
                throw Refusal(.notFound, "Hãy mở lô số liệu rồi chọn văn bản ở đó.")
            }
            return .batch(number)
        case .delivery:
            guard let number = Int(value(PaperField.Key.delivery)) else {
                throw Refusal(.notFound, "Hãy mở phiếu nhận của lần giao rồi chọn văn bản ở đó.")
            }
            return .delivery(number)
        case .year: return .period(try period(inQuarters: false, value))
        case .period:
            if value(PaperField.Key.quarter) == PaperField.Key.firstHalf {
                guard let year = Int(value(PaperField.Key.year)) else { throw Refusal(.notFound, "Không có năm này.") }
                return .firstHalf(year)
            }
            return .period(try period(inQuarters: true, value))
        case .task(let quarters):
            let code = value(PaperField.Key.task)
            return .task(
                definition.task(code) == nil ? nil : code, try period(inQuarters: quarters, value))
        case .committee, .today: return .today
        }
    }

    private func period(inQuarters: Bool, _ value: (String) -> String) throws(Refusal) -> WorkPeriod {
        guard let year = Int(value(PaperField.Key.year)) else { throw Refusal(.notFound, "Không có năm này.") }
        guard inQuarters, let number = Int(value(PaperField.Key.quarter)) else { return .year(year) }
        guard let quarter = Quarter(year: year, quarter: number) else { throw Refusal(.notFound, "Không có quý này.") }
        return .quarter(quarter)
    }
}
