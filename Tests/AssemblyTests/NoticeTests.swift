import Access
import Assembly
import Kernel
import Notices
import Testing

/// The kinds of notices of the whole system.
@Suite
struct NoticeTests {
    static let kinds = [NoticeArea].ofAllParts.flatMap(\.kinds)

    @Test
    func `every kind has a name and a title of its own`() {
        #expect(Set(Self.kinds.map(\.name)).count == Self.kinds.count)
        #expect(Set(Self.kinds.map(\.title)).count == Self.kinds.count)
        #expect(Self.kinds.count >= 15)
        for kind in Self.kinds {
            #expect(kind.name.wholeMatch(of: /[a-z]+\.[a-z-]+/) != nil, "\(kind.name)")
        }
    }

    @Test
    func `what nobody may switch off concerns one's own account`() {
        #expect(
            Set(Self.kinds.filter { $0.mail == .always }.map(\.name)) == [
                "account.link", "account.changed", "account.browser",
            ])
    }
}
