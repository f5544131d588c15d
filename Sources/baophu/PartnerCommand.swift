import ArgumentParser
import Foundation
import Kernel
import Partner

struct PartnerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partner", abstract: "Plays another agency's program against a running server.",
        discussion:
            "Asks for a token, hands a list over in parts over connections that may break, waits for its receipt, checks the receipt's signatures, reads its quality. Uses nothing of the server's but its addresses."
    )

    @Option(help: "Whose program it is; its key is read from <agency>.key unless --key says where.")
    var agency: String

    @Option(help: "A file with the program's identifier and key, as `baophu exchange programs admit` writes one.")
    var key: String?

    @Option(help: "Where the server is.")
    var url = "http://127.0.0.1:8080"

    @Option(help: "The number of the agreement.")
    var agreement = 1

    @Option(help: "What for.")
    var purpose = "Giao danh sách theo thỏa thuận"

    @Option(help: "The list to hand over.")
    var file: String

    @Option(help: "The month it speaks of, yyyy-MM.")
    var period: String

    @Flag(help: "It takes the place of what was delivered for the month.")
    var correction = false

    @Option(help: "What the program calls this upload; the same name goes on where an earlier run stopped.")
    var name: String?

    @Option(help: "Bytes in one request.")
    var part = 1 << 20

    @Option(help: "Connections that break on the way.")
    var breaks = 0

    @Option(help: "How long to wait for the receipt, in seconds.")
    var patience = 600

    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            let path = key ?? "\(agency).key"
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
            guard lines.count == 2 else {
                throw ValidationError("\(path): two lines are expected, the program's identifier and its key")
            }
            guard part > 0, breaks >= 0, patience > 0 else {
                throw ValidationError("--part and --patience are above 0, --breaks is 0 or more")
            }
            let client = PartnerClient(
                PartnerSettings(
                    url: url, client: String(lines[0]), key: String(lines[1]), agreement: agreement, purpose: purpose))
            let list = PartnerList(
                path: file, name: URL(fileURLWithPath: file).lastPathComponent, period: period,
                isCorrection: correction, idempotency: name ?? "\(agency)-\(period)-\(UUID().uuidString)")
            let outcome: Result<PartnerReport, any Error>
            do {
                let quiet = output.json
                outcome = .success(
                    try await client.exchange(list, PartnerManner(part: part, breaks: breaks, patience: patience)) {
                        if !quiet { say($0) }
                    })
            } catch {
                outcome = .failure(error)
            }
            try await client.close()
            let report = try outcome.get()
            if output.json { try sayJSON(report) } else { tell(report) }
            guard report.delivery?.state == "in-force", report.receiptHolds else { throw ExitCode(65) }
        }
    }

    private func tell(_ report: PartnerReport) {
        say(
            "gửi \(report.sent) byte cho tệp \(report.bytes) byte, ngắt \(report.breaks) lần, mỗi lần mất không quá \(report.lostAtMost) byte"
        )
        guard let delivery = report.delivery, let quality = report.quality else {
            return say("không nhận được: \(report.upload.problem ?? "")")
        }
        say("phiếu \(delivery.receipt): \(delivery.words)")
        say("\(quality.rows) dòng: \(quality.accepted) nhận, \(quality.repaired) đã sửa, \(delivery.returned) trả lại")
        for row in report.returned.prefix(10) {
            say("  dòng \(row.row), cột \(row.column) \(row.heading): \(row.words)")
        }
        say(report.receiptHolds ? "chữ ký trên biên nhận đúng" : "CHỮ KÝ TRÊN BIÊN NHẬN KHÔNG ĐÚNG")
        if let aggregates = report.aggregates {
            say(
                "tổng hợp \(aggregates.communes.count) địa bàn, tổng \(aggregates.sum.map(String.init) ?? "không hiện")"
            )
        }
    }
}
