import Access
import Foundation

/// Who may ask for each route, written down here a second time and from the plan of the system, not from its sources.
enum RouteTable {
    enum Right: Sendable, Equatable {
        case everybody
        case only(Set<Role>)
    }

    static let all = Set(Role.allCases)
    /// Who hands in work of an own unit.
    static let workers: Set<Role> = [
        .analyst, .agencyOfficer, .insuranceProvince, .insuranceBase, .communeLeader, .communeOfficer, .inspector,
    ]
    static let reviewers: Set<Role> = [.leader, .analyst, .insuranceProvince]
    static let readers = workers.union([.leader])
    static let senders = all.subtracting([.auditor, .administrator])

    /// Whoever keeps agreements of the own unit, or reads all: everybody but heads of groups.
    static let exchangers = all.subtracting([.groupHead])

    private static let work = "/viec/{task}/{period}/{lead}"
    private static let accounts = "/quan-tri/tai-khoan"
    private static let figure = "/so-lieu/don-vi/{unit}/{month}/{scheme}"
    private static let groups = "/don-vi/{unit}/to-dan-pho"
    /// Who does not follow the whole plan.
    static let outsiders: Set<Role> = [
        .agencyOfficer, .insuranceProvince, .insuranceBase, .communeLeader, .communeOfficer, .groupHead,
    ]
    static let figureKeepers: Set<Role> = [.analyst, .insuranceProvince]
    /// Who hands over lists of an own agency.
    static let deliverers: Set<Role> = [.analyst, .agencyOfficer, .insuranceProvince, .insuranceBase]
    /// Records of persons open to the insurance agency alone.
    static let insurers: Set<Role> = [.insuranceProvince, .insuranceBase]
    /// Who sees who delivered what, without receipts.
    static let calendarReaders = deliverers.union([.leader, .inspector, .auditor, .administrator])
    static let communal: Set<Role> = [.communeLeader, .communeOfficer]
    /// The desk is for those who split, a commune over its groups, and for those who follow the whole plan.
    static let allocators = communal.union([.analyst])
    static let deskReaders = all.subtracting(outsiders).union(communal)

