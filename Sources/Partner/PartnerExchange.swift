import Crypto
public import Foundation

/// What an exchange came to, from a program's side.
public struct PartnerReport: Codable, Sendable {
    public let bytes: Int
    /// Handed to connections; what is above `bytes` was lost with the connections that broke.
    public let sent: Int
    public let breaks: Int
    /// The most that one break lost.
    public let lostAtMost: Int
    public let seconds: Double
    public let upload: PartnerUpload
    /// Nil where the list was refused.
    public let delivery: PartnerDelivery?
    public let quality: PartnerQuality?
    public let returned: [PartnerReturned.Row]
    /// Whether the receipt's signatures were checked and hold.
    public let receiptHolds: Bool
    /// Nil where the program may not ask for it.
    public let aggregates: PartnerAggregates?
}

/// What handing a list over came to.
public struct PartnerSending: Sendable {
    /// Of the upload.
    public let address: String
    /// Of the file.
    public let bytes: Int
    public let sha256: String
    /// Handed to connections.
    public var sent = 0
    public var breaks = 0
    /// The most that one break lost.
    public var lostAtMost = 0
}

/// How a partner's program sends.
public struct PartnerManner: Sendable {
    /// Bytes in one request.
    public let part: Int
    /// Connections that break in the middle of a request.
    public let breaks: Int
    /// How long to wait for what the other side does, in seconds.
    public let patience: Int
    public let seed: UInt64

    public init(part: Int = 1 << 20, breaks: Int = 0, patience: Int = 600, seed: UInt64 = 1) {
        (self.part, self.breaks, self.patience, self.seed) = (part, breaks, patience, seed)
    }
}

extension PartnerClient {
    /// The whole exchange of one list: handed over in parts, over connections that may break, its receipt waited for and
    /// checked, its quality read.
    public func exchange(
        _ list: PartnerList, _ manner: PartnerManner = PartnerManner(), tell: @Sendable (String) -> Void = { _ in }
    ) async throws -> PartnerReport {
        let started = Date()
        let sending = try await handOver(list, manner, tell: tell)
        let (size, sha256) = (sending.bytes, sending.sha256)
        let upload = try await whole(sending.address, manner)
        tell("lần tải lên: \(upload.state)")
        guard let number = upload.delivery else {
            return PartnerReport(
                bytes: size, sent: sending.sent, breaks: sending.breaks, lostAtMost: sending.lostAtMost,
                seconds: Date().timeIntervalSince(started), upload: upload, delivery: nil, quality: nil, returned: [],
                receiptHolds: false, aggregates: nil)
        }
        let delivery = try await received(number, manner)
        tell("phiếu \(delivery.receipt): \(delivery.words), \(delivery.accepted)/\(delivery.rows) dòng")
        let quality = try await get("/deliveries/\(number)/quality", as: PartnerQuality.self)
        let returned = try await allReturned(number)
        let receipt = try await get("/deliveries/\(number)/receipt", as: PartnerReceipt.self)
        return PartnerReport(
            bytes: size, sent: sending.sent, breaks: sending.breaks, lostAtMost: sending.lostAtMost,
            seconds: Date().timeIntervalSince(started), upload: upload, delivery: delivery, quality: quality,
            returned: returned, receiptHolds: receipt.holds(for: sha256), aggregates: try await aggregates(list.period))
    }

    /// Hands a list over in parts, up to its last byte.
    public func handOver(
        _ list: PartnerList, _ manner: PartnerManner, tell: @Sendable (String) -> Void = { _ in }
    ) async throws -> PartnerSending {
        let (sha256, size) = try Self.hash(list.path)
        let (address, first) = try await begin(list, size: size, sha256: sha256)
        tell("bắt đầu gửi \(list.name), \(size) byte, từ byte \(first)")
        return try await send(
            list, PartnerSending(address: address, bytes: size, sha256: sha256), from: first, manner, tell)
    }

