import PlanText
import Access
import Charts
import Components
import Hummingbird
import Kernel
import Province
import WebDesk
import Work

/// The communes' borders: what maps are drawn by, and where a file is loaded and looked at.
struct BoundariesPage: Page {
    static let template: PageTemplate = "boundaries"

    /// A file that waits: its map, and what to do with it.
    struct Waiting: Sendable {
        let summary: String
        let map: ChartModel
        let keep: FormModel
        let drop: FormModel
    }

    let back: Frame.Link
    let state: String
    let waiting: Waiting?
    let form: FormModel?
    let takeBack: FormModel?
}

extension FigurePages {
    var boundaryRoutes: [Route] {
        let keeper = RouteAccess.right(.keepBoundaries)
        return [
            .page(Addresses.boundaries, keeper) { request in try await boundariesPage(request) },
            .answeringForm(Addresses.sendBoundaries, keeper) { request in
                guard let file = try request.form.boundaries(WorkField.file) else {
                    throw Refusal(fields: [.init(WorkField.file, "Hãy chọn tệp ranh giới (.geojson).")])
                }
                let id = try await boundaryFiles.enter(file, by: request.submission)
                return .redirect(to: Addresses.boundaryFile(id).text, type: .normal)
            } again: { request, failure in
                try await boundariesPage(request, failure: failure)
            },
            .page(Addresses.boundaryFile, keeper) { request in
                try await boundariesPage(request, waiting: try Self.boundaryFile(request))
            },
            .decision(Addresses.keepBoundaries, keeper) { request, seen in
                try await boundaryFiles.keep(try Self.boundaryFile(request), version: seen, by: request.submission)
                return Addresses.boundaries().telling(.bordersInForce)
            } again: { request, _ in
                try await boundariesPage(request, waiting: try Self.boundaryFile(request))
            },
            .form(Addresses.dropBoundaries, keeper) { request in
                try await boundaryFiles.drop(try Self.boundaryFile(request), by: request.submission)
                return Addresses.boundaries().telling(.valueDropped)
            } again: { request, _ in
                try await boundariesPage(request)
            },
            .decision(Addresses.takeBackBoundaries, keeper) { request, seen in
                try await boundaryFiles.takeBack(version: seen, by: request.submission)
                return Addresses.boundaries().telling(.bordersTakenBack)
            } again: { request, _ in
                try await boundariesPage(request)
            },
        ]
    }

    private static func boundaryFile(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có tệp này.")
    }

    private func boundariesPage(
        _ request: MemberRequest, waiting id: RecordID? = nil, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let (loaded, version) = try await boundaryFiles.inForce(for: request.viewer)
        var waiting: BoundariesPage.Waiting?
        if let id {
            let draft = try await boundaryFiles.draft(id, for: request.viewer).loaded
            waiting = try self.waiting(draft, version: version, for: request)
        }
        let isLoaded = loaded?.boundaries.isEmpty == false
        let folder = desk.definition.communes.boundaries.isEmpty
        let state =
            if let loaded, isLoaded {
                "Đang vẽ theo tệp \(loaded.fileName), \(loaded.enteredBy) nạp lúc \((loaded.keptAt ?? loaded.enteredAt).vietnamese)."
            } else if folder {
                "Chưa có ranh giới: bản đồ đang vẽ lược giản theo vị trí và diện tích của từng đơn vị."
            } else {
                "Đang vẽ theo ranh giới trong bộ dữ liệu kế hoạch."
            }
        let model = BoundariesPage(
            back: Frame.Link("Tổng quan", Addresses.dashboard()), state: state, waiting: waiting,
            form: waiting == nil
                ? form(
                    "nap-ranh-gioi", Addresses.sendBoundaries(), "Xem bản đồ",
                    fields: [
                        Field(
                            WorkField.file, "Tệp ranh giới", kind: .file(.boundaries),
                            hint:
                                "GeoJSON, hệ tọa độ WGS 84 (EPSG:4326), đủ \(desk.definition.communes.communes.count) đơn vị, có một thuộc tính là mã đơn vị 5 chữ số. Tối đa 25 MB. Hệ thống chỉ giữ đường nét đã làm đơn giản để vẽ bản đồ."
                        )
                    ], for: request, failure: failure) : nil,
            takeBack: isLoaded && waiting == nil
                ? form(
                    "bo-ranh-gioi", Addresses.takeBackBoundaries(), "Bỏ ranh giới đã nạp", look: "warning",
                    asks:
                        "Mọi bản đồ trở lại như bộ dữ liệu kế hoạch; muốn dùng lại ranh giới này thì phải nạp lại tệp.",
                    version: version, for: request) : nil)
        return try page("Ranh giới trên bản đồ", model, for: request)
    }

    private func waiting(
        _ draft: StoredBoundaries.Loaded, version: Int, for request: MemberRequest
    ) throws -> BoundariesPage.Waiting {
        let communes = desk.definition.communes
        guard let layout = MapLayouts.layout(of: communes, by: draft.boundaries) else {
            throw Refusal(.notFound, "Tệp này không còn chờ xem.")
        }
        let shades = communes.communes.map { commune in
            (
                commune.code.text,
                AreaMap.Shade(
                    level: .onCourse, name: VietnameseText.sentence(commune.fullName), words: commune.code.text,
                    address: Addresses.unit(.commune(commune.code)).text)
            )
        }
        let map = AreaMap(
            id: "xem-truoc", title: "Ranh giới của \(draft.boundaries.count) xã, phường, đặc khu", layout: layout,
            shades: Dictionary(shades, uniquingKeysWith: { first, _ in first }), legend: nil)
        return BoundariesPage.Waiting(
            summary:
                "Chưa dùng. Tệp \(draft.fileName): đủ \(draft.boundaries.count) đơn vị. Hãy xem từng đơn vị có đúng chỗ không.",
            map: ChartModel(map, caption: "Đường nét đã làm đơn giản; không thay bản đồ địa giới"),
            keep: form(
                "dung-ranh-gioi", Addresses.keepBoundaries(draft.id), "Dùng ranh giới này cho mọi bản đồ",
                version: version, for: request),
            drop: form(
                "bo-tep-ranh-gioi", Addresses.dropBoundaries(draft.id), "Bỏ, không dùng", look: "secondary",
                asks: "Tệp vừa nạp bị bỏ; bản đồ đang dùng không đổi.",
                for: request))
    }
}
