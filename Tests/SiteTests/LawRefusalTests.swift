import Access
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import LawPages

/// What the calculators' pages and the interface for programs say of what they cannot use.
@Suite
struct LawRefusalTests {
    static let bad: [(address: String, words: String)] = [
        ("/tra-cuu/tu-nguyen?ngaysinh=31/02/1985&muc=1500000", "không phải ngày sinh"),
        ("/tra-cuu/tu-nguyen?ngaysinh=1985&muc=100.000", "thấp hơn mức thấp nhất"),
        ("/tra-cuu/tu-nguyen?ngaysinh=1985&muc=nhieu", "không phải số tiền"),
        ("/tra-cuu/tu-nguyen?ngaysinh=1985&muc=1500000&thang=11/2010", "đã qua"),
        ("/tra-cuu/tu-nguyen?ngaysinh=2015&muc=1500000", "Chưa đủ 15 tuổi"),
        ("/tra-cuu/bat-buoc?luong=-5", "không phải số tiền"),
        ("/tra-cuu/bat-buoc?luong=5000000&nghi=40", "từ 0 đến 31"),
        ("/tra-cuu/bat-buoc?luong=8.5", "không phải số tiền"),
        ("/tra-cuu/bat-buoc?luong=8000000.50", "không phải số tiền"),
        ("/tra-cuu/bat-buoc?luong=8", "là 8 đồng: nhập đủ số"),
        ("/tra-cuu/bat-buoc?luong=0", "lớn hơn 0"), ("/tra-cuu/cham-dong?sotien=1000000", "Hãy nhập tháng phải đóng"),
        ("/tra-cuu/tuoi-nghi-huu?ngaysinh=2090", "Ngày sinh sau hôm nay"),
        ("/tra-cuu/cham-dong?loai=unregistered&sotien=1000000", "cần ngày người lao động thuộc diện"),
        ("/tra-cuu/tuoi-nghi-huu?ngaysinh=1930&gioitinh=nam", "quy định cũ"),
        ("/van-ban-tham-so?ngay=hom-qua", "không phải ngày"),
        ("/van-ban-tham-so?ngay=1900-01-01", "năm 1900"),
        // A choice that is not in the list is no other choice.
        ("/tra-cuu/bat-buoc?luong=8000000&nhom=cong-nhan", "không có trong danh sách"),
        ("/tra-cuu/tuoi-nghi-huu?ngaysinh=1980&gioitinh=khac", "không có trong danh sách"),
        ("/tra-cuu/muc-phat?hanhvi=x", "không có trong danh sách"),
        ("/tra-cuu/thoi-han?thoihan=%3Cb%3E", "không có trong danh sách"),
        // Days and months that nobody means.
        ("/tra-cuu/cham-dong?sotien=1000000&thang=12/1900", "năm 1900"),
        ("/tra-cuu/cham-dong?sotien=1000000&thang=8/2026&denngay=31/12/2150", "năm 2150"),
        ("/tra-cuu/bat-buoc?luong=8000000&thang=12/2101", "năm 2101"),
        ("/tra-cuu/thoi-han?ngay=31/02/2026", "không phải ngày"),
        // Numbers with a sign, a fraction or other digits.
        ("/tra-cuu/tu-nguyen?ngaysinh=1985&muc=1500000&dadong=%2B5", "từ 0 đến 600"),
        ("/tra-cuu/thai-san?con=1,5&thangdong=8", "từ 0 đến 20"),
        ("/tra-cuu/luong-huu?dadong=%EF%BC%91%EF%BC%98%EF%BC%90&binhquan=5000000", "từ 0 đến 1.000"),
        ("/tra-cuu/mot-lan?tu2014=-5&binhquan=5000000", "từ 0 đến 1.000"),
        ("/tra-cuu/bhyt-ho-gia-dinh?nguoi=99", "từ 1 đến 50"),
        ("/tra-cuu/hoan-tra?muc=5000000&thang=10/2026&nghitu=9/2026", "trước tháng bắt đầu"),
        ("/tra-cuu/hoan-tra?muc=5000000&thang=10/2026", "Hãy nhập tháng thôi tham gia"),
        // What is not asked of an occupation has to be readable all the same.
        ("/tra-cuu/ai-tham-gia?ngaysinh=1985&viec=official&luong=x", "không phải số tiền"),
        ("/tra-cuu/ai-tham-gia?ngaysinh=1985&viec=official&giaoket=31/02/2026", "không phải ngày"),
        (
            "/tra-cuu/nhieu-noi?luong1=8000000&ngay1=01/03/2023&luong2=6000000&ngay2=01/03/2027&thang=11/2026",
            "giao kết sau tháng 11/2026"
        ),
        ("/tra-cuu/luong-huu?dadong=304&binhquan=9999999999999", "quá lớn"),
        ("/tra-cuu/mot-lan?tu2014=0&binhquan=5000000", "Chưa đóng tháng nào"),
        ("/tra-cuu/cham-dong?sotien=1000000&thang=8/2026&denngay=31/12/2100", "năm 2100"),
        // What a case needs is asked for beside its field.
        ("/tra-cuu/bat-buoc?nhom=employee", "Hãy nhập tiền lương"),
        ("/tra-cuu/nhieu-noi?luong1=8000000&ngay1=01/03/2023&luong2=6000000", "ngày giao kết hợp đồng nơi thứ 2"),
        ("/tra-cuu/ai-tham-gia?ngaysinh=1985&viec=household-owner", "cần doanh thu kê khai"),
        ("/tra-cuu/ai-tham-gia?ngaysinh=1985&viec=contract&viechai=part-time&luong=3000000", "Có hai hợp đồng"),
        ("/tra-cuu/luong-huu?dadong=170&binhquan=5000000", "chưa đủ 15 năm"),
        ("/tra-cuu/muc-phat?hanhvi=late-unregistered&ngay=01/11/2026", "cần số người lao động"),
        ("/tra-cuu/khong-luong-huu?dadong=5", "Hãy nhập ngày sinh"),
        ("/tra-cuu/tuoi-nghi-huu?ngaysinh=1971&tunguyen=1/2008", "Cần cả tháng đầu tiên"),
        // The field is named, and what to type instead.
        ("/tra-cuu/mot-lan?tu2014=75&binhquan=abc", "Mức bình quân làm căn cứ đóng: “abc” không phải số tiền"),
        ("/tra-cuu/mot-lan?tu2014=75&binhquan=1000000000000000", "là quá lớn; nhập số tiền đến 1.000.000.000 đồng"),
        (
            "/tra-cuu/cham-dong?sotien=99999999999999999999&thang=8/2026",
            "Số tiền chậm đóng: “99999999999999999999” là quá lớn"
        ),
        (
            "/tra-cuu/luong-huu?dadong=304&binhquan=5000000&tudau=13/2026",
            "Tháng đầu tiên đóng BHXH: “13/2026” không phải tháng"
        ),
        ("/tra-cuu/hoan-tra?muc=5000000&thang=x&nghitu=9/2026", "Tháng bắt đầu đóng: “x”"),
        ("/tra-cuu/tuoi-nghi-huu?ngaysinh=1/1/1850", "ngày sinh từ năm 1900"),
        // Before the table begins another day helps: said beside the day.
        (
            "/tra-cuu/luong-huu?dadong=304&binhquan=5000000&ngay=15/03/1994",
            "href=\"#tinh-ngay\">Bảng tham số chỉ có “Số năm đóng ít nhất để hưởng lương hưu” từ ngày 01/07/2025"
        ),
        ("/tra-cuu/bat-buoc?luong=8000000&thang=3/1994", "href=\"#tinh-thang\">Bảng tham số chỉ có"),
        ("/tra-cuu/thoi-han?thoihan=book-issue&ngay=15/03/1994", "href=\"#tinh-ngay\">Bảng tham số chỉ có"),
        ("/tra-cuu/bat-buoc?luong=8000000&vung=I&thang=1/2027", "href=\"#tinh-thang\">Chưa có giá trị của"),
        // Days that contradict each other.
        ("/tra-cuu/cham-dong?sotien=1000000&thang=8/2026&danop=15/03/1990", "ở trước tháng phải đóng 08/2026"),
        (
            "/tra-cuu/muc-phat?hanhvi=late-unpaid&sotien=5000000&ngay=01/11/2026&bienban=15/03/1990",
            "trước ngày vi phạm"
        ),
        ("/tra-cuu/bat-buoc?luong=8000000&nghi=29&thang=2/2026", "số ngày của tháng 02/2026 từ 0 đến 28"),
        ("/tra-cuu/luong-huu?dadong=304&binhquan=5000000&sautuoi=305", "từ 0 đến 304"),
        (
            "/tra-cuu/ai-tham-gia?ngaysinh=1985&viec=foreigner&viechai=contract&hopdong=12",
            "Người nước ngoài chỉ tham gia theo hợp đồng"
        ),
    ]

