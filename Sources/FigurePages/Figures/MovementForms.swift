import Components
import Figures
import Kernel
import PlanText
import Province
import WebDesk

// What movements are sent by: a file, or the labour force of one place.
extension FigurePages {
    func movementForm(_ request: MemberRequest, _ failure: FormModel.Failure?) -> FormModel {
        let places =
            [Field.Option(MovementPlace.province.key, movements.name(of: .province))]
            + movements.offices.map { Field.Option(MovementPlace.unit($0.code).key, $0.name) }
        return form(
            "nap-bien-dong", Addresses.receiveMovements(), "Xem trước",
            fields: [
                Field(
                    FigureField.file, "Tệp biểu", kind: .file(.table),
                    hint:
                        "B06-TS, B15-UQ, B16a-TS, B16b-TS, C21b-TS, hoặc bảng theo đơn vị có cột tăng mới, trở lại, dừng, lực lượng lao động, người chưa tham gia"
                ),
                Field(
                    FigureField.place, "Biểu của", kind: .select(places),
                    hint: "Với biểu không ghi từng đơn vị ở mỗi dòng (B06, B15, B16a)"),
                Field(
                    FigureField.month, "Kỳ báo cáo", hint: "Để trống nếu trong tệp đã ghi; ví dụ 09/2026",
                    required: false),
                Field(
                    FigureField.source, "Nguồn số liệu",
                    hint: "Cơ quan, văn bản; để trống thì lấy dòng tiêu đề đầu tệp",
                    required: false),
            ], for: request, failure: failure)
    }

    func labourForm(_ request: MemberRequest, _ failure: FormModel.Failure?) -> FormModel {
        let places =
            [Field.Option(MovementPlace.province.key, movements.name(of: .province))]
            + definition.communes.communes.map { Field.Option(MovementPlace.commune($0.code).key, $0.name) }
        var fields = [
            Field(FigureField.place, "Đơn vị", kind: .select(places)),
            Field(FigureField.month, "Tính đến cuối tháng", hint: "Ví dụ 06/2026"),
            Field(FigureField.labourForce, "Lực lượng lao động trong độ tuổi (người)", hint: "Mẫu số của độ bao phủ"),
            Field(
                FigureField.uninsured, "Người chưa tham gia BHXH (người)", hint: "Theo rà soát; chưa có thì để trống",
                required: false),
            Field(FigureField.source, "Nguồn số liệu", hint: "Cơ quan, văn bản"),
        ]
        // The form of files on the same page has fields of the same names.
        for index in fields.indices { fields[index].id = "lao-dong-\(fields[index].name)" }
        return form(
            "nhap-lao-dong", Addresses.typeLabourForce(), "Xem trước", fields: fields, for: request, failure: failure)
    }
}
