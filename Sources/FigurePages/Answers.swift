import Mustache

// What is asked for most, and rows of long tables, answer their templates themselves: reflection would be most of their
// cost.

extension DashboardPage: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "year": year
        case "years": years
        case "tabs": tabs
        case "headline": headline
        case "sourceLine": sourceLine
        case "partly": partly
        case "partlyAddress": partlyAddress
        case "incomplete": incomplete
        case "panels": panels
        case "hasFigures": hasFigures
        case "importAddress": importAddress
        case "standings": standings
        case "waiting": waiting
        case "calls": calls
        case "hasCalls": hasCalls
        case "noCalls": noCalls
        case "late": late
        case "lateNothing": lateNothing
        case "lateCommunes": lateCommunes
        case "obstacles": obstacles
        case "contests": contests
        case "unitsAddress": unitsAddress
        case "obstaclesAddress": obstaclesAddress
        case "contestsAddress": contestsAddress
        case "missingData": missingData
        default: nil
        }
    }
}

extension DashboardStandings: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "picture": picture
        case "paths": paths
        case "pathRows": pathRows
        case "movementChart": movementChart
        case "measures": measures
        case "communes": communes
        case "opens": opens
        case "map": map
        case "noMap": noMap
        case "targetGap": targetGap
        case "rows": rows
        case "hasContested": hasContested
        case "scoringNote": scoringNote
        case "listAddress": listAddress
        case "targetsAddress": targetsAddress
        default: nil
        }
    }
}

extension MeasurePanel: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "measureTitle": measureTitle
        case "standing": standing
        case "keyFigures": keyFigures
        case "progress": progress
        case "against": against
        case "movement": movement
        case "bar": bar
        default: nil
        }
    }
}

extension DashboardStandings.PathRow: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "year": year
        case "total": total
        case "totalEnd": totalEnd
        case "voluntary": voluntary
        case "voluntaryEnd": voluntaryEnd
        default: nil
        }
    }
}

extension UnitFiguresView: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "figureYear": figureYear
        case "figureSource": figureSource
        case "panels": panels
        case "courseCharts": courseCharts
        case "picture": picture
        case "targetLine": targetLine
        case "targetAddress": targetAddress
        case "contests": contests
        case "hasContests": hasContests
        case "groupLine": groupLine
        case "groupAddress": groupAddress
        case "figureLinks": figureLinks
        default: nil
        }
    }
}

extension ContestView: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "subject": subject
        case "address": address
        case "stated": stated
        case "proposed": proposed
        case "difference": difference
        case "reason": reason
        case "document": document
        case "proofName": proofName
        case "proofAddress": proofAddress
        case "eraseAddress": eraseAddress
        case "sender": sender
        case "outcome": outcome
        case "forms": forms
        default: nil
        }
    }
}

extension ScoreView: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "score": score
        case "scoreMonth": scoreMonth
        case "place": place
        case "similar": similar
        case "knownNote": knownNote
        case "contestedNote": contestedNote
        case "parts": parts
        case "scoreNote": scoreNote
        default: nil
        }
    }
}

extension ScoreView.Part: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "partTitle": partTitle
        case "partPoints": partPoints
        case "weight": weight
        case "words": words
        default: nil
        }
    }
}

extension AllocationDeskPage.Row: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "anchor": anchor
        case "code": code
        case "name": name
        case "address": address
        case "last": last
        case "lastVoluntary": lastVoluntary
        case "proposal": proposal
        case "total": total
        case "compulsory": compulsory
        case "voluntary": voluntary
        case "growth": growth
        case "locked": locked
        case "bound": bound
        default: nil
        }
    }
}

extension UploadPage.Value: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "name": name
        case "month": month
        case "compulsory": compulsory
        case "voluntary": voluntary
        default: nil
        }
    }
}

extension UploadPage.Note: MustacheParent {
    func child(named tag: String) -> Any? {
        switch tag {
        case "place": place
        case "cell": cell
        case "message": message
        default: nil
        }
    }
}
