import Access
import Assembly
import Foundation
import HTTPTypes
import Kernel
import Site
import Targets
import Testing
import WebDesk

/// Whoever decides says which version was looked at; what changed meanwhile is not decided.
@Suite
struct DecisionVersionTests {
    /// Forms that decide on nothing that a page showed, each with the reason why it says no version.
    static let others: [String: String] = [
        "/dang-nhap": "signing in", "/dang-nhap/ma": "signing in", "/loi-moi/{token}": "signing in",
        "/duyet/quyet-dinh": "each piece of work says the version it was seen in",
        "/duyet/hoan-tac": "takes back what was decided in just that version, within a minute",
        "/nhac-don-vi-cham/gui": "reminds, once a day",
        "/huy-tep/{id}/de-nghi": "a file never changes; its erasing is proposed once",
        "/huy-tep/{id}/xac-nhan":
            "confirms the proposal it names, which holds what erasing the file undid when it was proposed",
        "/huy-tep/{id}/bo": "a proposal is taken back once", "/dang-xuat": "one's own session",
        "/thiet-ke": "keeps nothing", "/tro-giup/gioi-thieu": "one's own reading",
        "/thong-bao/{id}/da-doc": "one's own reading",
        "/thong-bao/da-doc-het": "one's own reading", "/thong-bao/thu": "one's own choice",
        "/viec/{task}/{period}/{lead}/san-pham": "adds a product; says the version the page had, where it had one",
        "/giao-danh-sach/nop": "keeps a file to be looked at",
        "/giao-danh-sach/tep/{id}/bo": "a file is thrown away once",
        "/giao-danh-sach/lan/{number}/thu-hoi": "what a delivery said never changes; it is withdrawn once",
        "/giao-danh-sach/lan/{number}/bo-qua": "rows that wait end once, with a reason",
        "/giao-danh-sach/lan/{number}/tra-lai/{row}/mo": "changes nothing",
        "/giao-danh-sach/lan/{number}/tra-lai/{row}/bo-qua": "a row that waits ends once",
        "/so-lieu/bien-dong/nap": "keeps a file to be looked at",
        "/so-lieu/bien-dong/lao-dong": "keeps what was typed to be looked at",
        "/so-lieu/bien-dong/tep/{id}/bo": "a file is thrown away once",
        "/viec/{task}/{period}/{lead}/ghi-chu": "adds a note", "/viec/{task}/{period}/{lead}/buoc": "adds a step",
        "/viec/{task}/{period}/{lead}/xong-buoc": "a step is done once",
        "/nhiem-vu/{task}/dot-xuat": "opens new work", "/nhiem-vu/{task}/quy-tac": "a preview",
        "/ke-hoach/ngay-bat-dau-tinh": "a preview",
        "/vuong-mac/gui": "sends something new",
        "/so-lieu/nap": "keeps a file to be looked at", "/so-lieu/tep/{id}/bo": "a file is thrown away once",
        "/so-lieu/lo/{number}/thu-hoi": "a batch never changes; it is withdrawn once",
        "/so-lieu/de-nghi/{id}/quyet-dinh":
            "an objection never changes; it is decided once, and compared with the figure it speaks of",
        "/so-lieu/don-vi/{unit}/{month}/{scheme}/de-nghi": "sends something new, compared with the figure that holds",
        "/phan-bo/moi": "makes a draft", "/phan-bo/keu-goi": "asks for proposals",
        "/phan-bo/{id}/chep": "makes a draft",
        "/phan-bo/{id}/phieu": "makes an archive", "/phan-bo/{id}/don-vi/{code}/anh": "makes a picture",
        "/de-xuat-chi-tieu": "a commune's own proposal; every one is kept",
        "/bang-tong-hop/mo": "opens a board, once of a report", "/bang-tong-hop/{id}/nhac": "reminds, once a day",
        "/bang-tong-hop/{id}/muc/{section}/y-kien": "adds a comment",
        "/so-dang-ky/tim-so": "looks for somebody",
        "/so-dang-ky/nguoi/{entity}/mo": "changes nothing; the look is kept",
        "/so-dang-ky/nghi-trung/quyet-dinh": "records never change; a pair is decided once, and is none any more then",
        "/so-dang-ky/nghi-trung/rut-lai": "a decision is taken back once",
        "/y-kien/{subject}/gui": "adds a remark", "/y-kien/{subject}/but-phe": "asks for something new",
        "/van-ban/moi/{template}": "makes a draft", "/bao-cao-xa": "makes an archive",
        "/van-ban/{id}/pdf": "makes a file", "/van-ban/{id}/tra-loi/tung-don-vi": "makes an archive",
        "/van-ban/{id}/tra-loi/ghi": "adds an answer; every one is kept, the latest holds",
        "/vuong-mac/nhom": "names the group that a report lists each under; the trail has every name",
        "/van-ban/mau/{template}/xem": "a preview", "/viec-chay-nen/{id}/huy": "a job is cancelled once",
        "/viec-chay-nen/{id}/chay-lai": "starts a job anew", "/viec-chay-nen/bang/{list}": "orders a file",
        "/ban-chi-dao/{unit}/them": "adds a member",
        "/ban-chi-dao/{unit}/roi": "a member's row never changes; it ends once",
        "/don-vi/{unit}/to-dan-pho/nap": "answers row by row what came of the file",
        "/don-vi/{unit}/to-dan-pho/luu": "adds a group, or says the version of the one it changes",
        "/quan-tri/tai-khoan/moi": "makes an account", "/quan-tri/tai-khoan/{id}/lien-ket": "makes a new link",
        "/quan-tri/chuong-trinh/cap": "makes a key, or a proposal of one",
        "/quan-tri/chuong-trinh/{id}/thu-khoa": "ends a program whatever its key",
        "/quan-tri/chuong-trinh/{id}/rut-de-nghi": "names the proposal it takes back",
        "/quan-tri/dong-ho": "the day that is typed is held to the clock of that moment",
        "/quan-tri/tham-so/{key}": "makes a draft whose effect is looked at",
        "/quan-tri/gia-tri/{id}/bo": "a draft is dropped once",
        "/quan-tri/co-quan/{agency}/xem": "a preview",
        "/quan-tri/ranh-gioi/nap": "makes a draft that is looked at",
        "/quan-tri/tep-ranh-gioi/{id}/bo": "a draft is dropped once",
        "/quan-tri/don-vi-truc-thuoc/nap": "makes a draft whose effect is looked at",
        "/quan-tri/bang-don-vi/{id}/bo": "a draft is dropped once",
        "/thoa-thuan/lap": "puts something new forward",
        "/thoa-thuan/so/{number}/ban-moi": "puts something new forward",
        "/thoa-thuan/so/{number}/cham-dut": "ends what is in force; each version never changes",
        "/yeu-cau-du-lieu/lap": "asks for something new", "/du-lieu-ca-nhan/ghi": "enters something new",
        "/du-lieu-ca-nhan/yeu-cau/{number}/bao-nhan": "a request never changes; each step is taken once",
        "/du-lieu-ca-nhan/yeu-cau/{number}/gia-han": "a request never changes; it is extended once",
        "/du-lieu-ca-nhan/yeu-cau/{number}/tra-loi": "a request never changes; it ends once",
        "/du-lieu-ca-nhan/yeu-cau/{number}/khong-thuc-hien": "a request never changes; it ends once",
        "/yeu-cau-du-lieu/so/{number}/duyet": "a request never changes; each step is taken once",
        "/yeu-cau-du-lieu/so/{number}/khong-duyet": "a request never changes; each step is taken once",
        "/yeu-cau-du-lieu/so/{number}/dong-y": "a request never changes; each step is taken once",
        "/yeu-cau-du-lieu/so/{number}/tu-choi": "a request never changes; each step is taken once",
        "/yeu-cau-du-lieu/so/{number}/rut": "a request never changes; each step is taken once",
        "/yeu-cau-du-lieu/so/{number}/tra-loi": "a request never changes; each step is taken once",
        "/yeu-cau-du-lieu/so/{number}/huy": "a request never changes; its rows are destroyed once",
    ]

