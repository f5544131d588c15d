import Formats
import Kernel
import Testing

@Suite
struct ReadingTests {
    private static let list = """
        BẢO HIỂM XÃ HỘI THÀNH PHỐ HẢI PHÒNG;;;;;;;;;
        DANH SÁCH NGƯỜI THAM GIA BHXH, BHYT, BHTN;;;;;;;;;
        Tháng 09 năm 2026;;;;;;;;;
        Mã đơn vị: TZH490L;;;;;;;;;
        STT;Họ và tên;Mã số BHXH;Ngày tháng năm sinh;Số CCCD;Địa chỉ;Xã;Tiền lương đóng;;Ghi chú
        ;;;;;;;BHXH;BHYT;
        A;B;1;2;3;4;5;6;7;8
        1;Nguyễn Văn An;3123456789;21/01/1984;31084000001;Tổ 5;11413;5.310.000;5310000;
        2;Trần Thị Bình;031190000002;1990;031190000002;;;6000000 đ;;x
        3;Lê  Văn Chi;;15/13/1990;;;;6000000;;
        4;Phạm Dung;;02/15/1990;031190000003;;;6000000;;
        5;;;;;;;;;
        6;Tống Công Minh;;1991;;;;;;
        Tổng cộng;;;;;;;23310000;;
        ;;;;;;Hải Phòng, ngày 05 tháng 10 năm 2026;;;
        ;Người lập biểu;;;;;;Giám đốc;;
        """

    @Test
    func `a list as it is sent is read under its titles, headings, numbers and totals`() throws {
        let read = try TestFormats.read(Self.list, by: TestFormats.format("d09-ts"))
        #expect(read.taken.map(\.row) == [8, 9, 11, 13])
        #expect(
            read.taken.first?.values.json
                == #"{"address":"Tổ 5","base":5310000,"baseHealth":5310000,"birth":"1984-01-21","commune":"11413","month":"2026-09","name":"Nguyễn Văn An","number":1,"personalID":"031084000001","siCode":"3123456789","unitCode":"TZH490L"}"#
        )
        #expect(
            read.summary.passedOver == [.title: 4, .heading: 2, .columnNumbers: 1, .total: 1, .foot: 2])
        #expect(read.summary.balances)
    }

    @Test
    func `what is repaired keeps what stood there`() throws {
        let read = try TestFormats.read(Self.list, by: TestFormats.format("d09-ts"))
        let repairs = read.taken.flatMap(\.repairs)
        #expect(repairs.map(\.kind) == [.leadingZero, .signs, .swappedDay])
        #expect(repairs.map(\.original) == ["31084000001", "6000000 đ", "02/15/1990"])
        #expect(repairs.map(\.column) == ["E", "H", "D"])
    }

    @Test
    func `a row that cannot be taken says where, what and what to do`() throws {
        let read = try TestFormats.read(Self.list, by: TestFormats.format("d09-ts"))
        #expect(
            read.returned.map(\.sentence) == [
                "Dòng 10, cột D (Ngày tháng năm sinh): “15/13/1990” không có trong lịch; sửa lại ngày.",
                "Dòng 12, cột D (Ngày tháng năm sinh): chưa điền “Ngày tháng năm sinh”; điền ô này.",
            ])
    }
}
