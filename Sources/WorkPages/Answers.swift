import Mustache

// What is asked for most, and rows of long tables, answer their templates themselves: reflection would be most of their
// cost.

extension UnitPage: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "unitsNote": unitsNote
        case "year": year
        case "counts": counts
        case "missing": missing
        case "nothingMissing": nothingMissing
        case "table": table
        case "list": list
        case "printAddress": printAddress
        case "committeeAddress": committeeAddress
        case "figures": figures
        case "steps": steps
        case "hasSteps": hasSteps
        case "seesWork": seesWork
        case "score": score
        default: nil
        }
    }
}

extension UnitPage.Missing: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "task": task
        case "address": address
        case "product": product
        case "due": due
        case "distance": distance
        default: nil
        }
    }
}

extension CountFigures: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "title": title
        case "figures": figures
        case "note": note
        default: nil
        }
    }
}

extension CountFigures.Figure: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "label": label
        case "number": number
        case "address": address
        case "alarm": alarm
        default: nil
        }
    }
}

extension UnitsPage.Light: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "name": name
        case "address": address
        case "light": light
        case "word": word
        default: nil
        }
    }
}

extension CalendarPage.Entry: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "text": text
        case "address": address
        case "late": late
        default: nil
        }
    }
}
