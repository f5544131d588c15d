import Kernel

/// Somebody as one row of one list writes him.
struct WrittenPerson {
    var name: String
    /// Empty where the column is; eleven digits where a zero was lost.
    var identity: String
    /// Of nine digits, where the sender knows it.
    var oldCard: String
    var insuranceCode: String
    var birth: ListCell
    let isWoman: Bool
    var phone: String
    var address: String
    /// Place among the communes, as the row says.
    var place: Int
    var group: String

    /// As “Mã số BHXH” of the forms of 2026 stands: the old code, or the number that takes its place (identifiers.md 2).
    func codeOrIdentity(_ draws: inout Draws) -> String {
        if insuranceCode.isEmpty { return identity }
        return identity.isEmpty || draws.chance(0.4) ? insuranceCode : identity
    }

    /// - Parameter list: whose rates hold; what goes wrong is counted there.
    init(_ person: Int, _ city: City, _ list: ListWriter, _ draws: inout Draws, time: Int = City.lastTime) {
        let resident = city.people.residents[person]
        isWoman = resident.isWoman
        name = city.name(of: person)
        if list.soils(.tonePlacement, &draws) { name = DirtyText.otherTone(name) }
        if list.soils(.droppedMiddle, &draws) { name = DirtyText.withoutMiddle(name) }
        if list.soils(.wordOrder, &draws) { name = DirtyText.turned(name) }
        if list.soils(.nameTypo, &draws) { name = DirtyText.typo(name, &draws) }
        if list.soils(.lostAccents, &draws) { name = DirtyText.flat(name) }
        if list.soils(.doubleSpace, &draws) { name = name.replacing(" ", with: "  ", maxReplacements: 1) }
        oldCard = city.oldCard(of: person) ?? ""
        identity = city.identity(of: person)
        if list.soils(.missingID, &draws) {
            identity = ""
        } else if !oldCard.isEmpty, list.soils(.oldID, &draws) {
            identity = oldCard
        } else if list.soils(.idTypo, &draws) {
            identity = DirtyText.digitTypo(identity, &draws)
        } else if identity.hasPrefix("0"), list.soils(.lostZero, &draws) {
            identity.removeFirst()
        }
        insuranceCode = city.insuranceCode(of: person) ?? ""
        if !insuranceCode.isEmpty, list.soils(.missingSICode, &draws) { insuranceCode = "" }
        birth = Self.birth(resident.born, list, &draws)
        phone = city.phone(of: person) ?? ""
        if !phone.isEmpty {
            if list.soils(.missingPhone, &draws) {
                phone = ""
            } else if list.soils(.phoneLostZero, &draws) {
                phone.removeFirst()
            }
        }
        var written = time
        if resident.moved != Resident.never, time >= Int(resident.moved), list.soils(.staleAddress, &draws) {
            written = Int(resident.moved) - 1
        }
        address = city.address(of: person, at: written, old: list.soils(.oldAddress, &draws))
        place = city.people.place(of: person, at: written)
        group = city.group(of: person, at: written)
    }

    private static func birth(_ born: Day, _ list: ListWriter, _ draws: inout Draws) -> ListCell {
        var day = born
        if born.day <= 12, born.day != born.month, list.soils(.swappedDay, &draws) {
            day = Day(year: born.year, month: born.day, day: born.month) ?? born
        } else if list.soils(.yearTypo, &draws) {
            let year = born.year + (draws.chance(0.5) ? 1 : -1) * (draws.chance(0.7) ? 1 : 10)
            day = Day(year: min(year, list.lastYear), month: born.month, day: min(born.day, 28)) ?? born
        }
        if born.year < 1962, born.month == 1, born.day == 1 {
            // Whoever was written down on the first of January often stands by the year.
            if draws.chance(0.5) { return .text("\(day.year)") }
        } else if list.soils(.yearOnly, &draws) {
            return .text("\(day.year)")
        }
        return .day(day)
    }
}
