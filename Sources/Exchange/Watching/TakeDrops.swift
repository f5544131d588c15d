public import Access
import Database
import Files
import Formats
import Foundation
public import Jobs
public import Kernel
public import Registry

extension Subject.Kind {
    /// A file of a watched folder; the key is the sender with the file's name.
    static let watchedFile = Self("watched-file")
}

extension JobName<NoParameters> {
    static let takingDrops = JobName("exchange.watch")
}

/// What one look into the watched folders came to.
public struct WatchReport: Codable, Sendable, Equatable {
    public struct Line: Codable, Sendable, Equatable {
        public let file: String
        /// The receipt of its delivery; nil where it became none.
        public let receipt: String?
        /// In Vietnamese.
        public let words: String
    }

    /// Became deliveries now.
    public var taken: [Line] = []
    /// Moved aside with their receipt: received, or refused with the reason.
    public var settled: [Line] = []
    public var refused: [Line] = []
    /// Files that are still being written, or received.
    public var waiting = 0
    /// Folders that cannot be used, each with why.
    public var problems: [String] = []

    public var isEmpty: Bool { taken.isEmpty && settled.isEmpty && refused.isEmpty }
}

/// Receives what comes to rest in folders: through the same door as uploads, each file once, with one receipt.
public struct WatchService: Sendable {
    public let exchange: ExchangeService
    public let folders: [WatchedFolder]
    public let rules: WatchRules

    public init(exchange: ExchangeService, folders: [WatchedFolder], rules: WatchRules = WatchRules()) {
        (self.exchange, self.folders, self.rules) = (exchange, folders, rules)
    }

    /// Who hands over what nobody carried.
    private static let actor = Actor(account: nil, name: "Thư mục nhận tệp")

    private var deliveries: DeliveryService { exchange.deliveries }
    private var store: any DataStore { exchange.store }
    private var clock: Clock { exchange.clock }

    public var jobKinds: [JobKind] {
        [
            JobKind(.takingDrops, title: "Nhận tệp từ thư mục", right: nil) { _, run in
                let report = try await look { done in
                    try await run.report(JobProgress(done, of: nil, "\(done) tệp"))
                }
                return JobResult(
                    "Nhận \(report.taken.count) tệp, chuyển \(report.settled.count) tệp đã xong, trả lại \(report.refused.count) tệp."
                )
            }
        ]
    }

    /// Has a job look into the folders where something lies to be done; one at a time, whichever server looks.
    /// - Returns: the job; nil where there is nothing to do, or one is at it.
    public func begin() async throws -> RecordID? {
        guard try await hasWork() else { return nil }
        return try await store.write { [clock] connection in
            guard try !JobService.isLive(.takingDrops, on: connection) else { return nil }
            let now = clock.now
            return try JobService.enter(
                .takingDrops, NoParameters(), title: "Nhận tệp từ thư mục", notBefore: now, at: now, on: connection)
        }
    }

    /// What stands against looking into the folders, each with the folder; empty where nothing does.
    public var problems: [String] {
        folders.compactMap { folder in problem(of: folder).map { "\(folder.path): \($0)" } }
    }

    private func problem(of folder: WatchedFolder) -> String? {
        do {
            try check(folder)
            return nil
        } catch {
            return error.message
        }
    }

    private func hasWork() async throws -> Bool {
        for folder in folders {
            // A folder that cannot be read is told of by the look itself, and on the command line.
            let files = (try? FolderFiles.files(in: folder.path)) ?? []
            if files.contains(where: { $0.isSettled(rules, at: clock.now) }) { return true }
            for file in (try? FolderFiles.files(in: folder.receiving)) ?? [] {
                if try await isOver(file) { return true }
            }
            if try !old(in: folder).isEmpty { return true }
        }
        return false
    }

    /// One look: takes in what is complete, moves aside what is over, forgets what was kept long enough.
    /// - Parameter tell: hears how many files were looked at.
    public func look(
        tell: (Int) async throws -> Void = { _ in }
    ) async throws -> WatchReport {
        var (report, done) = (WatchReport(), 0)
        for folder in folders {
            do {
                try check(folder)
                try FolderFiles.makeOwn(of: folder)
                for file in try FolderFiles.files(in: folder.path) {
                    guard file.isSettled(rules, at: clock.now) else {
                        report.waiting += 1
                        continue
                    }
                    try await take(file, of: folder, into: &report)
                    done += 1
                    try await tell(done)
                }
                for file in try FolderFiles.files(in: folder.receiving) {
                    try await settle(file, of: folder, into: &report)
                    done += 1
                    try await tell(done)
                }
                for file in try old(in: folder) { try FileManager.default.removeItem(atPath: file.path) }
            } catch let refusal as Refusal {
                report.problems.append("\(folder.path): \(refusal.message)")
            } catch let error as CocoaError {
                report.problems.append("\(folder.path): không đọc, ghi được thư mục (\(error.code.rawValue))")
            }
        }
        let before = clock.now.adding(seconds: Int64(-Self.knownDays) * 86_400)
        try await store.write { try WatchedDrop.forget(before: before, on: $0) }
        return report
    }

    /// How long a file that became a delivery is known again.
    private static let knownDays = 400

    private func check(_ folder: WatchedFolder) throws(Refusal) {
        guard FolderFiles.exists(folder.path) else {
            throw Refusal(.notFound, "không có thư mục này; hãy tạo, hoặc sửa cấu hình exchange.folders")
        }
        guard deliveries.formats[folder.format] != nil else {
            throw Refusal(.invalid, "không có mẫu danh sách “\(folder.format)”; hãy sửa cấu hình exchange.folders")
        }
        guard deliveries.knows(folder.sender) else {
            throw Refusal(
                .invalid, "kế hoạch không có cơ quan, đơn vị “\(folder.sender.text)”; hãy sửa cấu hình exchange.folders"
            )
        }
    }

