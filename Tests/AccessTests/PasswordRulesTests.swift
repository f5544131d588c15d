import Testing

@testable import Access

@Suite
struct PasswordRulesTests {
    static func problem(_ password: String) throws -> String? {
        try PasswordRules(shortest: 12).problem(password, own: ["lan.nguyen", "Nguyễn Thị Ngọc Lan"])
    }

    @Test(arguments: [
        "con mèo ngồi trên mái", "một câu dài dễ nhớ 26", "tre xanh mọc ven sông", "a long enough one",
        "correct horse battery staple", "kV9#mQ2!xLr8", "7fa3-99zq-k2pd", "năm con vịt què",
        "Ba chén trà nguội lúc 5 giờ",
        "mật ong rừng chảy chậm",
    ])
    func `a sentence of one's own or a random text is taken`(password: String) throws {
        #expect(try Self.problem(password) == nil)
    }

    @Test
    func `eleven characters are too few, and marks make no more of them`() throws {
        #expect(try Self.problem("ba chén trà")?.contains("ít nhất 12 ký tự") == true)
        #expect(try Self.problem("kV9#mQ2!xLr")?.contains("ít nhất 12 ký tự") == true)
        #expect(try Self.problem(String(repeating: "dài quá ", count: 200))?.contains("quá dài") == true)
        let longest = "ba chén trà nguội " + (0..<110).map { String($0 % 7) }.joined()
        #expect(longest.count == 128)
        #expect(try Self.problem(longest) == nil)
        #expect(try Self.problem(longest + "a")?.contains("tối đa 128 ký tự") == true)
    }

    @Test(arguments: [
        "091234567890", "0912.345.678.9", "031188001234", "01/01/1990 02/02", "12081990abc12", "1990199019 90",
    ])
    func `digits of a telephone, a birthday or an identity card are refused`(password: String) throws {
        #expect(try Self.problem(password)?.contains("chữ số") == true)
    }

    @Test(arguments: [
        "aaaaaaaaaaaa", "abababababab", "abcdefghijkl", "qwertyuiop12", "1qaz2wsx3edc", "zxcvbnm,,,,,,",
        "asdfghjkl1234",
    ])
    func `runs of keys and repeated ones are refused`(password: String) throws {
        #expect(try Self.problem(password)?.contains("dãy phím") == true)
    }

    @Test(arguments: [
        // Of the ten thousand commonest, as they are and made longer.
        "password1234", "Password2026!", "P@ssw0rd2026", "p@$$w0rd!!!!", "1q2w3e4r5t6y", "iloveyou2026", "pass1234word",
        "dragon-dragon", "sunshine2026!!", "charlie.football",
        // Vietnamese ones.
        "matkhau12345", "Mật khẩu 2026", "mật khẩu của tôi", "anhyeuem2026", "Anh Yêu Em 99!", "haiphong2026",
        "Hải Phòng 2026",
        "baohiemxahoi", "Bảo hiểm xã hội 1", "quantrihethong", "BHXHhaiphong1", "nguyenvana123", "123456matkhau",
        "hoaphuongdo2026",
        // Its holder's own.
        "nguyenthingoclan", "NgocLan12081990", "lan.nguyen2026", "Lan Nguyễn Lan", "ngoclan@haiphong",
    ])
    func `what is guessed first is refused however it is made longer`(password: String) throws {
        #expect(try Self.problem(password)?.contains("dễ đoán") == true, "\(password)")
    }

    /// An officer of Xã An Lão, Thuế cơ sở 5, in a city called Hải Phòng.
    private static let around = [
        "xa.an.lao", "Phạm Thị Hoà", "Thành phố Hải Phòng", "Thuế cơ sở 5", "thue-tp", "Xã An Lão", "An Lão",
        "Huyện An Lão", "hoa.pham@haiphong.gov.vn",
    ]

    @Test(arguments: [
        "Xã An Lão 2026", "xaanlao@2026", "An Lão 2026!!", "bhxh.anlao.2026", "AnLao_BHXH_27", "UBND xã An Lão",
        "thuecoso5@2026", "Thuế cơ sở 5", "Thuế An Lão năm 2026", "hoapham.anlao", "2026bhxhanlao", "An La0 An La0",
        "hoa.pham@haiphong.gov.vn", "xa.an.lao.2027", "AN LÃO – HẢI PHÒNG", "matkhau-anlao-1",
    ])
    func `the names of office, unit and commune, with and without signs, with years, are guessed too`(
        password: String
    ) throws {
        let rules = try PasswordRules(shortest: 12)
        #expect(rules.problem(password, own: Self.around)?.contains("dễ đoán") == true, "\(password)")
    }

    @Test(arguments: ["thuongtruc2026!!", "Thuongtruc@2026", "thuongtruc2-2027", "thuongtruc 12345"])
    func `what a login with a number has in common with its neighbours is guessed too`(password: String) throws {
        let rules = try PasswordRules(shortest: 12)
        #expect(rules.problem(password, own: ["thuongtruc2"])?.contains("dễ đoán") == true, "\(password)")
    }

    @Test(arguments: [
        "ruộng lúa An Lão xanh rì", "Phường mình có cây gạo già", "năm nay xã thu được bao nhiêu nải chuối",
    ])
    func `a sentence in which such a name stands is taken`(password: String) throws {
        #expect(try PasswordRules(shortest: 12).problem(password, own: Self.around) == nil)
    }

    @Test(arguments: [("abcabc", "abc"), ("aaaa", "a"), ("abcab", "abcab"), ("", ""), ("x", "x"), ("haha", "ha")])
    func `a repeated word is one word`(text: String, word: String) {
        #expect(PasswordRules.unrepeated(text) == word)
    }
}
