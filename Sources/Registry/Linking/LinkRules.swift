import Foundation
import Kernel

/// When two records without a common number are one person, and when a person has to decide: from the file `linking.json`.
public struct LinkRules: Codable, Sendable, Equatable {
    /// The least weight (log2 of the odds) of a pair that is linked.
    public var same: Double
    /// The least weight of a pair that is shown as doubtful; below, both are somebody else.
    public var doubtful: Double
    /// A pair is linked only if nobody else who is not the same person comes so near to either side.
    public var margin: Double
    /// What a pair needs to be linked: one of these, in each by comparison the levels of which one must hold (`missing` where a
    /// side is not filled). Without, it is doubtful at most, whatever it weighs. Here stands that a name alone, or with a year of
    /// birth, never links.
    public var needed: [[String: [String]]]
    /// A decision that the model holds for wrong with this chance or more takes two people.
    public var secondPersonAbove: Double

    /// The file that comes with the program.
    public static let usual: LinkRules = {
        guard let url = Bundle.module.url(forResource: "linking", withExtension: "json", subdirectory: "Data"),
            let data = try? Data(contentsOf: url), let rules = try? JSONDecoder().decode(LinkRules.self, from: data)
        else { preconditionFailure("the program was built without Data/linking.json") }
        return rules
    }()

    /// Reads another file of the same keys.
    /// - Throws: a refusal that names what is wrong.
    public init(json: [UInt8], named name: String) throws {
        do {
            self = try JSONDecoder().decode(LinkRules.self, from: Data(json))
        } catch {
            throw Refusal(
                .invalid, "Tệp \(name) không đúng dạng: cần same, doubtful, margin, needed, secondPersonAbove.")
        }
        guard doubtful <= same, margin >= 0, (0...1).contains(secondPersonAbove) else {
            throw Refusal(
                .invalid,
                "Tệp \(name): doubtful không được lớn hơn same, margin không âm, secondPersonAbove từ 0 đến 1.")
        }
    }
}
