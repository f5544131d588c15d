/// What keeps each form from losing something by one press.
enum DeedTable {
    enum Care: Equatable {
        /// Its form says what is lost, and is sent by a second press.
        case asks
        /// Its form asks by itself: a reason or a code to type, a page that shows the effect before.
        case shows(String)
        /// Another deed takes it back.
        case undone(String)
        /// What was there stays as it was.
        case adds
    }

    private static let work = "/viec/{task}/{period}/{lead}"
    private static let board = "/bang-tong-hop/{id}"
    private static let thread = "/y-kien/{subject}"

    static let cares: [String: Care] = entrance.merging(works) { $1 }.merging(figures) { $1 }.merging(deliveries) { $1 }
        .merging(papers) { $1 }
        .merging(keeping) { $1 }.merging(exchange) { $1 }

    private static let exchange: [String: Care] = [
        "/thoa-thuan/lap": .undone("/thoa-thuan/so/{number}/rut"),
        "/thoa-thuan/so/{number}/ban-moi": .undone("/thoa-thuan/so/{number}/rut"),
        "/thoa-thuan/so/{number}/dong-y": .adds, "/thoa-thuan/so/{number}/khong-dong-y": .shows("a reason"),
        "/thoa-thuan/so/{number}/rut": .asks, "/thoa-thuan/so/{number}/ky": .shows("number and day"),
        "/thoa-thuan/so/{number}/cham-dut": .shows("a reason"),
        "/yeu-cau-du-lieu/lap": .undone("/yeu-cau-du-lieu/so/{number}/rut"),
        "/yeu-cau-du-lieu/so/{number}/duyet": .undone("/yeu-cau-du-lieu/so/{number}/rut"),
        "/yeu-cau-du-lieu/so/{number}/khong-duyet": .shows("a reason"),
        "/yeu-cau-du-lieu/so/{number}/dong-y": .adds, "/yeu-cau-du-lieu/so/{number}/tu-choi": .shows("a reason"),
        "/yeu-cau-du-lieu/so/{number}/rut": .asks, "/yeu-cau-du-lieu/so/{number}/tra-loi": .adds,
        "/yeu-cau-du-lieu/so/{number}/huy": .asks, "/du-lieu-ca-nhan/ghi": .adds,
        "/du-lieu-ca-nhan/yeu-cau/{number}/bao-nhan": .adds,
        "/du-lieu-ca-nhan/yeu-cau/{number}/gia-han": .shows("a reason"),
        "/du-lieu-ca-nhan/yeu-cau/{number}/tra-loi": .shows("what was done"),
        "/du-lieu-ca-nhan/yeu-cau/{number}/khong-thuc-hien": .shows("a reason"),
    ]

    private static let entrance: [String: Care] = [
        "/dang-nhap": .adds, "/dang-nhap/ma": .adds, "/loi-moi/{token}": .adds, "/dang-xuat": .undone("signing in"),
        "/tai-khoan/mat-khau": .shows("the old password"), "/tai-khoan/thu": .undone("another address"),
        "/tai-khoan/phien": .asks, "/tai-khoan/lich": .asks, "/tai-khoan/xac-thuc/bat": .adds,
        "/tai-khoan/xac-thuc/doi": .shows("a code of the old phone"),
        "/tai-khoan/xac-thuc/tat": .shows("a code"), "/tai-khoan/xac-thuc/ma-du-phong": .shows("a code"),
        "/tai-khoan/cot/{list}": .undone("another choice"), "/thong-bao/{id}/da-doc": .adds,
        "/thong-bao/da-doc-het": .adds, "/thong-bao/thu": .undone("another choice"),
        "/tro-giup/gioi-thieu": .undone("called back from the help"),
    ]

