import Access
import Database
import Kernel
import PlanText
import Search
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// What each person finds of work, products and obstacles.
@Suite
struct WorkSearchTests {
    /// All groups of work, as the whole system puts them together.
    static func service(_ world: StorageWorld) -> SearchService {
        let products = SearchSource.products(world.work)
        let index = SearchIndex(store: world.store, sources: [products, .obstacles])
        return SearchService(
            index: index,
            groups: [
                .units(of: world.plan), .tasks(of: world.plan), .work(world.work),
                SearchGroup("san-pham", "Sản phẩm", of: products, in: index),
                SearchGroup("vuong-mac", "Vướng mắc", of: .obstacles, in: index),
            ])
    }

    static func with(_ engine: TestEngine, _ body: (StorageWorld, SearchService) async throws -> Void) async throws {
        try await StorageWorld.with(engine, migrations: SearchMigrations.all) { world in
            let service = service(world)
            try await service.prepare()
            try await body(world, service)
        }
    }

    static func found(
        _ typed: String, in slug: String, _ service: SearchService, by viewer: Viewer
    ) async throws -> [SearchHit.Target] {
        try await service.find(SearchWords(typed: typed), of: slug, page: 1, for: viewer)?.hits.map(\.target) ?? []
    }

    static func work(_ id: String) -> SearchHit.Target { .subject(Subject(.instance, id)) }

    @Test(arguments: TestEngine.allCases)
    func `work is found by words of its task, its lead and its period together`(engine: TestEngine) async throws {
        try await Self.with(engine) { world, service in
            let name = world.plan.name(of: UnitCode.commune(StorageWorld.communes[0].communes[0]))
            let typed = VietnameseText.fold("I.1 thang 3/2027 \(name)")
            let found = try await Self.found(typed, in: "viec", service, by: StorageWorld.auditor)
            #expect(found == [Self.work("I.1/2027-03/90001")])
            #expect(try await Self.found("zzz " + typed, in: "viec", service, by: StorageWorld.auditor) == [])
            #expect(try await Self.found(typed, in: "viec", service, by: StorageWorld.communes[1]) == [])
            #expect(
                try await Self.found(name, in: "don-vi", service, by: StorageWorld.communes[1]).first
                    == .unit(.commune(StorageWorld.communes[0].communes[0])))
            #expect(
                try await Self.found("i.1", in: "nhiem-vu", service, by: StorageWorld.head).first
                    == .subject(Subject(.task, "I.1")))
        }
    }

    /// Lists hold to the scope already: whoever sees a piece of work in them finds it by its product, and nobody else does.
    @Test(arguments: TestEngine.allCases)
    func `a product's number leads those alone to its work who may see the work`(engine: TestEngine) async throws {
        try await Self.with(engine) { world, service in
            let own = "I.1/2027-03/90001"
            world.go(to: Day.known(2027, 3, 15))
            try await world.handIn(own)
            let people =
                StorageWorld.communes + [
                    StorageWorld.analyst, StorageWorld.leader, StorageWorld.insurance, StorageWorld.inspector,
                    StorageWorld.auditor, StorageWorld.administrator, StorageWorld.head, StorageWorld.base("90001"),
                    StorageWorld.base("90002"),
                ]
            var finders = 0
            for person in people {
                let found = try await Self.found("125/QĐ-UBND", in: "san-pham", service, by: person)
                let sees = try await world.ids(for: person).contains(own)
                #expect(found == (sees ? [Self.work(own)] : []), "\(person.login)")
                finders += sees ? 1 : 0
            }
            #expect(finders > 3 && finders < people.count)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a product that was taken away is found no more`(engine: TestEngine) async throws {
        try await Self.with(engine) { world, service in
            let own = "I.1/2027-03/90001"
            world.go(to: Day.known(2027, 3, 15))
            try await world.fill(own)
            #expect(
                try await Self.found("viec thu", in: "san-pham", service, by: StorageWorld.communes[0]) == [
                    Self.work(own)
                ])
            let officer = Submission(viewer: StorageWorld.communes[0])
            for product in try await world.work.detail(own, for: officer.viewer).products {
                try await world.work.removeProduct(product.id, instance: own, by: officer)
            }
            #expect(try await Self.found("viec thu", in: "san-pham", service, by: officer.viewer) == [])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an obstacle is found by its sender and by who answers, once answered by everybody`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world, service in
            // Accounts of their own: what one sent is one's own by the account.
            func person(_ viewer: Viewer, _ number: Int64) -> Viewer {
                Viewer(
                    account: RecordID(at: Timestamp(secondsSinceEpoch: number)), login: viewer.login, name: viewer.name,
                    role: viewer.role, rights: viewer.rights, agency: viewer.agency, communes: viewer.communes)
            }
            let (sender, other) = (person(StorageWorld.communes[0], 1), person(StorageWorld.communes[1], 2))
            let (analyst, insurance) = (person(StorageWorld.analyst, 3), person(StorageWorld.insurance, 4))
            func finders(_ typed: String = "cham cap ma") async throws -> [String] {
                var logins: [String] = []
                for viewer in [sender, other, analyst, insurance] {
                    if try await !Self.found(typed, in: "vuong-mac", service, by: viewer).isEmpty {
                        logins.append(viewer.login)
                    }
                }
                return logins
            }
            let first = try await world.obstacles.sendObstacle(
                title: "Chậm cấp mã số", text: "Chưa rõ", page: "/viec/x", task: "I.1", by: .init(viewer: sender))
            #expect(try await finders() == [sender.login, analyst.login])
            // Merged into another's question, it is found as that one.
            let whole = try await world.obstacles.sendObstacle(
                title: "Mã số bảo hiểm", text: "Chưa rõ", page: "/viec/x", task: "I.1", by: .init(viewer: other))
            try await world.obstacles.mergeObstacle(first, into: whole, by: .init(viewer: analyst))
            #expect(try await finders() == [])
            #expect(try await finders("ma so bao hiem") == [sender.login, other.login, analyst.login])
            let agency = try #require(insurance.agency)
            try await world.obstacles.assignObstacle(whole, to: agency, by: .init(viewer: analyst))
            #expect(try await finders("ma so bao hiem") == [sender.login, other.login, analyst.login, insurance.login])
            let secondSender = person(StorageWorld.communes[2], 5)
            #expect(try await Self.found("ma so", in: "vuong-mac", service, by: secondSender) == [])
            try await world.obstacles.answerObstacle(
                whole, answer: "Hỏi cơ quan thuế.", legalBasis: "Luật BHXH 2024, Điều 17", by: .init(viewer: insurance))
            #expect(
                try await Self.found("co quan thue dieu 17", in: "vuong-mac", service, by: secondSender) == [
                    .subject(Subject(.obstacle, whole))
                ])
            #expect(
                try await Self.found(other.name, in: "vuong-mac", service, by: secondSender) == [],
                "guidance stands without the asker's name")
        }
    }
}