    static let rights: [String: Right] = [
        // Reviewing.
        "GET /duyet": .only(reviewers), "POST /duyet/quyet-dinh": .only(reviewers),
        "POST /duyet/hoan-tac": .only(reviewers), "GET /nhac-don-vi-cham": .only(reviewers),
        "POST /nhac-don-vi-cham/gui": .only(reviewers),
        // Coming in.
        "GET /": .everybody, "GET /dang-nhap": .everybody, "POST /dang-nhap": .everybody,
        "GET /dang-nhap/ma": .everybody, "POST /dang-nhap/ma": .everybody, "GET /loi-moi/{token}": .everybody,
        "POST /loi-moi/{token}": .everybody, "GET /lich/nguoi/{token}": .everybody,
        // The law, for everybody: no person's data.
        "GET /tra-cuu": .everybody, "GET /tra-cuu/tu-nguyen": .everybody, "GET /tra-cuu/bat-buoc": .everybody,
        "GET /tra-cuu/cham-dong": .everybody, "GET /tra-cuu/tuoi-nghi-huu": .everybody,
        "GET /tra-cuu/ai-tham-gia": .everybody, "GET /tra-cuu/nhieu-noi": .everybody,
        "GET /tra-cuu/bhyt-ho-gia-dinh": .everybody, "GET /tra-cuu/luong-huu": .everybody,
        "GET /tra-cuu/khong-luong-huu": .everybody, "GET /tra-cuu/mot-lan": .everybody,
        "GET /tra-cuu/thai-san": .everybody, "GET /tra-cuu/muc-phat": .everybody,
        "GET /tra-cuu/thoi-han": .everybody, "GET /tra-cuu/hoan-tra": .everybody,
        "GET /van-ban-tham-so": .everybody, "GET /api/v1/law": .everybody, "GET /api/v1/law/openapi.json": .everybody,
        "GET /van-ban-tham-so/{key}": .everybody, "GET /van-ban-tham-so/{key}/van-ban/{id}": .only(all),
        // Entering a value of the law.
        "GET /quan-tri/tham-so/{key}": .only([.administrator]), "POST /quan-tri/tham-so/{key}": .only([.administrator]),
        "GET /quan-tri/gia-tri/{id}": .only([.administrator]),
        "POST /quan-tri/gia-tri/{id}/luu": .only([.administrator]),
        "POST /quan-tri/gia-tri/{id}/bo": .only([.administrator]),
        "POST /quan-tri/gia-tri/{id}/thu-hoi": .only([.administrator]),
        "GET /api/v1/law/clocks": .everybody, "GET /api/v1/law/clocks/{name}": .everybody,
        "GET /thiet-ke": .only([.administrator]), "POST /thiet-ke": .only([.administrator]),
        "GET /quan-tri/buoc-dau": .only([.administrator, .analyst, .insuranceProvince]),
        "GET /quan-tri/co-quan": .only([.administrator, .analyst]),
        "GET /quan-tri/co-quan/bang.xlsx": .only([.administrator, .analyst]),
        "GET /quan-tri/co-quan/{agency}": .only([.administrator, .analyst]),
        "POST /quan-tri/co-quan/{agency}/xem": .only([.administrator, .analyst]),
        "POST /quan-tri/co-quan/{agency}/luu": .only([.administrator, .analyst]),
        // Borders on the map.
        "GET /quan-tri/ranh-gioi": .only([.administrator]), "POST /quan-tri/ranh-gioi/nap": .only([.administrator]),
        "POST /quan-tri/ranh-gioi/thu-hoi": .only([.administrator]),
        "GET /quan-tri/tep-ranh-gioi/{id}": .only([.administrator]),
        "POST /quan-tri/tep-ranh-gioi/{id}/dung": .only([.administrator]),
        "POST /quan-tri/tep-ranh-gioi/{id}/bo": .only([.administrator]),
        // The units of agencies.
        "GET /quan-tri/don-vi-truc-thuoc": .only([.administrator]),
        "GET /quan-tri/don-vi-truc-thuoc/mot-co-quan.xlsx": .only([.administrator]),
        "POST /quan-tri/don-vi-truc-thuoc/nap": .only([.administrator]),
        "GET /quan-tri/don-vi-truc-thuoc/bang.xlsx": .only([.administrator]),
        "GET /quan-tri/bang-don-vi/{id}": .only([.administrator]),
        "GET /quan-tri/bang-don-vi/{id}/tep": .only([.administrator]),
        "POST /quan-tri/bang-don-vi/{id}/luu": .only([.administrator]),
        "POST /quan-tri/bang-don-vi/{id}/bo": .only([.administrator]),
        "GET /api/v1/law/parameters": .everybody, "GET /api/v1/law/parameters/{key}": .everybody,
        // Help: what a visitor may read of it, the pages say.
        "GET /tro-giup": .everybody, "GET /tro-giup/thuat-ngu": .everybody, "GET /tro-giup/{chapter}": .everybody,
        "GET /tro-giup/{chapter}/{section}": .everybody, "POST /tro-giup/gioi-thieu": .only(all),
        // Everybody's own.
        "POST /dang-xuat": .only(all), "GET /hom-nay": .only(all), "GET /tim": .only(all),
        "GET /to-cua-toi": .only([.groupHead]),
        "POST /to-cua-toi/dem": .only([.groupHead]), "GET /nhac-viec": .only(all),
        "GET /thong-bao": .only(all), "GET /thong-bao/{id}": .only(all), "POST /thong-bao/{id}/da-doc": .only(all),
        "POST /thong-bao/da-doc-het": .only(all), "POST /thong-bao/thu": .only(all),
        "GET /tai-khoan": .only(all), "POST /tai-khoan/mat-khau": .only(all), "POST /tai-khoan/phien": .only(all),
        "POST /tai-khoan/thu": .only(all), "GET /tai-khoan/xac-thuc": .only(all),
        "POST /tai-khoan/xac-thuc/bat": .only(all), "POST /tai-khoan/xac-thuc/doi": .only(all),
        "POST /tai-khoan/xac-thuc/tat": .only(all), "POST /tai-khoan/xac-thuc/ma-du-phong": .only(all),
        "GET /tai-khoan/cot/{list}": .only(all), "POST /tai-khoan/cot/{list}": .only(all),
        "POST /tai-khoan/lich": .only(all), "GET /vuong-mac": .only(all), "GET /vuong-mac/bang.xlsx": .only(all),
        "GET /vuong-mac/{id}": .only(all),
        // Looking at work: all roles, each within its bounds.
        "GET /viec": .only(all), "GET /viec/bang.xlsx": .only(all), "GET /viec/don-vi.xlsx": .only(all),
        "GET /viec/nhiem-vu.xlsx": .only(all), "GET \(work)": .only(all), "GET /don-vi": .only(all),
        "GET /don-vi/bang.xlsx": .only(all), "GET /don-vi/{unit}": .only(all),
        "GET /don-vi/{unit}/in": .only(all), "GET /nhiem-vu": .only(all), "GET /nhiem-vu/bang.xlsx": .only(all),
        "GET /nhiem-vu/{task}": .only(all),
        "GET /lich": .only(all), "GET /ke-hoach": .only(all), "POST \(work)/ghi-chu": .only(readers),
        // Working on it.
        "POST \(work)/san-pham": .only(workers), "POST \(work)/bo-san-pham": .only(workers),
        "POST \(work)/lay-so-lieu": .only(workers), "POST \(work)/nop": .only(workers),
        "POST \(work)/rut": .only(workers), "POST \(work)/gia-han": .only(workers),
        "POST \(work)/thoi-han": .only(workers), "POST \(work)/buoc": .only(workers),
        "POST \(work)/xong-buoc": .only(workers), "POST /nhiem-vu/{task}/dot-xuat": .only(workers),
        "POST /vuong-mac/{id}/tra-loi": .only(workers),
        // Deciding on it.
        "POST \(work)/chap-nhan": .only(reviewers), "POST \(work)/tra-lai": .only(reviewers),
        "POST \(work)/quyet-dinh-gia-han": .only(reviewers), "GET /tep/{id}": .only(readers),
        // Erasing files: the file's own owner says who may ask, and who of those with the right may confirm.
        "GET /huy-tep": .only(all), "GET /huy-tep/{id}": .only(all), "POST /huy-tep/{id}/de-nghi": .only(all),
        "POST /huy-tep/{id}/bo": .only(all),
        "POST /huy-tep/{id}/xac-nhan": .only([.analyst, .insuranceProvince, .communeLeader, .administrator]),
        // Keeping the plan and the obstacles.
        "POST /ke-hoach/ngay-bat-dau-tinh": .only([.administrator]),
        "POST /ke-hoach/ngay-bat-dau-tinh/ap-dung": .only([.administrator]),
        "POST /ke-hoach/bo-sung": .only([.analyst]), "POST /nhiem-vu/{task}/quy-tac": .only([.analyst]),
        "POST /nhiem-vu/{task}/quy-tac/ap-dung": .only([.analyst]),
        "POST /vuong-mac/{id}/gop": .only([.analyst]), "POST /vuong-mac/{id}/giao": .only([.analyst]),
        "GET /vuong-mac/nhom": .only([.analyst]), "POST /vuong-mac/nhom": .only([.analyst]),
        "GET /vuong-mac/gui": .only(senders), "POST /vuong-mac/gui": .only(senders),
        // Figures: counts of public bodies, for everybody who is signed in.
        "GET /tong-quan": .only(all), "GET /tong-quan/don-vi": .only(all),
        "GET /tong-quan/don-vi/bang.xlsx": .only(all), "GET /so-lieu": .only(all), "GET /so-lieu/bang.xlsx": .only(all),
        "GET /so-lieu/cac-thang.xlsx": .only(all), "GET /so-lieu/thang.xlsx": .only(all),
        "GET /so-lieu/thang/{month}": .only(all),
        "GET /so-lieu/lo/{number}": .only(all), "GET /so-lieu/lo.xlsx": .only(all),
        "GET /so-lieu/tep-goc/{id}": .only(all),
        "GET /so-lieu/de-nghi": .only(all), "GET \(figure)": .only(all), "GET /chi-tieu": .only(all),
        "GET /chi-tieu/bang.xlsx": .only(all),
        "GET /chi-tieu/{unit}": .only(all), "GET /xep-hang": .only(all), "GET /xep-hang/bang.xlsx": .only(all),
        "GET /xep-hang/co-quan.xlsx": .only(all), "GET /to-dan-pho.xlsx": .only(all),
        "GET \(groups)": .only(all),
        "GET /so-lieu/bien-dong": .only(all), "GET /so-lieu/bien-dong/lo/{number}": .only(all),
        "GET /so-lieu/bien-dong/so.xlsx": .only(all), "GET /so-lieu/bien-dong/cac-lo.xlsx": .only(all),
        "GET /so-lieu/bien-dong/lo.xlsx": .only(all),
        // Taking them in, and deciding on them.
        "POST /so-lieu/bien-dong/lao-dong": .only(figureKeepers),
        "POST /so-lieu/bien-dong/nap": .only(figureKeepers), "GET /so-lieu/bien-dong/tep/{id}": .only(figureKeepers),
        "POST /so-lieu/bien-dong/tep/{id}/nhan": .only(figureKeepers),
        "POST /so-lieu/bien-dong/tep/{id}/bo": .only(figureKeepers),
        "POST /so-lieu/bien-dong/lo/{number}/thu-hoi": .only(figureKeepers),
        "POST /so-lieu/nap": .only(figureKeepers), "GET /so-lieu/tep/{id}": .only(figureKeepers),
        "GET /so-lieu/tep/{id}/tra-lai": .only(figureKeepers), "POST /so-lieu/tep/{id}/nhan": .only(figureKeepers),
        "POST /so-lieu/tep/{id}/bo": .only(figureKeepers), "POST /so-lieu/lo/{number}/thu-hoi": .only(figureKeepers),
        "POST /so-lieu/de-nghi/{id}/quyet-dinh": .only(figureKeepers),
        // Lists that agencies hand over; whose, is settled in the domain.
        // Keys of other agencies' programs.
        "GET /quan-tri/chuong-trinh": .only([.administrator]),
        "POST /quan-tri/chuong-trinh/cap": .only([.administrator]),
        "GET /quan-tri/chuong-trinh/{id}": .only([.administrator]),
        "POST /quan-tri/chuong-trinh/{id}/doi-khoa": .only([.administrator]),
        "POST /quan-tri/chuong-trinh/{id}/thu-khoa": .only([.administrator]),
        "POST /quan-tri/chuong-trinh/{id}/xac-nhan": .only([.administrator]),
        "POST /quan-tri/chuong-trinh/{id}/rut-de-nghi": .only([.administrator]),
        // Agreements and requests for data: each unit its own, those who follow the plan all.
        "GET /thoa-thuan": .only(exchangers), "GET /thoa-thuan/bang.xlsx": .only(exchangers),
        "GET /thoa-thuan/lap": .only(workers), "POST /thoa-thuan/lap": .only(workers),
        "GET /thoa-thuan/so/{number}": .only(exchangers), "GET /thoa-thuan/so/{number}/ban-moi": .only(workers),
        "GET /yeu-cau-du-lieu": .only(exchangers), "GET /yeu-cau-du-lieu/bang.xlsx": .only(exchangers),
        "GET /yeu-cau-du-lieu/lap": .only(workers), "POST /yeu-cau-du-lieu/lap": .only(workers),
        "GET /yeu-cau-du-lieu/so/{number}": .only(exchangers),
        "GET /bien-ban-huy-du-lieu/{number}": .only(exchangers), "GET /nhat-ky-trao-doi": .only(exchangers),
        "GET /du-lieu-ca-nhan": .only(exchangers), "POST /du-lieu-ca-nhan/ghi": .only([.insuranceProvince]),
        "GET /du-lieu-ca-nhan/yeu-cau/{number}": .only([.insuranceProvince]),
        "POST /du-lieu-ca-nhan/yeu-cau/{number}/bao-nhan": .only([.insuranceProvince]),
        "POST /du-lieu-ca-nhan/yeu-cau/{number}/gia-han": .only([.insuranceProvince]),
        "POST /du-lieu-ca-nhan/yeu-cau/{number}/tra-loi": .only([.insuranceProvince]),
        "POST /du-lieu-ca-nhan/yeu-cau/{number}/khong-thuc-hien": .only([.insuranceProvince]),
        "GET /van-hanh": .only([.leader, .analyst, .insuranceProvince, .inspector, .auditor, .administrator]),
        "POST /thoa-thuan/so/{number}/dong-y": .only(workers),
        "POST /thoa-thuan/so/{number}/khong-dong-y": .only(workers),
        "POST /thoa-thuan/so/{number}/rut": .only(workers),
        "POST /thoa-thuan/so/{number}/ky": .only(workers),
        "POST /thoa-thuan/so/{number}/cham-dut": .only(workers),
        "POST /thoa-thuan/so/{number}/ban-moi": .only(workers),
        "POST /yeu-cau-du-lieu/so/{number}/duyet": .only(workers),
        "POST /yeu-cau-du-lieu/so/{number}/khong-duyet": .only(workers),
        "POST /yeu-cau-du-lieu/so/{number}/dong-y": .only(workers),
        "POST /yeu-cau-du-lieu/so/{number}/tu-choi": .only(workers),
        "POST /yeu-cau-du-lieu/so/{number}/rut": .only(workers),
        "POST /yeu-cau-du-lieu/so/{number}/tra-loi": .only(workers),
        "POST /yeu-cau-du-lieu/so/{number}/huy": .only(workers),
        "GET /giao-danh-sach": .only(deliverers), "GET /giao-danh-sach/bang.xlsx": .only(deliverers),
        "GET /giao-danh-sach/lan/{number}": .only(deliverers),
        // The register of persons and employers; whose, is settled in the domain.
        "GET /so-dang-ky": .only(insurers), "POST /so-dang-ky/tim-so": .only(insurers),
        "GET /so-dang-ky/nguoi/{entity}": .only(insurers), "POST /so-dang-ky/nguoi/{entity}/mo": .only(insurers),
        "POST /giao-danh-sach/lan/{number}/thu-hoi": .only([.insuranceProvince]),
        "POST /giao-danh-sach/lan/{number}/bo-qua": .only(insurers),
        "GET /giao-danh-sach/lan/{number}/tra-lai.xlsx": .only(insurers),
        "GET /giao-danh-sach/lan/{number}/tra-lai/{row}": .only(deliverers),
        "POST /giao-danh-sach/lan/{number}/tra-lai/{row}/mo": .only(insurers),
        "POST /giao-danh-sach/lan/{number}/tra-lai/{row}/bo-qua": .only(insurers),
        "GET /giao-danh-sach/tra-lai": .only(deliverers), "GET /giao-danh-sach/tra-lai/bang.xlsx": .only(deliverers),
        "GET /giao-danh-sach/lich": .only(calendarReaders),
        "GET /giao-danh-sach/lich/bang.xlsx": .only(calendarReaders),
        "GET /giao-danh-sach/nop": .only(deliverers), "POST /giao-danh-sach/nop": .only(deliverers),
        "GET /giao-danh-sach/tep/{id}": .only(deliverers), "POST /giao-danh-sach/tep/{id}/loai": .only(deliverers),
        "POST /giao-danh-sach/tep/{id}/bang-ma": .only(deliverers),
        "POST /giao-danh-sach/tep/{id}/cot": .only(deliverers),
        "POST /giao-danh-sach/tep/{id}/giao": .only(deliverers),
        "POST /giao-danh-sach/tep/{id}/bo": .only(deliverers),
        "GET /ra-soat": .only(insurers.union([.leader, .analyst])), "GET /ra-soat/danh-sach": .only(insurers),
        "GET /ra-soat/don-vi/{entity}": .only(insurers),
        "GET /so-dang-ky/don-vi/{entity}": .only(insurers), "GET /so-dang-ky/bien-dong": .only(insurers),
        "GET /so-dang-ky/bien-dong/bang.xlsx": .only(insurers), "GET /so-dang-ky/chat-luong": .only(insurers),
        "GET /so-dang-ky/nghi-trung": .only(insurers), "POST /so-dang-ky/nghi-trung/quyet-dinh": .only(insurers),
        "POST /so-dang-ky/nghi-trung/rut-lai": .only(insurers),
        // Splitting targets; which scenario may be read or changed is settled in the domain.
        "GET /phan-bo": .only(deskReaders), "GET /phan-bo/bang.xlsx": .only(deskReaders),
        "GET /phan-bo/de-xuat.xlsx": .only(deskReaders), "POST /phan-bo/moi": .only(allocators),
        "POST /phan-bo/keu-goi": .only([.analyst]),
        "GET /phan-bo/{id}": .only(deskReaders), "POST /phan-bo/{id}/so": .only(allocators),
        "POST /phan-bo/{id}/o": .only(allocators),
        "POST /phan-bo/{id}/thiet-lap": .only(allocators),
        "POST /phan-bo/{id}/nap": .only(allocators), "POST /phan-bo/{id}/hoan-tac": .only(allocators),
        "POST /phan-bo/{id}/chep": .only(allocators), "POST /phan-bo/{id}/quyet-dinh": .only(allocators),
        "POST /phan-bo/{id}/xac-nhan": .only(allocators), "POST /phan-bo/{id}/rut-de-nghi": .only(allocators),
        "GET /phan-bo/{id}/don-vi/{code}": .only(deskReaders), "POST /phan-bo/{id}/don-vi/{code}": .only(allocators),
        "GET /phan-bo/{id}/ban-do": .only(deskReaders), "GET /phan-bo/{id}/so-sanh": .only(deskReaders),
        "GET /phan-bo/so-sanh.xlsx": .only(deskReaders),
        "GET /phan-bo/{id}/tep": .only(all),
        "GET /phan-bo/{id}/dau-vao.csv": .only(deskReaders),
        "POST /phan-bo/{id}/phieu": .only(communal), "POST /phan-bo/{id}/don-vi/{code}/anh": .only(communal),
        "GET /phan-bo/{id}/don-vi/{code}/phieu": .only(communal), "GET /de-xuat-chi-tieu": .only(communal),
        "POST /de-xuat-chi-tieu": .only(communal), "GET /du-bao": .only(all), "GET /du-bao/bang.xlsx": .only(all),
        // Boards of reports; which one, and which of its sections, is settled in the domain.
        "GET /bang-tong-hop": .only(readers), "GET /bang-tong-hop/bang.xlsx": .only(readers),
        "GET /bang-tong-hop/{id}": .only(readers),
        "GET /bang-tong-hop/{id}/muc/{section}": .only(readers), "POST /bang-tong-hop/mo": .only([.analyst]),
        "POST /bang-tong-hop/{id}/thoi-han": .only([.analyst]), "POST /bang-tong-hop/{id}/khoa": .only([.analyst]),
        "POST /bang-tong-hop/{id}/mo-khoa": .only([.analyst]), "POST /bang-tong-hop/{id}/nhac": .only([.analyst]),
        "POST /bang-tong-hop/{id}/muc/{section}/giao": .only([.analyst]),
        "POST /bang-tong-hop/{id}/muc/{section}/bo": .only([.analyst]),
        "POST /bang-tong-hop/{id}/muc/{section}/tra-lai": .only([.analyst]),
        "POST /bang-tong-hop/{id}/muc/{section}/viet": .only(workers),
        "POST /bang-tong-hop/{id}/muc/{section}/y-kien": .only(workers),
        // What is said of things, and leaders' lines; which thing, and which line, is settled in the domain.
        "GET /y-kien/{subject}": .only(all), "POST /y-kien/{subject}/gui": .only(readers),
        "POST /y-kien/{subject}/{id}/sua": .only(readers), "POST /y-kien/{subject}/{id}/rut": .only(readers),
        "POST /y-kien/{subject}/but-phe": .only([.leader]), "GET /but-phe": .only(all.subtracting([.groupHead])),
        "GET /but-phe/bang.xlsx": .only(all.subtracting([.groupHead])), "GET /but-phe/{id}": .only(all),
        "POST /but-phe/{id}/tra-loi": .only(readers), "POST /but-phe/{id}/dong": .only([.leader]),
        "POST /but-phe/{id}/tra-lai": .only([.leader]), "POST /but-phe/{id}/thoi": .only([.leader]),
        // Official documents.
        "GET /van-ban": .only(all), "GET /van-ban/bang.xlsx": .only(all), "GET /van-ban/moi/{template}": .only(workers),
        "POST /van-ban/moi/{template}": .only(workers), "GET /van-ban/{id}": .only(all),
        "GET /van-ban/{id}/tai/{format}": .only(all), "POST /van-ban/{id}/ban-hanh": .only(workers),
        "POST /van-ban/{id}/xac-nhan": .only(workers), "POST /van-ban/{id}/rut-de-nghi": .only(workers),
        "POST /van-ban/{id}/thu-hoi": .only(workers), "POST /van-ban/{id}/xac-nhan-thu-hoi": .only(workers),
        "POST /van-ban/{id}/rut-de-nghi-thu-hoi": .only(workers),
        "POST /van-ban/{id}/san-pham": .only(workers),
        "GET /van-ban/{id}/tra-loi": .only(all), "GET /van-ban/tra-loi.xlsx": .only(all),
        "POST /van-ban/{id}/tra-loi/ghi": .only(workers),
        "POST /van-ban/{id}/tra-loi/tung-don-vi": .only(workers),
        "GET /van-ban/{id}/ban-ky": .only(all), "POST /bao-cao-xa": .only([.analyst]),
        "POST /van-ban/{id}/pdf": .only(all), "GET /viec-chay-nen": .only(all),
        "GET /viec-chay-nen/bang.xlsx": .only(all), "GET /viec-chay-nen/{id}": .only(all),
        "GET /viec-chay-nen/{id}/tep": .only(all), "POST /viec-chay-nen/{id}/huy": .only(all),
        "POST /viec-chay-nen/{id}/chay-lai": .only(all),
        "GET /viec-chay-nen/bang/{list}": .only(all), "POST /viec-chay-nen/bang/{list}": .only(all),
        "GET /van-ban/mau/{template}": .only([.analyst]), "POST /van-ban/mau/{template}/xem": .only([.analyst]),
        "POST /van-ban/mau/{template}/luu": .only([.analyst]), "GET /ban-chi-dao/{unit}": .only(all),
        "POST /ban-chi-dao/{unit}/them": .only(communal), "POST /ban-chi-dao/{unit}/roi": .only(communal),
        // A commune's own: objections and residential groups.
        "POST \(figure)/de-nghi": .only(communal), "POST \(groups)/nap": .only(communal),
        "POST \(groups)/luu": .only(communal), "POST \(groups)/bo": .only(communal),
        "POST /chi-tieu/nap": .only([.analyst]),
        // Keeping the system.
        "GET \(accounts)": .only([.administrator]), "GET \(accounts)/bang.xlsx": .only([.administrator]),
        "POST \(accounts)/moi": .only([.administrator]),
        "POST \(accounts)/{id}/lien-ket": .only([.administrator]),
        "POST \(accounts)/{id}/khoa": .only([.administrator]), "GET \(accounts)/{id}": .only([.administrator]),
        "POST \(accounts)/{id}/pham-vi": .only([.administrator]),
        "GET /quan-tri/nhat-ky": .only([.auditor, .administrator]),
        "GET /quan-tri/nhat-ky/bang.xlsx": .only([.auditor, .administrator]),
        "GET /quan-tri/dong-ho": .only([.administrator]), "POST /quan-tri/dong-ho": .only([.administrator]),
    ]