    // MARK: Taking in

    private func take(
        _ file: DroppedFile, of folder: WatchedFolder, into report: inout WatchReport
    ) async throws {
        let known = try await store.read { try WatchedDrop.delivery(folder.path, mark: file.mark, on: $0) }
        // A crash lay between its being taken in and its being moved.
        if let known {
            let delivery = try await deliveries.delivery("\(known)")
            if delivery.state == .arriving { try await arrive(file, as: draft(of: delivery, file, folder)) }
            return try move(file, of: folder, as: delivery)
        }
        guard let month = DropName.month(file.name), month <= Month(of: clock.today) else {
            return try await refuse(
                file, of: folder,
                "Tên tệp không có tháng của dữ liệu, có nhiều tháng, hoặc tháng ấy chưa đến. Hãy đặt lại tên có năm và tháng, ví dụ \(folder.format)-2026-09.xlsx, rồi gửi lại.",
                into: &report)
        }
        var draft = DeliveryDraft(
            format: folder.format, sender: folder.sender, period: month,
            replacesPeriod: DropName.isCorrection(file.name))
        draft.drop = WatchedDrop(folder: folder.path, mark: file.mark, name: file.name)
        do {
            let (delivery, isRepeated) = try await arrive(file, as: draft)
            try move(file, of: folder, as: delivery)
            report.taken.append(
                .init(
                    file: file.name, receipt: delivery.receipt,
                    words: isRepeated
                        ? "đúng tệp này đã được giao cho kỳ này, không có gì thay đổi" : "đang nhận"))
        } catch let refusal as Refusal where refusal.kind == .stale {
            // Somebody writes it again: at another look.
            report.waiting += 1
        }
    }

    @discardableResult
    private func arrive(
        _ file: DroppedFile, as draft: DeliveryDraft
    ) async throws -> (delivery: Delivery, isRepeated: Bool) {
        try await deliveries.arrive(file.incoming, draft, by: Self.actor)
    }

    private func draft(of delivery: Delivery, _ file: DroppedFile, _ folder: WatchedFolder) -> DeliveryDraft {
        DeliveryDraft(
            format: delivery.format, sender: delivery.sender, period: delivery.period, agreement: delivery.agreement,
            replacesPeriod: delivery.replacesPeriod, accepted: delivery.accepted)
    }

    private func move(_ file: DroppedFile, of folder: WatchedFolder, as delivery: Delivery) throws {
        try FolderFiles.move(file.path, to: "\(folder.receiving)/\(delivery.number)-\(file.name)")
    }

    /// What can become no delivery goes back with the reason.
    private func refuse(
        _ file: DroppedFile, of folder: WatchedFolder, _ words: String,
        into report: inout WatchReport
    ) async throws {
        let now = clock.now
        try await store.write { connection in
            try AuditTrail.append(
                AuditEvent(
                    "delivery.returned-file", subject: Subject(.watchedFile, folder.sender.text), detail: file.mark),
                by: Self.actor, at: now, on: connection)
        }
        let place = "\(folder.refused)/\(now.secondsSinceEpoch)-\(file.name)"
        try FolderFiles.write(
            "KHÔNG NHẬN\nTệp: \(file.name)\nLúc: \(now.vietnamese)\n\(words)\n", to: place + DropReceipt.ending)
        try FolderFiles.move(file.path, to: place)
        report.refused.append(.init(file: file.name, receipt: nil, words: words))
    }

    // MARK: Moving aside

    /// The delivery that a file in `dang-nhan` became.
    private func delivery(of file: DroppedFile) async throws -> Delivery? {
        guard let number = file.name.split(separator: "-").first.flatMap({ Int($0) }) else { return nil }
        return try await store.read { try Deliveries.find(number, on: $0) }
    }

    private func isOver(_ file: DroppedFile) async throws -> Bool {
        guard let delivery = try await delivery(of: file) else { return false }
        if ![.arriving, .receiving, .leaving].contains(delivery.state) { return true }
        // One whose job failed is gone on with.
        return try await store.read { connection in
            try delivery.job.map { try !JobService.isLive($0, on: connection) } ?? true
        }
    }

    private func settle(
        _ file: DroppedFile, of folder: WatchedFolder, into report: inout WatchReport
    ) async throws {
        guard let delivery = try await delivery(of: file) else { return }
        guard ![.arriving, .receiving, .leaving].contains(delivery.state) else {
            report.waiting += 1
            if try await isOver(file) { try await arrive(file, as: draft(of: delivery, file, folder)) }
            return
        }
        let isRefused = delivery.state == .refused
        let place = "\(isRefused ? folder.refused : folder.taken)/\(file.name)"
        // The receipt first: a file that was moved has one, whatever happens in between.
        try FolderFiles.write(
            try await DropReceipt.text(delivery, exchange), to: place + DropReceipt.ending)
        try FolderFiles.move(file.path, to: place)
        let line = WatchReport.Line(file: file.name, receipt: delivery.receipt, words: delivery.state.words)
        if isRefused { report.refused.append(line) } else { report.settled.append(line) }
    }

    /// Files that were kept long enough; receipts stay.
    private func old(in folder: WatchedFolder) throws -> [DroppedFile] {
        let before = clock.now.secondsSinceEpoch - Int64(rules.keptDays) * 86_400
        return [folder.taken, folder.refused].flatMap { (try? FolderFiles.files(in: $0)) ?? [] }.filter {
            !$0.name.hasSuffix(DropReceipt.ending) && $0.changedAt < before
        }
    }
}
