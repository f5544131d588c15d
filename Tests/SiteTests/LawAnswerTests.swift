import Testing

/// What the calculators' pages answer.
@Suite
struct LawAnswerTests {
    /// Worked by hand, or cases of the check: what a page answers, by address.
    static let answers: [(address: String, words: [String])] = [
        (
            "ai-tham-gia?ngaysinh=1988&viec=official&viechai=contract",
            ["Thuộc diện BHXH bắt buộc", "điểm b khoản 1", "khoản 5 điểm b Điều 2"]
        ),
        (
            "ai-tham-gia?ngaysinh=1992&viec=contract&hoan=khongdong",
            ["Được tham gia BHXH tự nguyện", "khoản 4", "đang tạm hoãn"]
        ),
        ("ai-tham-gia?ngaysinh=1985&viec=foreigner&hopdong=12&noibo=co", ["Không thuộc diện tham gia BHXH"]),
        // 32 % of 8,000,000 and 0.5 % of 6,000,000.
        (
            "nhieu-noi?luong1=8.000.000&ngay1=01/03/2023&luong2=6.000.000&ngay2=01/03/2025&thang=11/2026",
            ["nơi thứ 1", "2.590.000 đồng", "30.000 đồng"]
        ),
        // Nine months of 22 % of 5,000,000 less nine times 66,000.
        (
            "hoan-tra?muc=5.000.000&thang=1/2026&nghitu=4/2026&cachdong=12-months",
            ["Được hoàn trả 9.306.000 đồng", "594.000 đồng"]
        ),
        // 4.5 % of 2,530,000 for a year, times 1 + 0.7 + 0.6 + 0.5.
        ("bhyt-ho-gia-dinh?nguoi=4&kydong=12&thang=11/2026", ["Cả hộ đóng 3.825.360 đồng"]),
        (
            "bat-buoc?luong=1.900.000&nhom=household-owner&thang=11/2026",
            ["thấp hơn mức thấp nhất làm căn cứ đóng: tính theo 2.530.000 đồng"]
        ),
        // 2.5 times 2,530,000; 22 % and 0.5 % of it.
        ("bat-buoc?nhom=conscript&namphucvu=3&thang=11/2026", ["1.423.125 đồng", "6.325.000 đồng"]),
        // Social insurance with the accident fund, 25.5 %, as agreed.
        (
            "bat-buoc?luong=8.000.000&vung=I&nghi=22&thoathuan=co&cancu=8.000.000&thang=11/2026",
            ["Tổng cộng mỗi tháng 2.040.000 đồng"]
        ),
        // 45 % and 10.5 times 2 %; 38 years of a man: half an average for each of three.
        ("luong-huu?dadong=304&binhquan=7.000.000&gioitinh=nu", ["4.620.000 đồng", "66 %", "25,5"]),
        ("luong-huu?dadong=456&binhquan=9.000.000&gioitinh=nam", ["6.750.000 đồng", "13.500.000 đồng"]),
        // 22 % of 6,000,000 for four months.
        (
            "luong-huu?dadong=176&binhquan=5.000.000&gioitinh=nu&cancu=6.000.000",
            ["Còn thiếu 4 tháng: đóng một lần 5.280.000 đồng"]
        ),
        (
            "khong-luong-huu?ngaysinh=1948&danghuong=300.000&ngay=29/11/2026",
            ["mỗi tháng 400.000 đồng", "200.000 đồng"]
        ),
        (
            "khong-luong-huu?ngaysinh=1965&gioitinh=nam&dadong=96&ngay=29/11/2026",
            ["Chưa có trợ cấp hưu trí xã hội", "chưa tính được mức hưởng", "chờ:"]
        ),
        ("mot-lan?tu2014=75&binhquan=5.000.000&lydo=abroad", ["khoảng 65.000.000 đồng"]),
        (
            "mot-lan?tu2014=8&binhquan=5.000.000&lydo=out&tudau=1/2026&nghi=12",
            ["Chưa đủ điều kiện rút một lần"]
        ),
        ("thai-san?con=0&thangdong=10&thai=1&tuan=24", ["Trợ cấp thai sản 2.000.000 đồng"]),
        ("thai-san?con=1&thangdong=6&batbuoc=co", ["Chưa được trợ cấp", "chỉ hưởng chế độ đó"]),
        // An act of a person is fined as a person's, whatever the list begins with.
        (
            "muc-phat?hanhvi=worker-agreeing-not-to-join&ngay=01/11/2026&doituong=organisation",
            ["Phạt từ 500.000 đến 1.000.000 đồng", "chỉ của cá nhân"]
        ),
        // A month that is not due says so, and why.
        (
            "bat-buoc?luong=8.000.000&vung=I&nghi=15&thang=11/2026",
            ["Tháng này không phải đóng", "Không hưởng lương 15 ngày làm việc: từ 14 ngày trở lên"]
        ),
        // Reminded and paid on the tenth day: no day on which it becomes evasion.
        (
            "cham-dong?sotien=100.000.000&thang=6/2026&dondoc=05/08/2026&danop=10/08/2026&denngay=29/11/2026",
            ["Chậm 10 ngày", "chưa có ngày thành trốn đóng"]
        ),
        // Decree 12/2022 doubled for an organisation; Decree 283/2026 for what went on past 10 September.
        (
            "muc-phat?hanhvi=evasion-unpaid&ngay=01/06/2026&doituong=organisation&sotien=60.000.000&thang=7&daphat=co",
            ["Phạt từ 100.000.000 đến 150.000.000 đồng", "NĐ 12/2022", "Điều 216"]
        ),
        (
            "muc-phat?hanhvi=evasion-unpaid&ngay=01/06/2026&den=30/09/2026&doituong=organisation&sotien=60.000.000",
            ["Phạt từ 21.600.000 đến 24.000.000 đồng", "NĐ 283/2026"]
        ),
        (
            "thoi-han?thoihan=other-reminder&ngay=20/11/2026",
            ["Đến hết thứ Hai 30/11/2026", "Ngày Văn hóa Việt Nam", "274/2025"]
        ),
        ("thoi-han?thoihan=payment-monthly&ngay=10/04/2026", ["31/05/2026", "nếu được dời"]),
        // The conduct changes on day 61, its days count from the day after the deadline.
        (
            "cham-dong?sotien=12.000.000&loai=unregistered&tungay=01/07/2026&denngay=29/11/2026",
            ["30/09/2026", "01/08/2026", "Chậm 121 ngày"]
        ),
        (
            "cham-dong?sotien=12.000.000&thang=4/2026&denngay=29/11/2026",
            ["Nếu được dời, hạn là 01/06/2026"]
        ),
        (
            "tuoi-nghi-huu?ngaysinh=20/08/1971&gioitinh=nu&tunguyen=1/2008&thangtunguyen=240",
            ["đủ 55 tuổi vào ngày 20/08/2026", "09/2026"]
        ),
    ]

    @Test
    func `what changed before today, or to the same value, is no news`() async throws {
        try await SiteHarness.run { harness in
            let page = try await harness.browser().get(
                "/tra-cuu/muc-phat?hanhvi=evasion-unpaid&ngay=01/06/2026&doituong=organisation&sotien=60.000.000")
            #expect(page.status == 200 && !page.text.contains("2 lần thành 2 lần"))
            #expect(page.text.contains("Minh họa; người có thẩm quyền quyết định"))
            let bill = try await harness.browser().get("/tra-cuu/bat-buoc?luong=8.000.000&vung=I&thang=11/2026")
            #expect(bill.text.contains("Kết quả sẽ thay đổi khi"))
        }
    }

    @Test(arguments: answers.indices)
    func `a page answers as the calculation does, with whose case it is`(index: Int) async throws {
        let (address, words) = Self.answers[index]
        try await SiteHarness.run { harness in
            let page = try await harness.browser().get("/tra-cuu/\(address)")
            #expect(page.status == 200)
            for words in words + ["Tính cho: ", "Cách tính từng bước"] {
                #expect(page.text.contains(words), "\(words)")
            }
        }
    }
}