    private static let works: [String: Care] = [
        "/duyet/quyet-dinh": .undone("/duyet/hoan-tac"), "/duyet/hoan-tac": .undone("deciding again"),
        "/nhac-don-vi-cham/gui": .adds,
        "\(work)/ghi-chu": .adds, "\(work)/san-pham": .adds, "\(work)/bo-san-pham": .asks,
        "\(work)/lay-so-lieu": .adds, "\(work)/nop": .undone("\(work)/rut"), "\(work)/rut": .undone("\(work)/nop"),
        "\(work)/gia-han": .adds, "\(work)/thoi-han": .undone("another day"), "\(work)/buoc": .adds,
        "\(work)/xong-buoc": .adds, "\(work)/chap-nhan": .undone("/duyet/hoan-tac"),
        "\(work)/tra-lai": .undone("/duyet/hoan-tac"), "\(work)/quyet-dinh-gia-han": .shows("a choice, a reason"),
        "/nhiem-vu/{task}/dot-xuat": .adds, "/nhiem-vu/{task}/quy-tac": .adds,
        "/nhiem-vu/{task}/quy-tac/ap-dung": .shows("a page with what changes"),
        "/ke-hoach/bo-sung": .undone("another value; the old ones are kept"), "/ke-hoach/ngay-bat-dau-tinh": .adds,
        "/ke-hoach/ngay-bat-dau-tinh/ap-dung": .shows("a page with what changes"),
        "/vuong-mac/gui": .adds, "/vuong-mac/{id}/tra-loi": .undone("another answer"), "/vuong-mac/{id}/gop": .asks,
        "/vuong-mac/{id}/giao": .undone("another agency"), "/vuong-mac/nhom": .undone("another group"),
        "/huy-tep/{id}/de-nghi": .undone("/huy-tep/{id}/bo"), "/huy-tep/{id}/bo": .asks,
        "/huy-tep/{id}/xac-nhan": .shows("a page with what is lost"), "/to-cua-toi/dem": .undone("another count"),
    ]

    private static let figures: [String: Care] = [
        "/so-dang-ky/tim-so": .adds, "/so-dang-ky/nguoi/{entity}/mo": .shows("a purpose"),
        "/so-dang-ky/nghi-trung/quyet-dinh": .undone("/so-dang-ky/nghi-trung/rut-lai"),
        "/so-dang-ky/nghi-trung/rut-lai": .shows("a reason"),
        "/so-lieu/nap": .adds, "/so-lieu/tep/{id}/nhan": .undone("/so-lieu/lo/{number}/thu-hoi"),
        "/so-lieu/tep/{id}/bo": .asks, "/so-lieu/lo/{number}/thu-hoi": .shows("a reason"),
        "/so-lieu/don-vi/{unit}/{month}/{scheme}/de-nghi": .adds,
        "/so-lieu/de-nghi/{id}/quyet-dinh": .shows("a reason"),
        "/so-lieu/bien-dong/lao-dong": .adds, "/so-lieu/bien-dong/nap": .adds,
        "/so-lieu/bien-dong/tep/{id}/nhan": .undone("/so-lieu/bien-dong/lo/{number}/thu-hoi"),
        "/so-lieu/bien-dong/tep/{id}/bo": .asks, "/so-lieu/bien-dong/lo/{number}/thu-hoi": .shows("a reason"),
        "/chi-tieu/nap": .undone("another table; every version is kept"),
        "/don-vi/{unit}/to-dan-pho/nap": .undone("another table"), "/don-vi/{unit}/to-dan-pho/luu": .undone("itself"),
        "/don-vi/{unit}/to-dan-pho/bo": .asks,
        "/phan-bo/moi": .adds, "/phan-bo/keu-goi": .adds, "/de-xuat-chi-tieu": .undone("another proposal"),
        "/phan-bo/{id}/so": .undone("/phan-bo/{id}/hoan-tac"), "/phan-bo/{id}/o": .undone("/phan-bo/{id}/hoan-tac"),
        "/phan-bo/{id}/thiet-lap": .undone("/phan-bo/{id}/hoan-tac"),
        "/phan-bo/{id}/nap": .undone("/phan-bo/{id}/hoan-tac"), "/phan-bo/{id}/hoan-tac": .undone("typing it again"),
        "/phan-bo/{id}/don-vi/{code}": .undone("/phan-bo/{id}/hoan-tac"), "/phan-bo/{id}/chep": .adds,
        "/phan-bo/{id}/quyet-dinh": .shows("number, day and signed copy"),
        "/phan-bo/{id}/xac-nhan": .shows("the proposal"), "/phan-bo/{id}/rut-de-nghi": .asks,
        "/phan-bo/{id}/phieu": .adds, "/phan-bo/{id}/don-vi/{code}/anh": .adds,
    ]

    private static let deliveries: [String: Care] = [
        "/giao-danh-sach/nop": .adds, "/giao-danh-sach/tep/{id}/loai": .undone("another choice"),
        "/giao-danh-sach/tep/{id}/bang-ma": .undone("sending the file again"),
        "/giao-danh-sach/tep/{id}/cot": .undone("another explanation; every one is kept"),
        "/giao-danh-sach/tep/{id}/giao": .undone("/giao-danh-sach/lan/{number}/thu-hoi"),
        "/giao-danh-sach/tep/{id}/bo": .asks, "/giao-danh-sach/lan/{number}/thu-hoi": .asks,
        "/giao-danh-sach/lan/{number}/bo-qua": .shows("a reason"),
        "/giao-danh-sach/lan/{number}/tra-lai/{row}/mo": .adds,
        "/giao-danh-sach/lan/{number}/tra-lai/{row}/bo-qua": .shows("a reason"),
    ]