    /// Where the route is open to a role and the thing at hand refuses it all the same: the day of work that the plan dates is
    /// the coordinating agency's.
    static let refusedByTheWork: [String: Set<Role>] = [
        // A scenario of the city is no commune's.
        "GET /phan-bo/{id}": communal, "GET /phan-bo/{id}/don-vi/{code}": communal,
        "GET /phan-bo/{id}/ban-do": communal, "GET /phan-bo/{id}/so-sanh": communal,
        "GET /phan-bo/{id}/dau-vao.csv": communal, "POST /phan-bo/{id}/phieu": communal,
        "POST /phan-bo/{id}/don-vi/{code}/anh": communal, "GET /phan-bo/{id}/don-vi/{code}/phieu": communal,
        "POST /phan-bo/{id}/so": communal, "POST /phan-bo/{id}/o": communal,
        "POST /phan-bo/{id}/thiet-lap": communal,
        "POST /phan-bo/{id}/hoan-tac": communal, "POST /phan-bo/{id}/chep": communal,
        "POST /phan-bo/{id}/quyet-dinh": communal, "POST /phan-bo/{id}/nap": communal,
        "POST /phan-bo/{id}/don-vi/{code}": communal,
        "GET /ban-chi-dao/{unit}": [.agencyOfficer, .insuranceProvince],
        // A commune's residential groups are its own, and of those who follow the whole plan.
        "GET \(groups)": [.agencyOfficer],
        "POST \(work)/thoi-han": [.agencyOfficer, .insuranceBase, .communeLeader, .communeOfficer],
    ]