    @Test
    func `every form decides with a version, or stands in the table with its reason`() async throws {
        try await SiteHarness.run { harness in
            let forms = harness.system.site.declarations.filter { $0.method == .post }
            // One's own account is nobody else's to change meanwhile.
            let undecided = Set(forms.filter { !$0.decides && !$0.path.hasPrefix("/tai-khoan/") }.map(\.path))
            #expect(undecided.subtracting(Self.others.keys).sorted() == [], "neither decides nor stands in the table")
            #expect(Set(Self.others.keys).subtracting(undecided).sorted() == [], "stands in the table, but is none")
            #expect(forms.count > undecided.count + 20)
        }
    }

    @Test
    func `a decision that says no version is answered 409`() async throws {
        try await SiteHarness.run { harness in
            let fill = try await RouteAccessTests.prepare(harness)
            for declaration in harness.system.site.declarations where declaration.decides {
                let route = "POST \(declaration.path)"
                guard case .only(let roles) = RouteTable.rights[route],
                    let role = roles.sorted(by: {
                        $0.rawValue < $1.rawValue
                    }).first
                else {
                    Issue.record("\(route) is nobody's")
                    continue
                }
                let browser = try await harness.browser(as: role)
                let answer = try await browser.post(
                    RouteTable.address(route, for: role, fill: fill),
                    [("_csrf", try await browser.csrf(forVisitors: false))])
                #expect(answer.status == 409, "\(route): \(answer.status)")
            }
        }
    }