    private static let papers: [String: Care] = [
        "/van-ban/moi/{template}": .adds, "/van-ban/{id}/ban-hanh": .shows("number, day and signed copy"),
        "/van-ban/{id}/xac-nhan": .shows("the proposal"), "/van-ban/{id}/rut-de-nghi": .asks,
        "/van-ban/{id}/thu-hoi": .shows("a reason"), "/van-ban/{id}/xac-nhan-thu-hoi": .shows("the proposal"),
        "/van-ban/{id}/rut-de-nghi-thu-hoi": .asks, "/van-ban/{id}/san-pham": .shows("a box where something stands"),
        "/van-ban/{id}/tra-loi/ghi": .undone("another answer"), "/van-ban/{id}/tra-loi/tung-don-vi": .adds,
        "/bao-cao-xa": .adds, "/van-ban/{id}/pdf": .adds, "/van-ban/mau/{template}/xem": .adds,
        "/van-ban/mau/{template}/luu": .undone("another text; papers keep theirs"),
        "/ban-chi-dao/{unit}/them": .adds, "/ban-chi-dao/{unit}/roi": .shows("a day"),
        "/bang-tong-hop/mo": .adds, "\(board)/thoi-han": .undone("other days"),
        "\(board)/khoa": .undone("\(board)/mo-khoa"),
        "\(board)/mo-khoa": .shows("a reason"), "\(board)/nhac": .adds,
        "\(board)/muc/{section}/giao": .undone("releasing"),
        "\(board)/muc/{section}/bo": .asks, "\(board)/muc/{section}/tra-lai": .shows("a reason"),
        "\(board)/muc/{section}/viet": .undone("another text; every one is kept"),
        "\(board)/muc/{section}/y-kien": .adds,
        "\(thread)/gui": .undone("\(thread)/{id}/rut"),
        "\(thread)/{id}/sua": .undone("itself, for fifteen minutes; every wording is kept"),
        "\(thread)/{id}/rut": .shows("what others see of it then"),
        "\(thread)/but-phe": .undone("/but-phe/{id}/thoi"), "/but-phe/{id}/tra-loi": .adds,
        "/but-phe/{id}/dong": .undone("/but-phe/{id}/tra-lai"),
        "/but-phe/{id}/tra-lai": .shows("what is left to do"), "/but-phe/{id}/thoi": .shows("a reason"),
    ]

    private static let keeping: [String: Care] = [
        "/viec-chay-nen/{id}/huy": .asks, "/viec-chay-nen/{id}/chay-lai": .adds, "/viec-chay-nen/bang/{list}": .adds,
        "/quan-tri/tai-khoan/moi": .adds, "/quan-tri/tai-khoan/{id}/lien-ket": .asks,
        "/quan-tri/tai-khoan/{id}/khoa": .asks, "/quan-tri/tai-khoan/{id}/pham-vi": .shows("a reason"),
        "/quan-tri/chuong-trinh/cap": .adds, "/quan-tri/chuong-trinh/{id}/doi-khoa": .shows("the last day"),
        "/quan-tri/chuong-trinh/{id}/thu-khoa": .asks, "/quan-tri/chuong-trinh/{id}/xac-nhan": .shows("a proposal"),
        "/quan-tri/chuong-trinh/{id}/rut-de-nghi": .asks,
        "/quan-tri/dong-ho": .shows("the day"), "/quan-tri/tham-so/{key}": .adds,
        "/quan-tri/gia-tri/{id}/luu": .shows("a page with the effect"), "/quan-tri/gia-tri/{id}/bo": .asks,
        "/quan-tri/gia-tri/{id}/thu-hoi": .shows("a reason"), "/quan-tri/co-quan/{agency}/xem": .adds,
        "/quan-tri/co-quan/{agency}/luu": .shows("a preview, a reason"), "/quan-tri/ranh-gioi/nap": .adds,
        "/quan-tri/ranh-gioi/thu-hoi": .asks, "/quan-tri/tep-ranh-gioi/{id}/dung": .shows("the map"),
        "/quan-tri/tep-ranh-gioi/{id}/bo": .asks, "/quan-tri/don-vi-truc-thuoc/nap": .adds,
        "/quan-tri/bang-don-vi/{id}/luu": .shows("a page with the effect"), "/quan-tri/bang-don-vi/{id}/bo": .asks,
        "/thiet-ke": .adds,
    ]
}