    @Test(arguments: bad.indices)
    func `what cannot be used is said beside its field, never answered with a zero`(index: Int) async throws {
        let (address, words) = Self.bad[index]
        try await SiteHarness.run { harness in
            let page = try await harness.browser().get(address)
            #expect(page.status == 422)
            #expect(
                page.text.contains(words) || page.text.contains(words.prefix(1).uppercased() + words.dropFirst()),
                "\(page.text.suffix(3_000))")
            #expect(!page.text.contains("id=\"ket-qua\""))
        }
    }

    @Test
    func `each mistake is told once, and zero of what need not be given is nothing`() async throws {
        try await SiteHarness.run { harness in
            let browser = harness.browser()
            let empty = try await browser.get("/tra-cuu/mot-lan?tu2014=&binhquan=5000000")
            #expect(empty.status == 422 && !empty.text.contains("Chưa đóng tháng nào"))
            for address in [
                "mot-lan?tu2014=75&binhquan=5000000&hotro=0", "khong-luong-huu?ngaysinh=1948&danghuong=0",
                "luong-huu?dadong=304&binhquan=5000000&cancu=0",
                "ai-tham-gia?ngaysinh=1985&viec=household-owner&doanhthu=0",
            ] {
                let page = try await browser.get("/tra-cuu/\(address)")
                #expect(page.status == 200 && page.text.contains("id=\"ket-qua\""), "\(address)")
            }
            let none = try await browser.get("/tra-cuu/ai-tham-gia?ngaysinh=1985&viec=household-owner&doanhthu=0")
            #expect(none.text.contains("không quá 1.000.000.000 đồng"))
        }
    }

    /// Calculation, body, and what the answer names.
    static let odd: [(name: String, body: String, status: Int, words: String)] = [
        (
            "fine", #"{"act":"late","on":"2026-10-01"}"#, 400,
            "“act”: “late” không có trong late-unregistered | late-unpaid"
        ),
        ("fine", #"{"act":"late-unpaid","on":"2026-02-30"}"#, 400, "“on”: “2026-02-30” không phải ngày yyyy-MM-dd"),
        ("fine", #"{"act":"late-unpaid","on":"2026-10-01","amount":1.5}"#, 400, "“amount”: phải là số nguyên từ 0"),
        ("fine", #"{"act":"late-unpaid","on":"2026-10-01","amount":1e30}"#, 400, "“amount”: phải là số nguyên từ 0"),
        ("fine", #"{"act":"late-unpaid","on":"2026-10-01","amount":"5"}"#, 400, "không đúng kiểu; cần số nguyên"),
        ("fine", #"{"act":"late-unpaid","on":"2026-10-01","amount":0}"#, 422, "lớn hơn 0"),
        ("fine", #"{"act":"accident-fund","on":"2026-10-01","workers":1000001}"#, 422, "từ 1 đến 1.000.000"),
        (
            "fine", #"{"act":"owner-late-paying","on":"2026-10-01","offender":"organisation"}"#, 422,
            "“offender”: hành vi này chỉ của cá nhân"
        ),
        ("retirement-age", #"{"sex":"x","birth":"1980"}"#, 400, "“sex”: “x” không có trong male | female"),
        ("retirement-age", #"{"sex":"male","birth":"1850"}"#, 400, "từ năm 1900 đến 2100"),
        (
            "retirement-age", #"{"sex":"male","birth":"1966","voluntarySince":"2019-13"}"#, 400,
            "“voluntarySince”: “2019-13” không phải tháng yyyy-MM"
        ),
        (
            "who-must-join", #"{"birth":"1990","on":"2026-08-01","contracts":[1]}"#, 400,
            "“contracts[0]”: giá trị không đúng kiểu"
        ),
        (
            "who-must-join", #"{"birth":"1990","on":"2026-08-01","contracts":[{},{"moths":3}]}"#, 400,
            "“contracts[1].moths”: không có đầu vào này; có phải là “months”?"
        ),
        (
            "who-must-join", #"{"birth":"1990","on":"2026-08-01","contracts":[{"signedOn":"2026-13-01"}]}"#, 400,
            "“contracts[0].signedOn”: “2026-13-01” không phải ngày"
        ),
        (
            "who-must-join",
            #"{"birth":"1990","on":"2026-08-01","householdOwner":{"registered":true,"taxMethod":"none"}}"#, 400,
            "“householdOwner.taxMethod”: “none” không có trong declaration | other"
        ),
        (
            "who-must-join", #"{"birth":"1990","on":"2026-08-01","contract":[]}"#, 400,
            "“contract”: giá trị không đúng kiểu"
        ),
        ("pension", "[]", 400, "cần một đối tượng JSON"), ("pension", "{", 400, "“JSON”"),
        ("pension", "null", 400, "pension"),
    ]

    @Test(arguments: odd.indices)
    func `a program is told the field, what stands there and what may, in Vietnamese`(index: Int) async throws {
        let (name, body, status, words) = Self.odd[index]
        try await SiteHarness.run { harness in
            try await harness.client.execute(
                uri: "/api/v1/law/calculate/\(name)", method: .post, headers: [.contentType: "application/json"],
                body: ByteBuffer(string: body)
            ) { response in
                let text = String(buffer: response.body)
                #expect(response.status.code == status, "\(body)")
                #expect(text.contains(words), "\(text)")
                #expect(!text.contains("Cannot") && !text.contains("of the form"))
            }
        }
    }
}
