import Formats
import Kernel

/// The receipt that lies beside a file: what, of whom, when, how many rows, hash, the signed line of the journal.
enum DropReceipt {
    static let ending = ".bien-nhan.txt"

    static func text(_ delivery: Delivery, _ exchange: ExchangeService) async throws -> String {
        let events = try await exchange.deliveries.events(of: delivery.number)
        let entry = try await exchange.journal(about: Subject(.delivery, delivery.number)).last {
            $0.kind == .delivered
        }
        let ground = try await exchange.deliveries.ground(of: delivery.number)
        let counts = delivery.counts
        var lines = [
            "PHIẾU NHẬN \(delivery.receipt)", "Tình trạng: \(delivery.state.words)",
            "Danh sách: \(exchange.title(ofFormat: delivery.format)), kỳ \(delivery.period.vietnamese)",
            "Bên giao: \(exchange.name(delivery.sender))", "Nhận lúc: \(delivery.receivedAt.vietnamese)",
            "Tệp: \(delivery.fileName), \(VietnameseText.grouped(delivery.size)) byte",
            "SHA-256: \(delivery.sha256)",
        ]
        if let ground { lines.append("Theo: \(ground.name)") }
        if delivery.state == .refused {
            let why = events.last { $0.kind == .refused }?.words ?? ""
            lines.append("Không nhận được: \(why)")
        } else {
            lines.append(
                "Kết quả: \(VietnameseText.grouped(counts.rows)) dòng, nhận \(VietnameseText.grouped(counts.accepted)), trả lại \(VietnameseText.grouped(counts.returned))"
            )
        }
        lines += ReturnedRow.Reason.allCases.compactMap { reason in
            counts.quarantined[reason.rawValue].map {
                "  Trả lại vì \(reason.words): \(VietnameseText.grouped($0)) dòng"
            }
        }
        lines += counts.leftOut.sorted { $0.key < $1.key }.map {
            "  Cột “\($0.key)” ngoài phạm vi đã thỏa thuận, không lưu: \(VietnameseText.grouped($0.value)) ô"
        }
        if let entry {
            lines.append("Nhật ký trao đổi: dòng \(entry.number), mã băm \(entry.hash)")
            if !entry.key.isEmpty { lines.append("Chữ ký (Ed25519, khóa \(entry.key)): \(entry.signature)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
