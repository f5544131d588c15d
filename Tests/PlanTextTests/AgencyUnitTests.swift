import Kernel
import PlanText
import Province
import TestPlans
import Testing

/// The many units of agencies: their file, what they lead, who they are in documents.
@Suite
struct AgencyUnitTests {
    let office = UnitCode("bhxh-co-so:suoi-mau")
    let otherOffice = UnitCode("bhxh-co-so:ben-vi-du")

    static func leads(_ plan: PlanDefinition) throws -> [String] {
        Schedule.leads(of: try #require(plan.task("II.2")), in: plan).map(\.text)
    }

    @Test
    func `a name that gathers units leads itself while they are not known, then each of them`() throws {
        let before = try OfficesPlan.load(units: nil)
        #expect(try Self.leads(before) == ["bhxh-co-so"])
        #expect(before.awaitsUnits(try #require(UnitCode("bhxh-co-so"))))
        #expect(!before.awaitsUnits(try #require(UnitCode("bhxh-tinh"))))

        let after = try OfficesPlan.load(units: OfficesPlan.twoOffices)
        #expect(try Self.leads(after) == ["bhxh-co-so:suoi-mau", "bhxh-co-so:ben-vi-du"])
        #expect(!after.awaitsUnits(try #require(UnitCode("bhxh-co-so"))))
        #expect(after.name(of: try #require(office)) == "Bảo hiểm xã hội cơ sở Suối Mẫu")
    }

    @Test
    func `units of a body that acts for itself do not take its tasks`() throws {
        let plan = try OfficesPlan.load(
            units: "code,agency,name\ntrung-tam,so-noi-vu,Trung tâm Lưu trữ An Biên\n")
        let unit = try #require(UnitCode("so-noi-vu:trung-tam"))
        #expect(plan.bodies.contains(unit))
        let task = try #require(plan.task("I.2"))
        #expect(Schedule.leads(of: task, in: plan).map(\.text) == ["so-noi-vu"])
        #expect(plan.superior(of: unit)?.text == "so-noi-vu")
    }

    @Test
    func `units are accepted by who accepts for their name, or as declared`() throws {
        let plan = try OfficesPlan.load(units: OfficesPlan.twoOffices)
        #expect(plan.superior(of: try #require(office))?.text == "bhxh-tinh")
        #expect(plan.superior(of: try #require(otherOffice))?.text == "so-noi-vu")
    }

    @Test
    func `a former unit keeps its name and leads nothing`() throws {
        let plan = try OfficesPlan.load(
            units: "code,agency,name,former\nmot,bhxh-co-so,Cơ sở Một,yes\nhai,bhxh-co-so,Cơ sở Hai,\n")
        #expect(try Self.leads(plan) == ["bhxh-co-so:hai"])
        #expect(plan.name(of: try #require(UnitCode("bhxh-co-so:mot"))) == "Cơ sở Một")
    }

    @Test
    func `an office shares what is stated of all offices and keeps what is its own`() throws {
        let plan = try OfficesPlan.load(units: OfficesPlan.twoOffices)
        let identity = plan.identity(of: try #require(office))
        #expect(identity.name == "Bảo hiểm xã hội cơ sở Suối Mẫu")
        #expect(identity.nameAbove == "Bảo hiểm xã hội tỉnh An Biên")
        #expect(identity.head == "Giám đốc")
        #expect(identity.symbol == "BHXH-SM")
        #expect(plan.identity(of: try #require(otherOffice)).symbol == nil)
        #expect(identity.place == nil)
    }

    static let mistakes: [(row: String, words: String)] = [
        ("a,bhxh-la,Cơ sở A,,", "cơ quan “bhxh-la” không có trong agencies.yaml"),
        ("a,ubnd-cap-xa,Cơ sở A,,", "không thể có danh sách đơn vị"),
        ("Cơ sở,bhxh-co-so,Cơ sở A,,", "mã đơn vị “Cơ sở”"),
        ("a,bhxh-co-so,,,", "cần tên đơn vị"),
        ("a,bhxh-co-so,Cơ sở A,90001 99999,", "“99999” không có trong danh mục của tỉnh, thành phố"),
        ("a,bhxh-co-so,Cơ sở A,,so-la", "cơ quan duyệt “so-la” không có trong danh sách cơ quan"),
        ("dau,bhxh-co-so,Cơ sở B,,", "mã đơn vị “bhxh-co-so:dau” đã có ở dòng 2"),
    ]

    @Test(arguments: mistakes)
    func `a mistake in the list is told with its line`(row: String, words: String) throws {
        let faults = try BrokenPlanTests.faults { name in
            OfficesPlan.bytes(name, units: "code,agency,name,communes,superior\ndau,bhxh-co-so,Cơ sở Đầu,,\n\(row)\n")
        }
        #expect(faults.map { "\($0.file):\($0.line)" } == ["units.csv:3"])
        #expect(faults.first?.reason.contains(words) == true, "\(faults)")
    }

    @Test
    func `Hải Phòng's agencies sign as the reference has them, and say nothing where it does not`() throws {
        let plan = try PlanFolder.plan.get()
        let affairs = plan.identity(of: try #require(UnitCode("so-noi-vu")))
        #expect(affairs.name == "Sở Nội vụ")
        #expect(affairs.nameAbove == "Ủy ban nhân dân thành phố Hải Phòng")
        #expect(affairs.symbol == "SNV")
        #expect(affairs.head == "Giám đốc")
        let insurance = plan.identity(of: try #require(UnitCode("bhxh-thanh-pho")))
        #expect(insurance.nameAbove == "Bảo hiểm xã hội Việt Nam")
        #expect(plan.superior(of: try #require(UnitCode("bhxh-thanh-pho")))?.text == "so-noi-vu")
        #expect(plan.identity(of: try #require(UnitCode("cong-an-thanh-pho"))) == LegalIdentity())
        #expect(plan.identity(of: try #require(UnitCode("so-xay-dung"))).symbol == nil)
        let commune = try #require(plan.communes.communes.first)
        let committee = plan.identity(of: .commune(commune.code))
        #expect(committee.bodyAbove == .nobody)
        #expect(committee.name == "Ủy ban nhân dân \(commune.fullName)")
        #expect(committee.collective == "Ủy ban nhân dân")
    }
}
