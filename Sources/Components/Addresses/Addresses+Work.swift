public import Kernel

// Work, units, tasks, obstacles.
extension Addresses {
    public static let myDay = FixedPlace("/hom-nay")
    public static let workList = FixedPlace("/viec")
    /// What waits for a reviewer, one after another.
    public static let reviewQueue = FixedPlace("/duyet")
    public static let decideReviews = reviewQueue.form("quyet-dinh")
    public static let takeBackReviews = reviewQueue.form("hoan-tac")
    /// Those who are late, and one message to all of them.
    public static let lateUnits = FixedPlace("/nhac-don-vi-cham")
    public static let remindLateUnits = lateUnits.form("gui")
    /// The work of one unit, of one task, as a workbook.
    public static let unitWorkbook = FixedPlace("/viec/don-vi.xlsx")
    public static let taskWorkbook = FixedPlace("/viec/nhiem-vu.xlsx")
    /// A piece of work by its id, which is three steps of a path.
    public static let work = Place<String>("/viec/{task}/{period}/{lead}", link: "/viec/{work}")
    public static let addProduct = work.form("san-pham")
    /// Takes the figure that the system holds as a product.
    public static let takeHeldFigure = work.form("lay-so-lieu")
    public static let removeProduct = work.form("bo-san-pham")
    public static let submitWork = work.form("nop")
    public static let withdrawWork = work.form("rut")
    public static let acceptWork = work.form("chap-nhan")
    public static let returnWork = work.form("tra-lai")
    public static let askExtension = work.form("gia-han")
    public static let decideExtension = work.form("quyet-dinh-gia-han")
    public static let setDueDay = work.form("thoi-han")
    public static let addNote = work.form("ghi-chu")
    public static let addStep = work.form("buoc")
    public static let completeStep = work.form("xong-buoc")
    /// A file of a product.
    public static let file = Place<RecordID>("/tep/{id}")
    /// Erasing files, whatever names them.
    public static let erasures = FixedPlace("/huy-tep")
    public static let erasure = Place<RecordID>("/huy-tep/{id}")
    public static let proposeErasure = erasure.form("de-nghi")
    public static let confirmErasure = erasure.form("xac-nhan")
    public static let withdrawErasure = erasure.form("bo")

    /// What a new installation needs.
    public static let firstSteps = FixedPlace("/quan-tri/buoc-dau")
    /// Who agencies are in documents.
    public static let identities = FixedPlace("/quan-tri/co-quan")
    public static let identity = Place<AgencyCode>("/quan-tri/co-quan/{agency}")
    public static let previewIdentity = identity.form("xem")
    public static let keepIdentity = identity.form("luu")
    public static let units = FixedPlace("/don-vi")
    public static let unit = Place<UnitCode>("/don-vi/{unit}")
    public static let unitPrint = unit.below("in")
    /// Tables of agencies' units: what is known, and loading another.
    public static let unitLists = FixedPlace("/quan-tri/don-vi-truc-thuoc")
    /// The units of one agency as a workbook.
    public static let agencyUnitsWorkbook = FixedPlace("/quan-tri/don-vi-truc-thuoc/mot-co-quan.xlsx")
    public static let sendUnitList = unitLists.form("nap")
    public static let unitListTemplate = FixedPlace("/quan-tri/don-vi-truc-thuoc/bang.xlsx")
    /// A table that was sent, before it is taken.
    public static let unitList = Place<RecordID>("/quan-tri/bang-don-vi/{id}")
    public static let unitListFile = unitList.below("tep")
    public static let keepUnitList = unitList.form("luu")
    public static let dropUnitList = unitList.form("bo")
    public static let tasks = FixedPlace("/nhiem-vu")
    public static let task = Place<String>("/nhiem-vu/{task}")
    /// Shows what another rule of deadlines changes, before it is kept.
    public static let previewRule = task.form("quy-tac")
    public static let overrideRule = task.below("quy-tac/ap-dung").form(on: task)
    public static let openUnplanned = task.form("dot-xuat")
    public static let calendar = FixedPlace("/lich")
    /// For calendar programs: the secret is the permission.
    public static let calendarFeed = Place<String>("/lich/nguoi/{token}", link: "/lich/nguoi/{token}.ics")
    public static let plan = FixedPlace("/ke-hoach")
    public static let completePlan = plan.form("bo-sung")
    /// Shows what another day changes, before it is kept.
    public static let previewCountingDay = plan.form("ngay-bat-dau-tinh")
    public static let setCountingDay = plan.form("ngay-bat-dau-tinh/ap-dung")

    public static let obstacles = FixedPlace("/vuong-mac")
    public static let sendObstacle = FixedPlace("/vuong-mac/gui")
    /// Puts obstacles into the groups of the report on them.
    public static let obstacleGroups = FixedPlace("/vuong-mac/nhom")
    public static let obstacle = Place<RecordID>("/vuong-mac/{id}")
    public static let mergeObstacle = obstacle.form("gop")
    public static let assignObstacle = obstacle.form("giao")
    public static let answerObstacle = obstacle.form("tra-loi")
}