    @Test
    func `targets are not decided from a desk that changed meanwhile`() async throws {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let viewer = try await harness.viewer("analyst")
            let id = try await harness.allocations.beginScenario(
                .city, year: 2027, name: "Phương án A", by: .init(viewer: viewer))
            let form = try await analyst.get("/phan-bo/\(id)").form("quyet-dinh")
            try await harness.allocations.changeScenario(id, by: .init(viewer: viewer)) { content in
                content.notes["10507"] = "xem lại"
                return "ghi chú"
            }
            let typed = [
                "number": "5012/QĐ-UBND", "signedOn": "20/11/2026", "signer": "Lê Văn Ký", "signingForm": "deputy",
            ]
            let paper = Upload(name: "qd.pdf", type: "application/pdf", bytes: SampleFiles.pdf)
            let late = try await analyst.submit(form, typed, files: [paper])
            #expect(late.status == 409 && late.text.contains("vừa được sửa"))
            #expect(try await harness.count("SELECT COUNT(*) FROM commune_target") == 0)
            let present = try await analyst.get("/phan-bo/\(id)").form("quyet-dinh")
            #expect(try await analyst.submit(present, typed, files: [paper]).status == 303)
            #expect(try await harness.count("SELECT COUNT(*) FROM commune_target") == 114)
        }
    }

    @Test
    func `an account changed meanwhile is looked at again before its role is changed`() async throws {
        try await SiteHarness.run { harness in
            let administrator = try await harness.browser(as: .administrator)
            let account = try await harness.viewer("auditor").account
            let form = try await administrator.get("/quan-tri/tai-khoan/\(account)").form("pham-vi")
            let other = try await harness.browser(as: .administrator)
            let changed = try await other.submit(
                try await other.get("/quan-tri/tai-khoan/\(account)").form("pham-vi"),
                ["role": "administrator", "reason": "Thêm người"])
            #expect(changed.status == 303)
            let late = try await administrator.submit(form, ["role": "auditor", "reason": "Vẫn là kiểm toán"])
            #expect(late.status == 409)
            #expect(try await harness.viewer("auditor").role == .administrator)
        }
    }
}
