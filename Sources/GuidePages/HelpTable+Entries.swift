import Access
import Components
import Kernel

extension HelpTable {
    private static let review = "chuyen-vien-thuong-truc/duyet-san-pham"
    private static let work = Entry(
        "can-bo-xa/nop-san-pham",
        [.analyst: review, .leader: "lanh-dao/duyet", .agencyOfficer: "co-quan/viec-cua-co-quan"])
    private static let deadlines = Entry("can-bo-xa/thoi-han", [.analyst: "chuyen-vien-thuong-truc/sua-thoi-han"])
    private static let communes = "phan-bo-van-ban/xa-phuong-dac-khu"
    private static let desk = Entry(
        "phan-bo-van-ban/so-noi-vu-phan-bo-cho-114-xa-phuong-dac-khu",
        [.communeOfficer: communes, .communeLeader: communes])
    private static let issuing = "van-thu/ghi-so-ngay-ban-ky"
    private static let obstacles = Entry(
        "dung-chung/gui-vuong-mac", [.analyst: "chuyen-vien-thuong-truc/vuong-mac"])
    private static let units = "quan-tri/don-vi-truc-thuoc"
    private static let borders = "quan-tri/ranh-gioi-tren-ban-do"
    private static let law = "quan-tri/bo-sung-sua-tham-so-phap-luat"
    private static let beginning = "quan-tri/bat-dau"

    /// By the pattern of the page; each page of the site has its entry (`GuidePagesTests`).
    public static let entries: [String: Entry] = {
        var entries: [String: Entry] = [:]
        for (patterns, entry) in table { for pattern in patterns { entries[pattern] = entry } }
        return entries
    }()

    private static var table: [([String], Entry)] {
        entrance + daily + figures + deliveries + register + papers + keeping + looking
    }

    private static var entrance: [([String], Entry)] {
        [
            ([Addresses.signIn.pattern, Addresses.secondFactor.pattern], Entry("vao-he-thong/nhung-lan-sau")),
            ([Addresses.invitation.pattern], Entry("vao-he-thong/lan-dau")),
            ([Addresses.ownAccount.pattern, Addresses.ownSecondFactor.pattern], Entry("dung-chung/tai-khoan-cua-toi")),
            ([Addresses.tableColumns.pattern], Entry("dung-chung/danh-sach")),
            (
                [
                    Addresses.guide.pattern, Addresses.guideChapter.pattern, Addresses.guideSection.pattern,
                    Addresses.glossary.pattern,
                ],
                Entry("dung-chung/tu-tren-man-hinh")
            ),
        ]
    }

    private static var daily: [([String], Entry)] {
        [
            ([Addresses.myDay.pattern], Entry("dung-chung/viec-cua-toi")),
            ([Addresses.search.pattern], Entry("dung-chung/tim-nhanh")),
            ([Addresses.notices.pattern], Entry("dung-chung/thong-bao")),
            ([Addresses.outbox.pattern], Entry("dung-chung/nhac-viec-va-gui-qua-zalo")),
            ([Addresses.workList.pattern], Entry("dung-chung/danh-sach")),
            ([Addresses.work.pattern], work),
            ([Addresses.reviewQueue.pattern], Entry(review)),
            ([Addresses.lateUnits.pattern], Entry("chuyen-vien-thuong-truc/nhac-viec")),
            (
                [Addresses.units.pattern],
                Entry("chuyen-vien-thuong-truc/nam-tinh-hinh", [.leader: "lanh-dao/xem-trong-mot-phut"])
            ),
            (
                [Addresses.unit.pattern, Addresses.unitPrint.pattern],
                Entry(
                    "can-bo-xa/trang-cua-xa-chi-tieu-hien-co-ky-vong",
                    [.leader: "lanh-dao/xem-trong-mot-phut", .analyst: "chuyen-vien-thuong-truc/nam-tinh-hinh"])
            ),
            ([Addresses.tasks.pattern, Addresses.calendar.pattern], Entry("can-bo-xa/thoi-han")),
            ([Addresses.task.pattern], deadlines),
            ([Addresses.plan.pattern], Entry("chuyen-vien-thuong-truc/bo-sung-thong-tin-cua-ke-hoach")),
            ([Addresses.obstacles.pattern, Addresses.obstacle.pattern, Addresses.sendObstacle.pattern], obstacles),
            ([Addresses.obstacleGroups.pattern], Entry("chuyen-vien-thuong-truc/vuong-mac")),
            ([Addresses.thread.pattern], Entry("dung-chung/y-kien", [.leader: "lanh-dao/gop-y-kien"])),
            (
                [Addresses.instructions.pattern, Addresses.instruction.pattern],
                Entry(
                    "dung-chung/but-phe-giao-don-vi",
                    [.leader: "lanh-dao/theo-doi", .analyst: "chuyen-vien-thuong-truc/y-kien-but-phe"])
            ),
            ([Addresses.erasures.pattern, Addresses.erasure.pattern], Entry("dung-chung/huy-tep-tai-len-nham")),
            (
                [Addresses.jobs.pattern, Addresses.job.pattern, Addresses.longWorkbook.pattern],
                Entry("dung-chung/viec-chay-nen")
            ),
            ([Addresses.ownGroup.pattern], Entry("to-truong/to-cua-toi")),
        ]
    }

