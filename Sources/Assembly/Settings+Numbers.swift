public import Database
import Exchange
import Formats
import Foundation
import Kernel
import PlanText
import Province
import Registry
public import Vault
import WebDesk

extension Settings {
    /// The keys of the register.
    ///
    /// Their file is made as long as nothing was sealed. Where something was and the file is not there, a new key would open
    /// nothing and divide the register: then there are none, and the register says that it is closed.
    /// - Parameter makes: whether to make a file that is missing.
    public func numberKeys(of store: any DataStore, makes: Bool) async throws -> NumberKeys? {
        guard let path = numberKeyFile else {
            return NumberKeys(
                try KeyFile.ring(text: numberKeyText.replacing(",", with: "\n"), named: "keys.numbers-value"))
        }
        if let ring = try KeyFile.loadExisting(path) { return NumberKeys(ring) }
        guard makes, try await store.read({ try RegisterKeys.used(on: $0) }).isEmpty else { return nil }
        return NumberKeys(try KeyFile.load(path, for: .numbers))
    }
}

extension DeliveryService {
    static func ofSystem(
        _ settings: Settings, formats: [String: Format], store: any DataStore, clock: Clock, keys: NumberKeys?,
        definition: PlanDefinition
    ) -> DeliveryService {
        let (agencies, communes) = (Set(definition.agencies.map(\.code)), definition.communes)
        let units = definition.unitsInForce
        return DeliveryService(
            store: store, clock: clock, keys: keys, formats: formats,
            finder: CommuneFinder(definition.communes), scratch: settings.site.scratch
        ) { sender in
            switch sender {
            case .agency(let code): agencies.contains(code)
            case .agencyUnit(let code): agencies.contains(code.agency) && units.now[code] != nil
            case .commune(let code): communes[code] != nil
            }
        }
    }
}
