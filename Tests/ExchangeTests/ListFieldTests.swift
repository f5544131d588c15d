import Formats
import Foundation
import Kernel
import TestSupport
import Testing

@testable import Exchange

/// What the form of an agreement or a request fills in from a list is what it takes back.
@Suite
struct ListFieldTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../formats")

    @Test
    func `every column of every list is read back as the fields it stands for, and every field by its title`()
        async throws
    {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        let lists = FormatFolder.load(names) {
            [UInt8]((try? Data(contentsOf: Self.folder.appending(path: $0))) ?? Data())
        }
        #expect(lists.all.count > 15)
        try await ExchangeWorld.with(.sqlite) { world in
            let world = ExchangeWorld(store: world.store, clock: world.clock, keys: world.keys, formats: lists.formats)
            let exchange = world.exchange()
            for list in lists.all {
                var problems: [Refusal.FieldProblem] = []
                for column in exchange.columns(ofFormat: list.key) {
                    let read = exchange.fields([column.name], of: list.key, for: .fields, &problems)
                    #expect(Set(read).isSuperset(of: column.fields), "\(list.key): \(column.name)")
                }
                for field in exchange.fields(ofFormat: list.key) {
                    let title = exchange.title(of: field, in: list.key)
                    let read = exchange.fields([title], of: list.key, for: .fields, &problems)
                    #expect(read.contains(field), "\(list.key): \(title)")
                }
                #expect(problems.isEmpty, "\(list.key): \(problems.map(\.message))")
            }
        }
    }
}
