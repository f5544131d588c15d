public import Access

/// What somebody may do with a file of figures that was sent.
public enum UploadAction: Sendable, CaseIterable {
    case take, discard
}

extension FigureUpload {
    /// What a person may do with the file now; what a job left in part can only be gone on with. Taking and discarding ask for the same right and the same state.
    public func actions(for viewer: Viewer) -> Set<UploadAction> {
        guard viewer.may(.acceptFigures) else { return [] }
        switch stage {
        case .waiting: return [.take, .discard]
        case .partly: return [.take]
        case .taking, .taken, .withdrawn, .discarded: return []
        }
    }
}

/// What somebody may do with a batch of figures.
public enum BatchAction: Sendable, CaseIterable {
    case withdraw, openFile
}

extension FigureBatch {
    /// What a person may do with the batch now. Withdrawing and handing out files ask for the same rights and state.
    public func actions(for viewer: Viewer) -> Set<BatchAction> {
        var actions: Set<BatchAction> = []
        // What a job left in part is gone on with.
        let isWithdrawable = withdrawnAt == nil || monthsLeft > 0 && worker == nil
        if viewer.may(.withdrawFigures), isWithdrawable { actions.insert(.withdraw) }
        if viewer.contestScope.reach == .everything, kind == .file, file != nil { actions.insert(.openFile) }
        return actions
    }
}
