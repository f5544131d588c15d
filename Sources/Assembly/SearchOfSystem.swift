import Access
import Components
import Database
import GuidePages
import Kernel
import LawInForce
import Overview
import PlanText
import Remarks
import Reports
import Search
import Work

extension SearchService {
    /// All that is looked for, in the order of the page.
    static func ofSystem(
        store: any DataStore, services: PlanServices, law: LawService?, documents: DocumentService?,
        remarks: RemarkService, guide: GuideBook?
    ) -> SearchService {
        let plan = services.definition
        let products = SearchSource.products(services.work)
        let accounts = SearchSource.accounts { account in
            let units = [account.unit.map(UnitCode.agencyUnit), account.agency.map(UnitCode.agency)]
            return (units.compactMap(\.self) + account.communes.map(UnitCode.commune)).map(plan.name(of:))
        }
        let papers = documents.map { SearchSource.documents($0) }
        let said = (remarks: SearchSource.remarks(remarks), instructions: SearchSource.instructions(remarks))
        let index = SearchIndex(
            store: store,
            sources: [products, .obstacles, said.remarks, said.instructions, accounts] + [papers].compactMap(\.self))
        let groups: [SearchGroup?] = [
            .units(of: plan), .tasks(of: plan), .work(services.work),
            papers.map { SearchGroup("van-ban", "Văn bản", of: $0, in: index) },
            SearchGroup("san-pham", "Sản phẩm đã đưa vào việc", of: products, in: index),
            SearchGroup("vuong-mac", "Vướng mắc, hướng dẫn", of: .obstacles, in: index),
            SearchGroup("but-phe", "Bút phê", of: said.instructions, in: index),
            SearchGroup("y-kien", "Ý kiến", of: said.remarks, in: index),
            law.map { .parameters($0) },
            SearchGroup("tai-khoan", "Tài khoản", of: accounts, in: index),
            guide.map { .guide($0) },
        ]
        return SearchService(index: index, groups: groups.compactMap(\.self))
    }
}
