/// Random numbers that are the same from the same start on every machine: SplitMix64 (Steele, Lea & Flood, “Fast splittable
/// pseudorandom number generators”, OOPSLA 2014). Not for secrets.
public struct SplitMix: RandomNumberGenerator, Sendable {
    public var state: UInt64

    @inlinable
    public init(state: UInt64) { self.state = state }

    @inlinable
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// A number that looks unlike its neighbours': for streams that begin at 1, 2, 3 …
    @inlinable
    public static func mixed(_ number: UInt64) -> UInt64 {
        var mixed = number
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
