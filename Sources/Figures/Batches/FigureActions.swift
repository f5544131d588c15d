public import Access

/// What somebody may do with a file of figures that was sent.
public enum UploadAction: Sendable, CaseIterable {
    case take, discard
}

extension FigureUpload {
    /// What a person may do with the file now. Taking and discarding ask for the same right and the same state.
    public func actions(for viewer: Viewer) -> Set<UploadAction> {
        viewer.may(.acceptFigures) && isOpen ? Set(UploadAction.allCases) : []
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
        if viewer.may(.withdrawFigures), withdrawnAt == nil { actions.insert(.withdraw) }
        if viewer.contestScope.reach == .everything, kind == .file, file != nil { actions.insert(.openFile) }
        return actions
    }
}
