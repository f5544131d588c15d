import Access
import Components
import Hummingbird
import Kernel
import Search
import WebDesk

struct SearchPage: Page {
    static let template: PageTemplate = "search"

    /// A piece of a text; the joined pieces are the text.
    struct Piece: Sendable {
        let text: String
        /// Whether it holds a word looked for.
        let isMatch: Bool
    }

    struct Row: Sendable {
        let address: String
        let title: [Piece]
        let hasDetail: Bool
        let detail: [Piece]
    }

    struct Group: Sendable {
        let id: String
        let heading: String
        let rows: [Row]
        /// The page with all of them, when only the first are shown here.
        let more: String?
    }

    let action: String
    let query: String
    /// The one group that is shown; nil for all.
    let only: String?
    let everything: Frame.Link?
    /// Told to whoever listens: how much was found.
    let told: String?
    let groups: [Group]
    /// Links to the groups on this page, where there are several.
    let hasGroups: Bool
    let contents: [Frame.Link]
    let previous: String?
    let next: String?
    let isPaged: Bool
    /// That the index is being made, so that some things are not found yet.
    let filling: String?
    /// What to do when nothing was found, or before anything was typed.
    let hint: String?
}

extension SearchPages {
    /// Longer texts are cut: nobody types them.
    private static let longestQuery = 200

    func searchPage(_ request: MemberRequest) async throws -> Response {
        let typed = String(VietnameseText.tidy(request.query[.search]).prefix(Self.longestQuery))
        let words = SearchWords(typed: typed)
        let number = min(max(Int(request.query[.page]) ?? 1, 1), SearchService.lastPage)
        let only = request.query[.searchGroup]
        let one = only.isEmpty ? nil : try await search.find(words, of: only, page: number, for: request.viewer)
        let found = if let one { [one] } else { try await search.find(words, for: request.viewer) }
        let here = Addresses.search().with(.search, typed)
        func page(_ number: Int) -> String { here.with(.searchGroup, only).with(.page, number).text }
        let groups = found.filter { !$0.hits.isEmpty }.map { found in
            SearchPage.Group(
                id: "muc-\(found.slug)", heading: found.title, rows: found.hits.compactMap { row($0, words) },
                more: one == nil && found.hasMore ? here.with(.searchGroup, found.slug).text : nil)
        }
        let contents = groups.map {
            Frame.Link("\($0.heading) (\($0.rows.count)\($0.more == nil ? "" : "+"))", "#\($0.id)")
        }
        let model = SearchPage(
            action: Addresses.search().text, query: typed, only: one?.slug,
            everything: one.map { _ in Frame.Link("Tìm trong tất cả các mục", here) },
            told: words.isEmpty ? nil : Self.told(found), groups: groups, hasGroups: groups.count > 1,
            contents: contents, previous: one != nil && number > 1 ? page(number - 1) : nil,
            next: one?.hasMore == true && number < SearchService.lastPage ? page(number + 1) : nil,
            isPaged: one != nil && (number > 1 || one?.hasMore == true),
            filling: try await search.isComplete() ? nil : Self.fillingWords,
            hint: groups.isEmpty ? Self.hint(typed: typed, words) : nil)
        return try self.page(typed.isEmpty ? "Tìm kiếm" : "Tìm “\(typed)”", model, for: request)
    }

    private static let fillingWords =
        "Hệ thống đang lập chỉ mục tìm kiếm. Văn bản, sản phẩm, vướng mắc, tài khoản có thể chưa tìm thấy đủ; hãy tìm lại sau ít phút."

    private static func told(_ found: [SearchFound]) -> String {
        let count = found.reduce(0) { $0 + $1.hits.count }
        guard count > 0 else { return "Không tìm thấy mục nào bạn được xem." }
        return found.contains(where: \.hasMore) ? "Hiện \(count) mục đầu." : "Tìm thấy \(count) mục."
    }

    private static func hint(typed: String, _ words: SearchWords) -> String {
        let what =
            "Gõ tên xã, phường, cơ quan, mã nhiệm vụ (II.8), số hoặc trích yếu văn bản, nội dung vướng mắc, hướng dẫn, tham số của pháp luật."
        if typed.isEmpty { return what }
        if words.isEmpty { return "Hãy gõ ít nhất một chữ hoặc một số. \(what)" }
        return "Hãy bớt từ, hoặc kiểm tra chính tả; mỗi mục tìm thấy phải có đủ các từ đã gõ. \(what)"
    }

    private func row(_ hit: SearchHit, _ words: SearchWords) -> SearchPage.Row? {
        let address: Address? =
            switch hit.target {
            case .subject(let subject): desk.page(of: subject)
            case .unit(let unit): Addresses.unit(unit)
            case .account(let id): Addresses.account(id)
            case .guide(let chapter, let section): Addresses.guideSection(chapter, section)
            case .word(let slug): Addresses.glossary().at(slug)
            }
        func pieces(_ text: String) -> [SearchPage.Piece] {
            words.marking(text).map { SearchPage.Piece(text: $0.text, isMatch: $0.isMatch) }
        }
        return address.map { address in
            SearchPage.Row(
                address: address.text, title: pieces(hit.title), hasDetail: !hit.detail.isEmpty,
                detail: pieces(hit.detail))
        }
    }
}

// One of each model, complete: see ``Page/sample``.

extension SearchPage {
    static let sample = SearchPage(
        action: "/dia-chi", query: "báo cáo", only: "van-ban", everything: .sample, told: "Tìm thấy 1 mục.",
        groups: [.sample], hasGroups: true, contents: [.sample], previous: "/dia-chi", next: "/dia-chi", isPaged: true,
        filling: "Đang lập chỉ mục.", hint: "Hãy bớt từ.")
}

extension SearchPage.Group {
    static let sample = SearchPage.Group(
        id: "muc-van-ban", heading: "Văn bản", rows: [.sample], more: "/dia-chi")
}

extension SearchPage.Row {
    static let sample = SearchPage.Row(
        address: "/dia-chi", title: [.sample], hasDetail: true, detail: [.sample])
}

extension SearchPage.Piece {
    static let sample = SearchPage.Piece(text: "Báo cáo", isMatch: true)
}
