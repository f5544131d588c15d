import Province
import Access
import Database
import Files
import Foundation
import Kernel
import Overview
import PlanText
import Targets
import Work

/// Invented progress on the plan's work: most of what fell due was accepted, some waits, some was returned, some is late.
/// Goes through the same use cases as people do, each at its own moment, in the order of time.
struct SampleWork {
    let system: BaoPhuSystem

    private enum Deed {
        case handIn(late: Bool)
        case accept
        case giveBack
        case askTime
        case giveTime
    }

    private struct Happening {
        let day: Day
        let item: WorkItem
        let deed: Deed
    }

    func fill() async throws {
        let today = system.clock.today
        let plan = system.definition
        let everybody = Viewer(
            account: RecordID(at: system.clock.now), login: "minh-hoa", name: "Kiểm toán (minh họa)", role: .auditor,
            rights: Grants.ofRoles.rights(of: .auditor))
        let items = try await system.work.items(WorkFilter(), for: everybody, limit: 20_000)
        var random = SplitMix(state: 403)
        var happenings: [Happening] = []
        for item in items {
            guard let due = item.due, due <= today.adding(days: 95), item.opensOn <= today else { continue }
            happenings += course(of: item, due: due, today: today, random: &random)
        }
        happenings.sort { ($0.day, $0.item.id) < ($1.day, $1.item.id) }
        for happening in happenings {
            try await carryOut(happening, plan: plan)
        }
    }

    /// What becomes of one piece of work, by chance; always the same for the same plan and day.
    private func course(of item: WorkItem, due: Day, today: Day, random: inout SplitMix) -> [Happening] {
        let luck = Int.random(in: 0..<100, using: &random)
        let span = max(1, item.opensOn.days(to: due))
        func day(_ share: Double, _ more: Int = 0) -> Day {
            min(item.opensOn.adding(days: Int(Double(span) * share) + more), today)
        }
        // What fell due long ago has been dealt with: nothing waits for a decision for months.
        let settled = due < today.adding(days: -45) && (80..<91).contains(luck)
        let handIn = day(Double.random(in: 0.5...0.98, using: &random))
        guard due < today || luck < 20 else {
            return luck > 92
                ? [Happening(day: today, item: item, deed: .askTime)]
                    + (luck > 96 ? [Happening(day: today, item: item, deed: .giveTime)] : [])
                : []
        }
        // Of what is not due yet, some is early: waiting, sent back or done.
        let early = due >= today ? (luck < 6 ? 80 : luck < 9 ? 86 : 0) : luck
        switch settled ? 0 : early {
        case 0..<74:
            return [
                Happening(day: handIn, item: item, deed: .handIn(late: false)),
                Happening(day: min(handIn.adding(days: 3), today), item: item, deed: .accept),
            ]
        case 74..<80:
            let late = min(due.adding(days: 6), today)
            return [
                Happening(day: late, item: item, deed: .handIn(late: true)),
                Happening(day: min(late.adding(days: 4), today), item: item, deed: .accept),
            ]
        case 80..<86: return [Happening(day: handIn, item: item, deed: .handIn(late: false))]
        case 86..<91:
            return [
                Happening(day: handIn, item: item, deed: .handIn(late: false)),
                Happening(day: min(handIn.adding(days: 2), today), item: item, deed: .giveBack),
            ]
        default: return []
        }
    }

    private func carryOut(_ happening: Happening, plan: PlanDefinition) async throws {
        let clock = Clock.fixed(Timestamp(day: happening.day, hour: 9, minute: 30))
        let service = WorkService(store: system.store, clock: clock, plan: plan)
        let item = happening.item
        let lead = Submission(viewer: officer(of: item.lead, plan: plan))
        switch happening.deed {
        case .handIn:
            for (index, slot) in (plan.task(item.task)?.slots ?? []).enumerated() {
                try await service.addProduct(
                    draft(for: slot, item: item, number: index, on: happening.day), slot: index, instance: item.id,
                    by: lead)
            }
            try await service.submit(item.id, by: lead)
        case .accept, .giveBack:
            guard let superior = item.superior else { return }
            let reviewer = Submission(viewer: reviewer(superior, plan: plan))
            if case .accept = happening.deed {
                try await service.decide(item.id, accept: true, note: "", by: reviewer)
            } else {
                try await service.decide(
                    item.id, accept: false, note: "Thiếu số liệu của quý, đề nghị bổ sung (minh họa).", by: reviewer)
            }
        case .giveTime:
            guard let superior = item.superior else { return }
            try await service.decideExtension(
                item.id, grant: true, note: "", by: .init(viewer: reviewer(superior, plan: plan)))
        case .askTime:
            guard let due = item.due else { return }
            try await service.askExtension(
                item.id, until: max(due, happening.day).adding(days: 15).vietnamese,
                reason: "Chờ số liệu của BHXH cơ sở (minh họa).",
                by: lead)
        }
    }

