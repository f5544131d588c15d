/// The small language of levels and blocking rules: names, calls, comparisons with a number, `and`, `or`, `not`, brackets.
indirect enum Expression: Equatable, Sendable {
    /// What a test is held against: `>= 0.9`.
    struct Bound: Equatable, Sendable {
        let sign: String
        let number: Double
    }

    /// `exact`, `given(name)`, `prefix(name, 3)`; with a bound: `damerau <= 1`, `jaro-winkler(name) >= 0.9`.
    case test(String, arguments: [String], bound: Bound?)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case not(Expression)

    init(_ text: String) throws(SettingsError) {
        // Brackets nest as deep as the text is long.
        guard text.utf8.count <= 1_000 else {
            throw SettingsError("điều kiện dài hơn 1.000 ký tự; hãy tách thành nhiều điều kiện")
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
            if let next { throw problem("thừa “\(next)”; nối các điều kiện bằng and, or hoặc &") }
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
                guard take(")") else { throw problem("thiếu dấu đóng ngoặc") }
                return inner
            }
            guard let name = next, name.first.map({ $0.isLetter || $0 == "_" }) ?? false else {
                throw problem(next.map { "“\($0)” không phải là điều kiện" } ?? "thiếu điều kiện ở cuối")
            }
            position += 1
            var arguments: [String] = []
            if take("(") {
                repeat {
                    guard let argument = next, argument != ")", argument != "," else {
                        throw problem("trong ngoặc của \(name) thiếu tên cột")
                    }
                    arguments.append(argument)
                    position += 1
                } while take(",")
                guard take(")") else { throw problem("ngoặc của \(name) chưa đóng") }
            }
            for sign in ["<=", ">=", "<", ">"] where take(sign) {
                guard let number = next.flatMap({ Double($0) }), number.magnitude <= 1e6 else {
                    throw problem("sau \(name) \(sign) phải là một số không quá 1.000.000")
                }
                position += 1
                return .test(name, arguments: arguments, bound: Bound(sign: sign, number: number))
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