    private func send(
        _ list: PartnerList, _ begun: PartnerSending, from first: Int, _ manner: PartnerManner,
        _ tell: @Sendable (String) -> Void
    ) async throws -> PartnerSending {
        let (size, address) = (begun.bytes, begun.address)
        var (offset, sending, random) = (first, begun, SplitMix(seed: manner.seed))
        var points = (0..<manner.breaks).map { _ in Int.random(in: first..<max(size, first + 1), using: &random) }
            .sorted()
        while offset < size {
            let count = min(manner.part, size - offset)
            points.removeAll { $0 <= offset }
            let breaking = points.first.flatMap { $0 < offset + count ? $0 - offset : nil }
            let sent = SentBytes()
            do {
                offset = try await send(
                    list.path, from: offset, count: count, to: address, breaking: breaking, sent: sent)
                sending.sent += sent.count
            } catch let refusal as PartnerRefusal where refusal.status != 409 {
                throw refusal
            } catch {
                sending.sent += sent.count
                if breaking != nil { points.removeFirst() }
                if !(error is PartnerRefusal) { sending.breaks += 1 }
                let kept = try await settled(address, from: offset)
                sending.lostAtMost = max(sending.lostAtMost, offset + sent.count - kept)
                tell("kết nối ngắt ở byte \(offset + sent.count); bên nhận đã giữ đến byte \(kept)")
                offset = kept
            }
        }
        return sending
    }

    /// Where the upload stands once the other side has noticed that the connection is gone.
    private func settled(_ address: String, from offset: Int) async throws -> Int {
        var last = try await self.offset(of: address)
        for _ in 0..<20 {
            try await Task.sleep(for: .milliseconds(20))
            let next = try await self.offset(of: address)
            if next == last { return next }
            last = next
        }
        return last
    }

    private func whole(_ address: String, _ manner: PartnerManner) async throws -> PartnerUpload {
        let path = String(address.split(separator: "/").last ?? "")
        return try await waiting(manner) {
            let upload = try await self.get("/uploads/\(path)", as: PartnerUpload.self)
            return ["delivered", "refused"].contains(upload.state) ? upload : nil
        }
    }

    private func received(_ number: Int, _ manner: PartnerManner) async throws -> PartnerDelivery {
        try await waiting(manner) {
            let delivery = try await self.get("/deliveries/\(number)", as: PartnerDelivery.self)
            return ["arriving", "receiving"].contains(delivery.state) ? nil : delivery
        }
    }

    private func waiting<Answer: Sendable>(
        _ manner: PartnerManner, _ ask: () async throws -> Answer?
    ) async throws -> Answer {
        let end = Date(timeIntervalSinceNow: Double(manner.patience))
        while Date() < end {
            do {
                if let answer = try await ask() { return answer }
                try await Task.sleep(for: .milliseconds(300))
            } catch let refusal as PartnerRefusal where refusal.status == 429 {
                try await Task.sleep(for: .seconds(refusal.retrySeconds ?? 5))
            }
        }
        throw PartnerRefusal(status: 0, detail: "not done within \(manner.patience) seconds", retrySeconds: nil)
    }

    private func allReturned(_ number: Int) async throws -> [PartnerReturned.Row] {
        var (rows, cursor): ([PartnerReturned.Row], Int?) = ([], nil)
        repeat {
            let place = cursor.map { "&cursor=\($0)" } ?? ""
            let stretch = try await get(
                "/deliveries/\(number)/returned?limit=100\(place)", as: PartnerReturned.self)
            rows += stretch.rows
            cursor = stretch.next
        } while cursor != nil && rows.count < 1_000
        return rows
    }

    private func aggregates(_ period: String) async throws -> PartnerAggregates? {
        do {
            return try await get("/aggregates?period=\(period)", as: PartnerAggregates.self)
        } catch let refusal as PartnerRefusal where refusal.status == 403 {
            return nil
        }
    }

    private static func hash(_ path: String) throws -> (String, Int) {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        var (hasher, size) = (SHA256(), 0)
        while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty {
            hasher.update(data: data)
            size += data.count
        }
        return (hasher.finalize().map { String(format: "%02x", $0) }.joined(), size)
    }
}

/// Draws the same places for the same seed.
private struct SplitMix: RandomNumberGenerator {
    var seed: UInt64

    mutating func next() -> UInt64 {
        seed &+= 0x9E37_79B9_7F4A_7C15
        var z = seed
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