    private func officer(of unit: UnitCode, plan: PlanDefinition) -> Viewer {
        let id = RecordID(at: Timestamp(secondsSinceEpoch: 0))
        let name = "Cán bộ \(plan.name(of: unit)) (minh họa)"
        switch unit {
        case .commune(let code):
            return Viewer(
                account: id, login: "minh-hoa", name: name, role: .communeOfficer,
                rights: Grants.ofRoles.rights(of: .communeOfficer), communes: [code])
        case .agency(let code):
            return Viewer(
                account: id, login: "minh-hoa", name: name, role: .agencyOfficer,
                rights: Grants.ofRoles.rights(of: .agencyOfficer), agency: code)
        case .agencyUnit(let code):
            return Viewer(
                account: id, login: "minh-hoa", name: name, role: .agencyOfficer,
                rights: Grants.ofRoles.rights(of: .agencyOfficer), agency: code.agency, unit: code)
        }
    }

    private func reviewer(_ agency: AgencyCode, plan: PlanDefinition) -> Viewer {
        let kind = plan.agency(agency)?.kind
        let role: Role = kind == .peoplesCommittee ? .leader : kind == .socialInsurance ? .insuranceProvince : .analyst
        return Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: "minh-hoa",
            name: "\(plan.name(of: .agency(agency))) (minh họa)", role: role,
            rights: Grants.ofRoles.rights(of: role), agency: agency)
    }

    private func draft(for slot: ProductSlot, item: WorkItem, number: Int, on day: Day) -> ProductDraft {
        let seed = item.id.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % 180 + 3 + number
        switch slot.kind {
        case .figure:
            return ProductDraft(
                issuedOn: day.vietnamese, summary: "Số liệu minh họa",
                figure: slot.unit == "%" ? "\(60 + seed % 40),5" : "\(seed)",
                source: "Báo cáo minh họa")
        case .document:
            return ProductDraft(
                numberSymbol: "\(seed)/MH-\(item.task.replacingOccurrences(of: ".", with: ""))",
                issuedOn: day.vietnamese,
                summary: "\(slot.text) (dữ liệu minh họa)",
                file: IncomingFile(name: "van-ban-minh-hoa.pdf", mediaType: "application/pdf", bytes: Self.page))
        case .list:
            return ProductDraft(
                issuedOn: day.vietnamese, summary: "\(slot.text) (dữ liệu minh họa)",
                file: IncomingFile(name: "danh-sach-minh-hoa.csv", mediaType: "text/csv", bytes: Self.list))
        }
    }

    private static let list = Array("\u{FEFF}DỮ LIỆU MINH HỌA\r\nSTT;Nội dung\r\n1;Dòng minh họa\r\n".utf8)

    /// The smallest PDF that shows a line of text. Its built-in typeface has no Vietnamese letters, hence none here.
    private static let page: [UInt8] = {
        let text = "BT /F1 28 Tf 60 700 Td (DU LIEU MINH HOA) Tj ET"
        var pdf = "%PDF-1.4\n"
        var offsets: [Int] = []
        for body in [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
        ] {
            offsets.append(pdf.utf8.count)
            pdf += "\(offsets.count) 0 obj\n\(body)\nendobj\n"
        }
        let start = pdf.utf8.count
        pdf += "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            pdf += String(repeating: "0", count: 10 - String(offset).count) + "\(offset) 00000 n \n"
        }
        pdf += "trailer << /Size \(offsets.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(pdf.utf8)
    }()
}
