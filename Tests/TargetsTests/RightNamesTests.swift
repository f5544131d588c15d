import Access
import Figures
import Notices
import Targets
import TestWork
import Testing
import Work

@Suite
struct RightNamesTests {
    @Test
    func `the rights that tests grant by name are declared`() {
        let declared = Set([RightArea.work, .figures, .targets, .notices].flatMap(\.rights))
        let granted = Role.allCases.reduce(into: Set<Right>()) { $0.formUnion(StorageWorld.grants.rights(of: $1)) }
        #expect(granted.count > 20)
        #expect(granted.subtracting(declared).map(\.name) == [])
    }
}
