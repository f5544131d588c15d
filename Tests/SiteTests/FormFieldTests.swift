import Access
import Figures
import Foundation
import Kernel
import LawInForce
import ReportBoards
import Reports
import Targets
import Testing
import Work

/// The names of fields that use cases read and refuse by are those that pages ask for.
@Suite
struct FormFieldTests {
    static let fields: [String] =
        AccountField.allCases.map { "AccountField.\($0)" } + AmendmentField.allCases.map { "AmendmentField.\($0)" }
        + BoardField.allCases.map { "BoardField.\($0)" }
        + CommitteeField.allCases.map { "CommitteeField.\($0)" } + DocumentField.allCases.map { "DocumentField.\($0)" }
        + FigureField.allCases.map { "FigureField.\($0)" } + SigningDraft.Key.allCases.map { "SigningDraft.Key.\($0)" }
        + TargetField.allCases.map { "TargetField.\($0)" } + WorkField.allCases.map { "WorkField.\($0)" }

    /// What asks for fields, and what answers for them.
    static let folders = [
        "Access", "AccountPages", "Components", "FigurePages", "Figures", "JobPages", "Jobs", "LawInForce", "LawPages",
        "PaperPages", "ReportBoards", "Reports", "Targets", "Work", "WorkPages",
    ]

    @Test
    func `a form asks for, or sends along, every field that a use case can name`() throws {
        let pages = Self.folders.filter { $0.hasSuffix("Pages") || $0 == "Components" }
        let text = try pages.flatMap { try AddressTests.sources($0, ".swift") }.map(\.text).joined(separator: "\n")
        let asked = Set(
            HTML.matches(#"(?:Field\(|\.init\()\s*([A-Z][A-Za-z]+(?:Field|\.Key)\.[a-zA-Z]+)\b"#, in: text).map {
                $0[1]
            })
        #expect(asked.count > 50)
        #expect(Set(Self.fields).subtracting(asked).sorted() == [])
    }

    @Test
    func `fields are named by values, in pages and in refusals`() throws {
        let bare = [
            #"\bField\(\s*"[a-zA-Z]+""#, #"\bform\["[a-zA-Z]+"\]"#,
            #"(?:fields: \[|problems\.append\()\s*\.init\(\s*"[a-zA-Z]+","#,
        ]
        var found: [String] = []
        for folder in Self.folders {
            // Samples are made up.
            for (name, text) in try AddressTests.sources(folder, ".swift") where !name.hasSuffix("Samples.swift") {
                found += bare.flatMap { HTML.matches($0, in: text) }.map { "\(name): \($0[0])" }
            }
        }
        #expect(found == [])
    }
}
