public import Kernel

// Figures, targets and their allocation, scores, groups, forecast.
extension Addresses {
    public static let dashboard = FixedPlace("/tong-quan")
    /// Each commune against its target.
    public static let standings = FixedPlace("/tong-quan/don-vi")
    public static let scores = FixedPlace("/xep-hang")
    /// The agencies' part of the ranking as a workbook.
    public static let agencyScoresWorkbook = FixedPlace("/xep-hang/co-quan.xlsx")
    public static let forecast = FixedPlace("/du-bao")
    /// The communes' borders on maps.
    public static let boundaries = FixedPlace("/quan-tri/ranh-gioi")
    public static let sendBoundaries = boundaries.form("nap")
    public static let takeBackBoundaries = boundaries.form("thu-hoi")
    /// A file that was sent, before it is used.
    public static let boundaryFile = Place<RecordID>("/quan-tri/tep-ranh-gioi/{id}")
    public static let keepBoundaries = boundaryFile.form("dung")
    public static let dropBoundaries = boundaryFile.form("bo")

    public static let figures = FixedPlace("/so-lieu")
    public static let receiveFigures = figures.form("nap")
    /// Lists as workbooks: the months, the figures of a batch, the communes of a month.
    public static let monthsWorkbook = FixedPlace("/so-lieu/cac-thang.xlsx")
    public static let batchLinesWorkbook = FixedPlace("/so-lieu/lo.xlsx")
    public static let monthWorkbook = FixedPlace("/so-lieu/thang.xlsx")
    public static let figureMonth = Place<Month>("/so-lieu/thang/{month}")
    public static let figureBatch = Place<Int>("/so-lieu/lo/{number}")
    public static let withdrawBatch = figureBatch.form("thu-hoi")
    /// A file of figures as it was sent.
    public static let figureFile = Place<RecordID>("/so-lieu/tep-goc/{id}")
    /// A file that waits to be accepted.
    public static let upload = Place<RecordID>("/so-lieu/tep/{id}")
    public static let acceptUpload = upload.form("nhan")
    public static let discardUpload = upload.form("bo")
    public static let returnedUpload = upload.below("tra-lai")
    /// One figure; the last part is a scheme's slug.
    public static let figure = Place<CommuneCode, Month, String>("/so-lieu/don-vi/{unit}/{month}/{scheme}")
    public static let contestFigure = figure.form("de-nghi")
    public static let movements = FixedPlace("/so-lieu/bien-dong")
    public static let receiveMovements = movements.form("nap")
    /// The labour force of one place, typed.
    public static let typeLabourForce = movements.form("lao-dong")
    /// A file of movements that waits to be accepted.
    public static let movementUpload = Place<RecordID>("/so-lieu/bien-dong/tep/{id}")
    public static let acceptMovements = movementUpload.form("nhan")
    public static let discardMovements = movementUpload.form("bo")
    /// Its lists as workbooks: what forms say, the batches, the numbers of one.
    public static let movementNumbersWorkbook = FixedPlace("/so-lieu/bien-dong/so.xlsx")
    public static let movementBatchesWorkbook = FixedPlace("/so-lieu/bien-dong/cac-lo.xlsx")
    public static let movementLinesWorkbook = FixedPlace("/so-lieu/bien-dong/lo.xlsx")
    public static let movementBatch = Place<Int>("/so-lieu/bien-dong/lo/{number}")
    public static let withdrawMovements = movementBatch.form("thu-hoi")
    public static let contests = FixedPlace("/so-lieu/de-nghi")
    public static let decideContest = Place<RecordID>("/so-lieu/de-nghi/{id}/quyet-dinh").form(on: contests)

    public static let targets = FixedPlace("/chi-tieu")
    public static let loadTargets = targets.form("nap")
    public static let targetVersions = Place<UnitCode>("/chi-tieu/{unit}")
    public static let proposal = FixedPlace("/de-xuat-chi-tieu")

    /// A commune's groups as a workbook.
    public static let groupsWorkbook = FixedPlace("/to-dan-pho.xlsx")
    public static let groups = Place<UnitCode>("/don-vi/{unit}/to-dan-pho")
    /// The group that one heads.
    public static let ownGroup = FixedPlace("/to-cua-toi")
    public static let countOwnGroup = ownGroup.form("dem")
    public static let loadGroups = groups.form("nap")
    public static let saveGroup = groups.form("luu")
    public static let removeGroup = groups.form("bo")

    public static let scenarios = FixedPlace("/phan-bo")
    /// What communes proposed, as a workbook.
    public static let proposalsWorkbook = FixedPlace("/phan-bo/de-xuat.xlsx")
    /// Two scenarios side by side, as a workbook.
    public static let comparisonWorkbook = FixedPlace("/phan-bo/so-sanh.xlsx")
    public static let beginScenario = scenarios.form("moi")
    public static let callForProposals = scenarios.form("keu-goi")
    public static let scenario = Place<RecordID>("/phan-bo/{id}")
    public static let changeNumbers = scenario.form("so")
    /// Numbers typed into single cells, saved in place; answered to the page's script.
    public static let saveCells = scenario.form("o")
    public static let changeSettings = scenario.form("thiet-lap")
    public static let loadInputs = scenario.form("nap")
    public static let undoScenario = scenario.form("hoan-tac")
    public static let copyScenario = scenario.form("chep")
    public static let decideScenario = scenario.form("quyet-dinh")
    /// A second person confirms a proposed decision, or anybody who may decide takes it back.
    public static let confirmDecision = scenario.form("xac-nhan")
    public static let withdrawDecision = scenario.form("rut-de-nghi")
    /// A unit of a scenario, by its code there.
    public static let scenarioUnit = Place<RecordID, String>("/phan-bo/{id}/don-vi/{code}")
    public static let scenarioMap = scenario.below("ban-do")
    public static let scenarioComparison = scenario.below("so-sanh")
    public static let scenarioInputs = scenario.below("dau-vao.csv")
    public static let decisionFile = scenario.below("tep")
}
