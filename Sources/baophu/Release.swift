import CRevision

/// Which build this is.
enum Release {
    /// The newest number in CHANGELOG.md.
    static let number = "0.6.0"

    /// `0.6.0 (commit 91eff21a3b4c)`; `make build` tells the compiler the commit, a plain `swift build` does not.
    static var text: String {
        let commit = String(cString: baophu_commit())
        return "\(number) (\(commit.isEmpty ? "unknown commit" : "commit \(commit)"))"
    }
}