    /// Work that concerns a role: led by its own unit, or by one it reviews.
    static func work(of role: Role, reviewed: Bool) -> String {
        switch role {
        case .leader: "V.2/2026/so-noi-vu"
        case .analyst: reviewed ? "I.5/2026-Q4/10507" : "V.5/2026/so-noi-vu"
        case .agencyOfficer: "I.6/2026-Q4/so-xay-dung"
        case .insuranceProvince: reviewed ? "IV.2/2026-Q4/bhxh-co-so" : "V.5/2026/bhxh-thanh-pho"
        case .insuranceBase: "IV.2/2026-Q4/bhxh-co-so"
        case .inspector: "V.5/2026/thanh-tra-thanh-pho"
        case .communeLeader, .communeOfficer, .groupHead, .auditor, .administrator: "I.5/2026-Q4/10507"
        }
    }

    /// The address of a route with its parameters filled in.
    /// - Parameter fill: what stands for `{id}` and `{token}`, by route.
    static func address(_ route: String, for role: Role?, fill: [String: String]) -> String {
        let path = String(route.drop { $0 != " " }.dropFirst())
        if path.hasPrefix(work) {
            let reviewed = ["/chap-nhan", "/tra-lai", "/quyet-dinh-gia-han"].contains { path.hasSuffix($0) }
            return "/viec/\(work(of: role ?? .analyst, reviewed: reviewed))\(path.dropFirst(work.count))"
        }
        let known = fill.first { route.hasSuffix($0.key) || route.contains("\($0.key)/") }
        return [
            ("{task}", "V.5"), ("{unit}", "10507"), ("{month}", "2026-10"), ("{scheme}", "tu-nguyen"),
            ("{number}", "1"), ("{row}", "1"), ("{key}", "voluntary.rate"), ("{code}", "10507"),
            ("{template}", "giay-moi"), ("{format}", "docx"), ("{section}", "nhom-I"), ("{chapter}", "vao-he-thong"),
            ("{list}", "viec"), ("{subject}", "unit~10507"), ("{entity}", "1-0"),
        ].reduce(path) { address, pair in
            address.replacingOccurrences(of: pair.0, with: pair.1)
        }.replacingOccurrences(of: "{id}", with: known?.value ?? "0").replacingOccurrences(
            of: "{token}", with: known?.value ?? "khong-co")
    }
}
