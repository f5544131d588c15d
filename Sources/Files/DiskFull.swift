import Database
import Foundation

/// Whether an error says that a disk has no room left: the database's, or one that files are written to.
public func saysDiskFull(_ error: any Error) -> Bool {
    switch error {
    case DatabaseError.full: return true
    case let error as POSIXError: return error.code == .ENOSPC || error.code == .EDQUOT
    case let error as CocoaError: return error.code == .fileWriteOutOfSpace
    default: return false
    }
}
