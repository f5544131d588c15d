/// The styles of a document: Decree 30/2020/NĐ-CP, annex I. An officer goes on editing with them in Word.
enum WordStyles {
    private struct Style {
        let id: String
        let name: String
        var base: String? = "Normal"
        var paragraph = ""
        var run = ""
    }

    private static func size(_ halfPoints: Int) -> String {
        "<w:sz w:val=\"\(halfPoints)\"/><w:szCs w:val=\"\(halfPoints)\"/>"
    }

    private static let bold = "<w:b/><w:bCs/>"
    private static let italic = "<w:i/><w:iCs/>"
    private static func justify(_ how: String) -> String { "<w:jc w:val=\"\(how)\"/>" }
    private static func spacing(before: Int = 0, after: Int = 0, line: Int = 240) -> String {
        "<w:spacing w:before=\"\(before)\" w:after=\"\(after)\" w:line=\"\(line)\" w:lineRule=\"auto\"/>"
    }
    private static let keep = "<w:keepNext/>"
    /// 1.27 cm
    private static let first = "<w:ind w:firstLine=\"720\"/>"

    private static let all: [Style] = [
        .init(id: "Khung", name: "Khung thể thức", paragraph: spacing() + justify("center"), run: size(26)),
        .init(id: "QuocHieu", name: "Quốc hiệu", paragraph: spacing() + justify("center"), run: bold + size(24)),
        .init(id: "TieuNgu", name: "Tiêu ngữ", paragraph: spacing() + justify("center"), run: bold + size(26)),
        .init(id: "CoQuanChuQuan", name: "Cơ quan chủ quản", paragraph: spacing() + justify("center"), run: size(24)),
        .init(id: "CoQuan", name: "Cơ quan ban hành", paragraph: spacing() + justify("center"), run: bold + size(24)),
        .init(id: "SoKyHieu", name: "Số, ký hiệu", paragraph: spacing(before: 60) + justify("center"), run: size(26)),
        .init(
            id: "DiaDanh", name: "Địa danh, thời gian", paragraph: spacing(before: 60) + justify("center"),
            run: italic + size(26)),
        .init(id: "VeViec", name: "Về việc", paragraph: spacing(before: 120) + justify("center"), run: size(24)),
        .init(
            id: "TenLoai", name: "Tên loại văn bản", paragraph: keep + spacing(before: 360) + justify("center"),
            run: bold + size(28)),
        .init(
            id: "TrichYeu", name: "Trích yếu", paragraph: keep + spacing() + justify("center"), run: bold + size(28)),
        .init(id: "Gach", name: "Đường kẻ", paragraph: spacing(before: 50, line: 120), run: size(8)),
        .init(
            id: "KinhGui", name: "Kính gửi", paragraph: spacing(before: 240, after: 120) + "<w:ind w:left=\"1440\"/>",
            run: size(28)),
        .init(
            id: "ThamQuyen", name: "Thẩm quyền ban hành",
            paragraph: keep + spacing(before: 240, after: 120) + justify("center"),
            run: bold + size(28)),
        .init(
            id: "CanCu", name: "Căn cứ ban hành", paragraph: spacing(before: 120, line: 264) + first + justify("both"),
            run: italic + size(28)),
        .init(
            id: "NoiDung", name: "Nội dung", paragraph: spacing(before: 120, line: 264) + first + justify("both"),
            run: size(28)),
        .init(
            id: "TenDieu", name: "Tên điều",
            paragraph: keep + spacing(before: 120, line: 264) + first + justify("both"),
            run: bold + size(28)),
        .init(
            id: "DeMuc", name: "Đề mục",
            paragraph: keep + spacing(before: 200, line: 264) + first + justify("both")
                + "<w:outlineLvl w:val=\"0\"/>", run: bold + size(28)),
        .init(
            id: "Chuong", name: "Chương", paragraph: keep + spacing(before: 200, line: 264) + justify("center"),
            run: bold + size(28)),
        .init(
            id: "TenChuong", name: "Tên chương",
            paragraph: keep + spacing(line: 264) + justify("center") + "<w:outlineLvl w:val=\"0\"/>",
            run: bold + size(28)),
        .init(id: "GhiChuGiua", name: "Ghi chú", paragraph: spacing() + justify("center"), run: italic + size(28)),
        .init(
            id: "TenBang", name: "Tên bảng, biểu đồ",
            paragraph: keep + spacing(before: 200, after: 80) + justify("center"),
            run: bold + size(26)),
        .init(
            id: "DauBang", name: "Đầu bảng", paragraph: spacing(before: 40, after: 40) + justify("center"),
            run: bold + size(24)),
        .init(id: "OBang", name: "Ô bảng", paragraph: spacing(before: 20, after: 20), run: size(24)),
        .init(id: "SauBang", name: "Sau bảng", paragraph: spacing(), run: size(16)),
        .init(id: "NoiNhanDau", name: "Nơi nhận (đầu)", paragraph: spacing(), run: bold + italic + size(24)),
        .init(id: "NoiNhan", name: "Nơi nhận", paragraph: spacing(), run: size(22)),
        .init(id: "ChuKy", name: "Chữ ký", paragraph: keep + spacing() + justify("center"), run: bold + size(28)),
        .init(
            id: "PhuLuc", name: "Phụ lục", paragraph: keep + spacing() + justify("center"), run: bold + size(28)),
        .init(
            id: "DongLon", name: "Dòng lớn", paragraph: spacing(before: 160, after: 80) + justify("center"),
            run: bold + size(56)),
        .init(id: "Header", name: "header", paragraph: spacing() + justify("center"), run: size(26)),
    ]

    static let xml: String = {
        let font =
            "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"Times New Roman\"/>"
        var text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr>\(font)<w:color w:val=\"000000\"/>\(size(28))<w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style><w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"108\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
        for style in all {
            let base = style.base.map { "<w:basedOn w:val=\"\($0)\"/>" } ?? ""
            text +=
                "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"\(style.id)\"><w:name w:val=\"\(style.name)\"/>\(base)<w:qFormat/><w:pPr>\(style.paragraph)</w:pPr><w:rPr>\(style.run)</w:rPr></w:style>"
        }
        return text + "</w:styles>"
    }()
}
