import Kernel

/// Form B06-TS of a month for the demonstration: all its 85 lines in their order, those filled that the system takes.
enum SampleCollection {
    /// Lines of the form (Decision 366/QĐ-BHXH of 2026-04-29): `n` people, `t` millions of đồng, `-` a heading; the first has
    /// code 01.
    private static let form = """
        t I. SỐ TIỀN THỪA CHƯA PHÂN BỔ KỲ TRƯỚC CHUYỂN SANG
        t II.- TỔNG SỐ TIỀN THU BHXH, BHTN, BHYT, BHTNLĐ, BNN
        t III. PHÂN BỔ TIỀN THU BHXH, BHTN, BHYT, BHTNLĐ, BNN
        - 1. BHXH bắt buộc
        n 1.1. Số người
        n Trong đó: số người nghỉ thai sản
        t 1.2. Số tiền
        - 2. BHXH tự nguyện
        n 2.1. Số người
        - Trong đó:
        n a) Phân theo NSNN hỗ trợ
        n - Thuộc hộ nghèo, người đang sinh sống tại xã đảo, đặc khu
        n - Thuộc hộ cận nghèo
        n - Người dân tộc thiểu số
        n - Khác
        n b) Phân theo phương thức đóng
        n - Số người trong phương thức đóng đã đóng
        n - Số người trong phương thức đóng nhưng chưa đóng
        n - Số người đóng 1 lần cho nhiều năm về sau
        t 2.2. Số tiền
        - 3. BHXH thất nghiệp
        n 3.1. Số người
        n Trong đó: số người nghỉ thai sản
        t 3.2. Số tiền
        - 4. BHYT
        n 4.1. Số người
        - Trong đó:
        n a) Số người đang tham gia
        n b) Số người nghỉ ốm đau, thai sản
        n c) Số đối tượng trẻ em sinh trước 30/9
        n d) Số người truy thu thẻ BHYT
        n đ) Thân nhân quân đội
        n e) Lực lượng vũ trang, cơ yếu
        t 4.2. Số tiền
        - 5. BHTNLĐ, BNN
        n 5.1. Số người
        - Trong đó:
        n a) Số người cùng tham gia
        n b) Số người chỉ tham gia BHTNLĐ, BNN
        n c) Số người nghỉ thai sản
        t 5.2. Số tiền
        - 6. BHTNLĐ tự nguyện
        n 6.1. Số người
        - Trong đó:
        n a) Phân theo NSNN hỗ trợ
        n - Thuộc hộ nghèo
        n - Thuộc hộ cận nghèo
        n - Khác
        - b) Phân theo phương thức đóng
        n - Số người trong phương thức đóng đã đóng
        n - Số người trong phương thức đóng nhưng chưa đóng
        t 6.2. Số tiền
        t 7. Thu xử lý chậm đóng, trốn đóng
        - IV. SỐ TIỀN THỪA CHƯA PHÂN BỔ CHUYỂN KỲ SAU
        t V. TỔNG SỐ TIỀN CÒN PHẢI ĐÓNG BHXH, BHYT, BHTN
        t TRONG ĐÓ SỐ TIỀN CHẬM ĐÓNG, TRỐN ĐÓNG:
        t 1. BHXH
        t 1.1 Chưa đến hạn xử lý
        t 1.2 Chậm đóng
        t 1.3 Trốn đóng
        t Trong đó: Đơn vị không còn khả năng đóng
        t 1.4. NSNN hỗ trợ BHXH tự nguyện chưa đóng
        t 2. BHTN
        t 2.1 Chưa đến hạn xử lý
        t 2.2 Chậm đóng
        t 2.3 Trốn đóng
        t Trong đó: Đơn vị không còn khả năng đóng
        t 2.4 NSNN chưa đóng
        t 3. BHYT
        t 3.1 Chưa đến hạn xử lý
        t 3.2 Chậm đóng
        t 3.3 Trốn đóng
        t Trong đó: Đơn vị không còn khả năng đóng
        t 3.4. NSNN chưa đóng (nhóm 3, 4, 5)
        t 4. BHTNLĐ, BNN
        t 4.1 Chưa đến hạn xử lý
        t 4.2 Chậm đóng
        t 4.3 Trốn đóng
        t Trong đó: Đơn vị không còn khả năng đóng
        t 4.4. NSNN hỗ trợ BHTNLĐ tự nguyện chưa đóng
        - VI. MỘT SỐ CHỈ TIÊU KHÁC
        n 1. Số người tham gia BHXH bắt buộc dừng đóng trong năm chưa tham gia lại
        n 2. Số người tham gia BHXH tự nguyện dừng đóng trong năm chưa tham gia lại
        n 3. Số người tham gia BHYT dừng đóng trong năm chưa tham gia lại
        n 4. Số người tham gia BHTN dừng đóng trong năm chưa tham gia lại
        """

    /// What a month came to.
    struct Figures {
        let compulsory: Int
        let voluntary: Int
        /// Late or evaded, in millions of đồng.
        let late: Int
        /// Stopped since January and not back by the end of the month.
        let compulsoryStopped: Int
        let voluntaryStopped: Int
    }

    static func lines(_ figures: Figures, _ month: Month) -> [[String]] {
        let due = figures.voluntary * 3 / 20
        let ahead = figures.voluntary / 14
        let values: [Int: Int] = [
            5: figures.compulsory, 9: figures.voluntary, 17: figures.voluntary - due - ahead, 18: due, 19: ahead,
            56: figures.late, 82: figures.compulsoryStopped, 83: figures.voluntaryStopped,
        ]
        let units = ["n": "người", "t": "triệu đồng"]
        var lines = [
            ["Biểu B06-TS: tình hình thu BHXH, BHTN, BHYT (minh họa)"], ["Tháng \(month.vietnamese)"],
            ["Nội dung", "Mã số", "Đơn vị tính", "Trong tháng"],
        ]
        for (index, line) in form.split(separator: "\n").enumerated() {
            let code = index + 1
            lines.append([
                String(line.dropFirst(2)), code < 10 ? "0\(code)" : "\(code)", units[String(line.prefix(1))] ?? "",
                values[code].map { "\($0)" } ?? "",
            ])
        }
        return lines
    }
}