    private static var figures: [([String], Entry)] {
        [
            (
                [Addresses.dashboard.pattern, Addresses.standings.pattern],
                Entry("so-lieu/doc-trang-tong-quan", [.leader: "lanh-dao/xem-trong-mot-phut"])
            ),
            ([Addresses.figures.pattern, Addresses.upload.pattern], Entry("so-lieu/nap-tep-so-lieu-thang")),
            ([Addresses.figureMonth.pattern, Addresses.figureBatch.pattern], Entry("so-lieu/lo-so-lieu-va-thu-hoi")),
            (
                [Addresses.figure.pattern],
                Entry(
                    "so-lieu/lo-so-lieu-va-thu-hoi",
                    [
                        .communeOfficer: "can-bo-xa/so-lieu-chua-dung-thi-de-nghi-sua",
                        .communeLeader: "can-bo-xa/so-lieu-chua-dung-thi-de-nghi-sua",
                    ])
            ),
            ([Addresses.contests.pattern], Entry("so-lieu/de-nghi-sua-cua-xa")),
            (
                [Addresses.movements.pattern, Addresses.movementUpload.pattern, Addresses.movementBatch.pattern],
                Entry("so-lieu/bien-dong-tang-giam")
            ),
            (
                [Addresses.targets.pattern, Addresses.targetVersions.pattern],
                Entry("so-lieu/chi-tieu-cua-cac-xa-so-noi-vu")
            ),
            ([Addresses.scores.pattern], Entry("so-lieu/xep-hang")),
            ([Addresses.groups.pattern], Entry("can-bo-xa/to-dan-pho-thon")),
            ([Addresses.forecast.pattern], Entry("phan-bo-van-ban/du-bao")),
            (
                [
                    Addresses.scenarios.pattern, Addresses.scenario.pattern, Addresses.scenarioUnit.pattern,
                    Addresses.scenarioMap.pattern, Addresses.scenarioComparison.pattern,
                ], desk
            ),
            ([Addresses.proposal.pattern], Entry(communes)),
        ]
    }

    private static var register: [([String], Entry)] {
        [
            ([Addresses.register.pattern], Entry("so-dang-ky/tim-nguoi-tim-don-vi")),
            ([Addresses.person.pattern], Entry("so-dang-ky/trang-cua-mot-nguoi")),
            ([Addresses.employer.pattern], Entry("so-dang-ky/trang-cua-mot-don-vi")),
            ([Addresses.registerFlows.pattern], Entry("so-dang-ky/bien-dong")),
            ([Addresses.doubts.pattern], Entry("so-dang-ky/nghi-trung")),
            ([Addresses.registerQuality.pattern], Entry("so-dang-ky/chat-luong")),
            ([Addresses.review.pattern], Entry("ra-soat/so-lieu-ra-soat")),
            ([Addresses.leads.pattern], Entry("ra-soat/danh-sach-don-vi")),
            ([Addresses.leadEmployer.pattern], Entry("ra-soat/tung-nguoi")),
        ]
    }

