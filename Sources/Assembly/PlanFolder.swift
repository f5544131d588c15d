import Foundation
public import Kernel
import Overview
public import PlanText

/// A plan's folder on disk.
public enum PlanFolder {
    /// - Throws: `DataFaults`, with the folder's path before each file's name.
    public static func load(_ path: String) throws(DataFaults) -> PlanDefinition {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw DataFaults([
                DataFault(file: path, line: 0, reason: "không có thư mục kế hoạch này; hãy kiểm tra đường dẫn (--plan)")
            ])
        }
        do {
            return try PlanLoader.load { name in
                FileManager.default.contents(atPath: path + "/" + name).map { Array($0) }
            }
        } catch {
            throw DataFaults(
                error.faults.map { DataFault(file: "\(path)/\($0.file)", line: $0.line, reason: $0.reason) })
        }
    }
}
