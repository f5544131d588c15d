import Formats
import Kernel
import Testing

@Suite
struct RecordTests {
    @Test
    func `every field stands under its own name, in the order of names, however it was put in`() throws {
        var values = RecordValues()
        for field in RecordField.allCases.reversed() {
            // Of any type: what a field holds is not looked at here.
            values[field] = .text(field.rawValue)
        }
        let names = RecordField.allCases.map(\.rawValue).sorted()
        #expect(values.pairs.map(\.field.rawValue) == names)
        #expect(values.json == "{" + names.map { "\"\($0)\":\"\($0)\"" }.joined(separator: ",") + "}")
        for field in RecordField.allCases { #expect(values.text(field) == field.rawValue) }
    }

    @Test
    func `a record is one line of JSON and comes back the same`() throws {
        var values = RecordValues([
            .name: .text("Đỗ \"Tí\"\nHai"), .birth: .partialDay(try #require(PartialDay("1954"))),
            .base: .money(Dong(5_310_000)), .stateRate: .share(try #require(Share(22, of: 100))),
            .personalID: .personalID(try #require(PersonalID("031084000001"))), .hasHealth: .flag(true),
            .month: .month(try #require(Month("2026-09"))), .sex: .code("female"),
        ])
        values[.months] = .count(3)
        values[.name] = .text("Đỗ \"Tí\" Hai")
        values[.phone] = nil
        let json =
            #"{"base":5310000,"birth":"1954","hasHealth":true,"month":"2026-09","months":3,"#
            + #""name":"Đỗ \"Tí\" Hai","personalID":"031084000001","sex":"female","stateRate":"11/50"}"#
        #expect(values.json == json)
        #expect(try RecordValues(json: json) == values)
    }

    @Test(arguments: [
        ("[]", RecordJSONError.notARecord), (#"{"nothing":"1"}"#, .unknownField("nothing")),
        (#"{"birth":"31/12/1990"}"#, .wrongValue(.birth)), (#"{"sex":"x"}"#, .wrongValue(.sex)),
    ])
    func `what is no record says why`(json: String, error: RecordJSONError) {
        #expect(throws: error) { try RecordValues(json: json) }
    }

    @Test
    func `numbers of persons and their telephones are the fields that are sealed`() {
        for field in RecordField.allCases {
            switch field.type {
            case .personalID, .oldPersonalID, .siCode, .taxCode, .phone: #expect(field.isSealed, "\(field)")
            default: #expect(!field.isSealed || [.passport, .email].contains(field), "\(field)")
            }
        }
    }
}