    private static var deliveries: [([String], Entry)] {
        [
            ([Addresses.deliveries.pattern], Entry("giao-danh-sach/cac-lan-giao")),
            ([Addresses.delivery.pattern], Entry("giao-danh-sach/phieu-nhan")),
            ([Addresses.sendList.pattern, Addresses.deliveryUpload.pattern], Entry("giao-danh-sach/nop-danh-sach")),
            ([Addresses.returnedRows.pattern, Addresses.returnedRow.pattern], Entry("giao-danh-sach/dong-tra-lai")),
            ([Addresses.deliveryCalendar.pattern], Entry("giao-danh-sach/ai-da-giao-thang-nao")),
            (
                [
                    Addresses.agreements.pattern, Addresses.newAgreement.pattern, Addresses.agreement.pattern,
                    Addresses.newAgreementVersion.pattern,
                ],
                Entry("giao-danh-sach/thoa-thuan")
            ),
            (
                [Addresses.dataRequests.pattern, Addresses.newDataRequest.pattern, Addresses.dataRequest.pattern],
                Entry("giao-danh-sach/yeu-cau-du-lieu")
            ),
            ([Addresses.destruction.pattern], Entry("giao-danh-sach/huy-du-lieu-goc")),
            ([Addresses.programKeys.pattern, Addresses.program.pattern], Entry("giao-danh-sach/chuong-trinh-ket-noi")),
            ([Addresses.exchangeJournal.pattern], Entry("giao-danh-sach/nhat-ky-trao-doi")),
            (
                [Addresses.processing.pattern, Addresses.subjectRequest.pattern],
                Entry("giao-danh-sach/du-lieu-ca-nhan")
            ),
            ([Addresses.operation.pattern], Entry("giao-danh-sach/van-hanh-he-thong")),
        ]
    }

    private static var papers: [([String], Entry)] {
        [
            ([Addresses.documents.pattern, Addresses.newDocument.pattern], Entry("van-thu/soan")),
            ([Addresses.document.pattern], Entry(issuing)),
            ([Addresses.replies.pattern], Entry("van-thu/gui-tung-don-vi-theo-doi-tra-loi")),
            ([Addresses.template.pattern], Entry("phan-bo-van-ban/van-ban")),
            ([Addresses.steering.pattern], Entry(communes)),
            (
                [Addresses.boards.pattern, Addresses.board.pattern, Addresses.boardSection.pattern],
                Entry("tong-hop-bao-cao/co-quan-don-vi", [.analyst: "tong-hop-bao-cao/so-noi-vu"])
            ),
        ]
    }

    private static var keeping: [([String], Entry)] {
        [
            (
                [Addresses.accounts.pattern, Addresses.account.pattern],
                Entry("quan-tri/moi-nguoi-va-pham-vi-cua-vai-tro")
            ),
            ([Addresses.audit.pattern], Entry("quan-tri/nhat-ky")),
            ([Addresses.design.pattern], Entry("quan-tri/trang-thiet-ke")),
            ([Addresses.serverClock.pattern], Entry("quan-tri/su-co")),
            (
                [Addresses.firstSteps.pattern],
                Entry(
                    beginning,
                    [
                        .analyst: "chuyen-vien-thuong-truc/bo-sung-thong-tin-cua-ke-hoach",
                        .insuranceProvince: "co-quan/bhxh",
                    ])
            ),
            (
                [Addresses.identities.pattern, Addresses.identity.pattern],
                Entry(beginning, [.analyst: "van-thu/phan-dau-va-phan-ky-sai"])
            ),
            ([Addresses.unitLists.pattern, Addresses.unitList.pattern], Entry(units)),
            ([Addresses.boundaries.pattern, Addresses.boundaryFile.pattern], Entry(borders)),
            ([Addresses.enterParameter.pattern, Addresses.amendment.pattern], Entry(law)),
        ]
    }

    private static var looking: [([String], Entry)] {
        [
            ([Addresses.calculators.pattern], Entry("tra-cuu-luat/cac-trang-tinh")),
            ([Addresses.parameters.pattern, Addresses.parameter.pattern], Entry("tra-cuu-luat/cach-dung")),
        ]
    }
}
