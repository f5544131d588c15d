import Foundation
public import Kernel
public import PlanText

/// The plan of An Biên with BHXH cơ sở, a name that gathers many offices, in the place of BHXH tỉnh as lead of `II.2`.
public enum OfficesPlan {
    public static let twoOffices = """
        code,agency,name,kind,communes,superior,symbol
        suoi-mau,bhxh-co-so,Bảo hiểm xã hội cơ sở Suối Mẫu,BHXH cơ sở,90001 90002,,BHXH-SM
        ben-vi-du,bhxh-co-so,Bảo hiểm xã hội cơ sở Bến Ví Dụ,,90003,so-noi-vu,

        """

    public static let office = AgencyUnitCode("bhxh-co-so:suoi-mau")

    private static let officeAgency = """
          - code: bhxh-co-so
            name: "BHXH cơ sở"
            kind: base-social-insurance
            units: many
            superior: bhxh-tinh
            identity:
              body_above: "Bảo hiểm xã hội tỉnh An Biên"
              head: "Giám đốc"
          - code: ubnd-cap-xa
        """

    /// - Parameter units: the text of `units.csv`; nil for a folder without one.
    public static func load(units: String?) throws -> PlanDefinition {
        try PlanLoader.load { bytes($0, units: units) }
    }

    /// A file of its folder.
    public static func bytes(_ name: String, units: String?) -> [UInt8]? {
        if name == "units.csv" { return units.map { Array($0.utf8) } }
        guard let bytes = PlanFolder.bytes(PlanFolder.anBien.appending(path: name)) else { return nil }
        var text = String(decoding: bytes, as: UTF8.self)
        if name == "agencies.yaml" {
            text = text.replacingOccurrences(of: "  - code: ubnd-cap-xa", with: officeAgency)
        }
        if name == "tasks.yaml" {
            text = text.replacingOccurrences(
                of: "leads: \"BHXH tỉnh\"\n    coordinators: \"Sở Nội vụ, UBND xã, phường\"",
                with: "leads: \"BHXH cơ sở\"\n    coordinators: \"Sở Nội vụ, UBND xã, phường\"")
        }
        return Array(text.utf8)
    }
}
