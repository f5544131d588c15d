/// The small language of levels and blocking rules: names, calls, comparisons with a number, `and`, `or`, `not`, brackets.
indirect enum Expression: Equatable, Sendable {
    /// `exact`, `given(name)`, `prefix(name, 3)`; with a bound: `damerau <= 1`, `jaro-winkler(name) >= 0.9`.
    case test(String, arguments: [String], bound: Double?)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case not(Expression)

    init(_ text: String) throws(SettingsError) {
        // Brackets nest as deep as the text is long.
        guard text.utf8.count <= 1_000 else {
            throw SettingsError("a condition of more than 1,000 characters; part it")
        }
        var parser = Parser(text)
        self = try parser.whole()
    }

    private struct Parser {
        let text: String
        var tokens: [String]
        var position = 0

        init(_ text: String) {
            self.text = text
            var tokens: [String] = []
            var word = ""
            func end() {
                if !word.isEmpty { tokens.append(word) }
                word = ""
            }
            for character in text {
                if character.isWhitespace {
                    end()
                } else if "(),&".contains(character) {
                    end()
                    tokens.append(String(character))
                } else if character == "=", let last = tokens.last, last == "<" || last == ">", word.isEmpty {
                    tokens[tokens.count - 1] = last + "="
                } else if "<>".contains(character) {
                    end()
                    tokens.append(String(character))
                } else {
                    word.append(character)
                }
            }
            end()
            self.tokens = tokens
        }

        var next: String? { position < tokens.count ? tokens[position] : nil }

        mutating func take(_ token: String) -> Bool {
            guard next == token else { return false }
            position += 1
            return true
        }

        func problem(_ what: String) -> SettingsError { SettingsError("“\(text)”: \(what)") }

        mutating func whole() throws(SettingsError) -> Expression {
            let expression = try either()
            if let next { throw problem("“\(next)” is not expected here; join conditions with and, or, &") }
            return expression
        }

        mutating func either() throws(SettingsError) -> Expression {
            var left = try both()
            while take("or") { left = .or(left, try both()) }
            return left
        }

        mutating func both() throws(SettingsError) -> Expression {
            var left = try single()
            while take("and") || take("&") { left = .and(left, try single()) }
            return left
        }

        mutating func single() throws(SettingsError) -> Expression {
            if take("not") { return .not(try single()) }
            if take("(") {
                let inner = try either()
                guard take(")") else { throw problem("a bracket is not closed") }
                return inner
            }
            guard let name = next, name.first.map({ $0.isLetter || $0 == "_" }) ?? false else {
                throw problem(next.map { "“\($0)” is no condition" } ?? "a condition is missing at the end")
            }
            position += 1
            var arguments: [String] = []
            if take("(") {
                repeat {
                    guard let argument = next, argument != ")", argument != "," else {
                        throw problem("\(name)( ) lacks an argument")
                    }
                    arguments.append(argument)
                    position += 1
                } while take(",")
                guard take(")") else { throw problem("the bracket of \(name) is not closed") }
            }
            for sign in ["<=", ">=", "<", ">"] where take(sign) {
                guard let number = next.flatMap({ Double($0) }), number.magnitude <= 1e6 else {
                    throw problem("\(name) \(sign) wants a number up to 1,000,000")
                }
                position += 1
                return .test(name, arguments: arguments, bound: number)
            }
            return .test(name, arguments: arguments, bound: nil)
        }
    }

    /// The parts of a conjunction, in order.
    var conjuncts: [Expression] {
        if case .and(let left, let right) = self { return left.conjuncts + right.conjuncts }
        return [self]
    }
}
