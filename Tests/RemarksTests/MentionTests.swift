import Kernel
import Testing

@testable import Remarks

/// Units named behind an at sign.
@Suite
struct MentionTests {
    static func found(_ text: String) -> (units: [String], unknown: String?) {
        let candidates = ["90001", "so-noi-vu"].compactMap { code in
            UnitCode(code).map { ($0, RemarksWorld.names[code] ?? []) }
        }
        let mentions = Mentions(in: text, among: candidates)
        return (mentions.units.map(\.text), mentions.unknown)
    }

    @Test
    func `names are read with and without accents, in any of their spellings, once each`() {
        #expect(Self.found("@Sở Nội vụ, @SỞ NỘI VỤ và @snv: xem giúp").units == ["so-noi-vu"])
        #expect(Self.found("Nhờ (@an bien) và @So noi vu").units == ["90001", "so-noi-vu"])
        #expect(Self.found("@UBND phường An Biên").units == ["90001"])
    }

    @Test
    func `what is no unit's name is told, whole words only; an address of mail is none`() {
        #expect(Self.found("@Sở Nội vụ2").unknown == "Sở Nội vụ2")
        #expect(Self.found("@Sở Y tế xem giúp nhé") == ([], "Sở Y tế xem"))
        #expect(Self.found("a@so-noi-vu.vn, 3 @ 5") == ([], nil))
        #expect(Self.found("không có gì") == ([], nil))
    }
}
