import Foundation

/// What the process holds.
enum ProcessMemory {
    /// The most so far, as the kernel tells it; 0 where it does not.
    static var peakMegabytes: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return (Int(line.filter(\.isNumber)) ?? 0) / 1_024
    }
}
