import Access
import Database
import Kernel
public import Notices

extension DaySource {
    /// Proposals that were asked for and not sent.
    public static let proposals = DaySource([.targets, .proposals], isFor: { !$0.communes.isEmpty }) {
        viewer, today, connection in
        try viewer.communes.filter { viewer.proposesTarget(of: $0) }.flatMap { commune in
            try AllocationService.openCalls(to: commune, today: today, on: connection).map { year, until in
                DayItem(
                    .proposal, Subject(.proposals, "\(year)/\(commune)"), "Gửi đề xuất chỉ tiêu năm \(year)", due: until
                )
            }
        }
    }
}
