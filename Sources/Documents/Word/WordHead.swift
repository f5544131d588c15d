import Kernel

/// The frame of a document: what stands above and below its body.
struct WordHead {
    let document: OfficialDocument
    /// Width between the margins, in twips.
    let room: Int

    private typealias X = WordXML

    /// National name, agency, number, place and date; then the title, or the addressees of a letter.
    func top() -> String {
        let left = room * 42 / 100
        let right = room - left
        var agency = ""
        if !document.superior.isEmpty {
            agency += X.paragraph(Self.name(document.superior, room: left), style: "CoQuanChuQuan")
        }
        for line in document.agency { agency += X.paragraph(Self.name(line, room: left), style: "CoQuan") }
        let name = document.agency.last?.uppercased() ?? ""
        // Between a third and a half of the text's own length.
        agency += X.line(length: min(X.width(of: name, size: 24), left) * 2 / 5, room: left)
        let motto = "Độc lập - Tự do - Hạnh phúc"
        let nation =
            X.paragraph(X.run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), style: "QuocHieu")
            + X.paragraph(X.run(motto), style: "TieuNgu")
            + X.line(length: min(X.width(of: motto, size: 26), right), room: right)
        var number = X.paragraph(X.run(document.numberLine), style: "SoKyHieu")
        if document.type == .letter, !document.summary.isEmpty {
            number += X.paragraph(X.run("V/v \(Self.lowered(document.summary))"), style: "VeViec")
        }
        let date = X.paragraph(X.run(document.dateLine), style: "DiaDanh")
        // A text that goes with another paper has neither number nor place and date of its own.
        let rows = document.issuedWith == nil ? [[agency, nation], [number, date]] : [[agency, nation]]
        var text = X.frame(widths: [left, right], rows: rows)
        if let title = document.type.title {
            text += X.paragraph(X.run(title), style: "TenLoai")
            if !document.summary.isEmpty {
                text += X.paragraph(X.run(document.summary), style: "TrichYeu")
                if !document.attachedTo.isEmpty {
                    text += X.paragraph(X.run("(\(document.attachedTo))"), style: "GhiChuGiua")
                }
                text += X.line(length: min(X.width(of: document.summary, size: 28), room) * 2 / 5, room: room)
            }
        }
        text += addressees()
        if !document.authority.isEmpty {
            text += X.paragraph(X.run(document.authority.uppercased()), style: "ThamQuyen")
        }
        text += grounds()
        if !document.decides.isEmpty { text += X.paragraph(X.run(document.decides), style: "ThamQuyen") }
        return text
    }

    /// A body's name in capitals; where it takes two lines, the province's name stays whole on the second.
    private static func name(_ name: String, room: Int) -> String {
        let name = name.uppercased()
        guard X.width(of: name, size: 24) > room,
            let cut = [" THÀNH PHỐ ", " TỈNH "].compactMap({ name.ranges(of: $0).last?.lowerBound }).first
        else { return X.run(name) }
        return X.run("\(name[..<cut]) ") + "<w:r><w:br/></w:r>" + X.run(String(name[name.index(after: cut)...]))
    }

    private func addressees() -> String {
        guard !document.addressees.isEmpty else {
            return document.type.title == nil ? X.paragraph("", style: "Gach") : ""
        }
        if document.addressees.count == 1 {
            return X.paragraph(X.run("Kính gửi: \(document.addressees[0])"), style: "KinhGui")
        }
        return X.paragraph(X.run("Kính gửi:"), style: "KinhGui", "<w:spacing w:after=\"0\"/>")
            + document.addressees.enumerated().map { index, one in
                let end = index == document.addressees.count - 1 ? "." : ";"
                return X.paragraph(
                    X.run("- \(Self.bare(one))\(end)"), style: "KinhGui",
                    "<w:spacing w:before=\"0\" w:after=\"0\"/><w:ind w:left=\"2160\"/>")
            }.joined()
    }

    /// Each ground ends with a semicolon, the last with a full stop; the proposal of an agency stands among them.
    private func grounds() -> String {
        document.grounds.enumerated().map { index, ground in
            let end = index == document.grounds.count - 1 ? "." : ";"
            return X.paragraph(X.run(Self.bare(ground) + end), style: "CanCu")
        }.joined()
    }

    /// Recipients on the left, the signature on the right: they stay together on a page.
    func bottom() -> String {
        guard !document.signature.isEmpty || !document.recipients.isEmpty else { return "" }
        let left = room * 45 / 100
        var recipients = ""
        if !document.recipients.isEmpty || !document.archive.isEmpty {
            recipients += X.paragraph(X.run("Nơi nhận:"), style: "NoiNhanDau")
            for one in document.recipients {
                recipients += X.paragraph(X.run("- \(Self.bare(one));"), style: "NoiNhan")
            }
            recipients += X.paragraph(
                X.run("- \(Self.bare(document.archive.isEmpty ? "Lưu: VT" : document.archive))."), style: "NoiNhan")
        }
        var signature = document.signature.map { X.paragraph(X.run($0.uppercased()), style: "ChuKy") }.joined()
        // Room for the hand and the seal; minutes are signed above, side by side.
        if !document.signature.isEmpty || !document.signer.isEmpty {
            signature += X.paragraph("", style: "ChuKy", "<w:spacing w:before=\"1300\"/>")
            signature += X.paragraph(X.run(document.signer), style: "ChuKy")
        }
        return X.paragraph("", style: "SauBang", X.keepNext)
            + X.frame(widths: [left, room - left], rows: [[recipients, signature]])
    }

    static func bare(_ text: String) -> String {
        var text = VietnameseText.tidy(text)
        while let last = text.last, last == ";" || last == "." { text.removeLast() }
        return text
    }

    private static func lowered(_ text: String) -> String {
        let text = text.hasPrefix("Về việc ") ? String(text.dropFirst("Về việc ".count)) : text
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
