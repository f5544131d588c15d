import Synchronization

/// What was sent to a server that may end at any moment, and what it answered.
final class CrashLedger: Sendable {
    enum Kind: String, CaseIterable {
        case product = "products with files"
        case handIn = "hand-ins"
        case decision = "decisions"
        case upload = "files of figures"
        case taking = "files taken"
    }

    enum Fate {
        case accepted
        case refused
        /// No answer came. The same form is sent again after the restart, as a person would who sees an empty page.
        case cutOff(PageClient.SentForm)
    }

    struct Entry {
        let kind: Kind
        /// Stands in what is stored, and nowhere else.
        let mark: String
        let token: String
        var fate: Fate
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var number = 0
        var complaints: [String] = []
        var sentAgain = 0
    }

    private let state = Mutex(State())

    /// A text that nothing else holds.
    func mark() -> String {
        state.withLock { state in
            state.number += 1
            return "sập-\(state.number)"
        }
    }

    /// Sends a form and notes what came of it.
    /// - Returns: whether it was accepted.
    /// - Throws: ``PageClient/CutOff`` where no answer came.
    func send(
        _ form: PageClient.SentForm, _ kind: Kind, _ mark: String, as token: String, on client: inout PageClient
    ) throws(PageClient.CutOff) -> PageClient.Answer? {
        let answer: PageClient.Answer
        do throws(PageClient.CutOff) {
            answer = try client.send(form)
        } catch {
            note(Entry(kind: kind, mark: mark, token: token, fate: .cutOff(form)))
            throw error
        }
        if answer.status >= 500 { complain("\(form.action) answered \(answer.status)") }
        note(Entry(kind: kind, mark: mark, token: token, fate: answer.status == 303 ? .accepted : .refused))
        return answer.status == 303 ? answer : nil
    }

    private func note(_ entry: Entry) { state.withLock { $0.entries["\(entry.kind) \(entry.mark)"] = entry } }

    func complain(_ text: String) { state.withLock { $0.complaints.append(text) } }

    /// Sends again what was cut off.
    func sendAgain(to port: Int, cookie: String) {
        for entry in entries {
            guard case .cutOff(let form) = entry.fate else { continue }
            var client = PageClient(port: port, cookies: [cookie: entry.token])
            do throws(PageClient.CutOff) {
                _ = try send(form, entry.kind, entry.mark, as: entry.token, on: &client)
                state.withLock { $0.sentAgain += 1 }
            } catch {
                complain("no answer from a server that nobody ended: \(form.action)")
            }
        }
    }

    var entries: [Entry] { state.withLock { Array($0.entries.values) } }
    var complaints: [String] { state.withLock { $0.complaints } }
    var sentAgain: Int { state.withLock { $0.sentAgain } }
}
