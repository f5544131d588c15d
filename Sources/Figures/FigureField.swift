public import Kernel

/// The fields of forms about figures.
public enum FigureField: String, FormKey, CaseIterable {
    case document, file, granted, jumps, labourForce, month, note, place, proof, proposed, reason, source, uninsured,
        whole
}
