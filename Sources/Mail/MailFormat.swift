import Foundation

extension MailMessage {
    /// The letter as RFC 5322 has it: CRLF line ends, header lines of at most 78 octets where the content allows it,
    /// ASCII throughout. Non-ASCII header text is `B`-encoded in UTF-8 (RFC 2047), the body is base64 of UTF-8 text in
    /// lines of 76 columns (RFC 2045 section 6.8), and `Auto-Submitted: auto-generated` (RFC 3834) keeps holiday
    /// notices from answering.
    ///
    /// The result depends on nothing but the arguments; the date is written in UTC.
    ///
    /// - Parameter sender: `address@domain` or `Name <address@domain>`.
    /// - Throws: ``MailError/invalidAddress(_:)`` for a sender or recipient that is no address;
    ///   ``MailError/invalidField(_:)`` when the subject or the identifier holds a line break, another control
    ///   character or (identifier) anything but `atext`. Nothing a field holds can so begin a header of its own.
    public func rendered(from sender: String) throws(MailError) -> String {
        let from = try MailAddress(sender)
        let to = try MailAddress(recipient)
        guard !subject.unicodeScalars.contains(where: MailAddress.isControl) else { throw .invalidField("Subject") }
        let lines = [
            "From: \(MailFormat.mailbox(from))",
            "To: \(MailFormat.mailbox(to))",
            "Subject: \(MailFormat.unstructured(subject))",
            "Date: \(MailFormat.dateTime(date))",
            "Message-ID: <\(try messageID(domain: from.domain))>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "Auto-Submitted: auto-generated",
            "",
            MailFormat.base64Body(body),
        ]
        return lines.joined(separator: "\r\n")
    }

    private func messageID(domain: Substring) throws(MailError) -> String {
        let sides = identifier.split(separator: "@", omittingEmptySubsequences: false)
        guard sides.count <= 2, identifier.utf8.count <= 200, sides.allSatisfy({ MailAddress.isDotAtom($0) }) else {
            throw .invalidField("Message-ID")
        }
        return sides.count == 2 ? identifier : "\(identifier)@\(domain)"
    }
}

/// The parts of a letter's encoding.
enum MailFormat {
    /// UTF-8 bytes in one encoded word: 52 base64 characters and 12 of wrapping leave room for the longest field name
    /// on the first line of 76 (RFC 2047 section 2).
    private static let wordBytes = 39

    /// `address`, or `name <address>` with the name as atoms or encoded words (RFC 5322 section 3.4).
    static func mailbox(_ address: MailAddress) -> String {
        guard !address.name.isEmpty else { return address.address }
        let words = address.name.split(separator: " ")
        let plain =
            address.name.utf8.count <= 40 && !address.name.contains("=?")
            && words.allSatisfy { word in
                word.utf8.allSatisfy { byte in byte != UInt8(ascii: ".") } && MailAddress.isDotAtom(word)
            }
        let name = plain ? words.joined(separator: " ") : encodedWords(address.name)
        return "\(name)\r\n <\(address.address)>"
    }

    /// Unstructured text (RFC 5322 section 2.2.1): as it is when short, printable ASCII; otherwise as encoded words.
    static func unstructured(_ text: String) -> String {
        let printable = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        let spaced = text.hasPrefix(" ") || text.hasSuffix(" ")
        let plain = printable && !spaced && !text.contains("=?") && text.utf8.count <= 66
        return plain ? text : encodedWords(text)
    }

    /// Encoded words joined by CRLF SPACE; each holds whole characters only (RFC 2047 section 5, at the end).
    static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        func close() {
            guard !word.isEmpty else { return }
            words.append("=?UTF-8?B?\(Data(word).base64EncodedString())?=")
            word.removeAll()
        }
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > wordBytes { close() }
            word += bytes
        }
        close()
        return words.joined(separator: "\r\n ")
    }

    /// The `date-time` of RFC 5322 section 3.3 in UTC, as in `Thu, 01 Jan 1970 00:00:00 +0000`.
    static func dateTime(_ secondsSinceEpoch: Int64) -> String {
        let (days, seconds) = floorDivide(secondsSinceEpoch, by: 86_400)
        let date = civilDate(daysSinceEpoch: days)
        let weekday = Int(floorDivide(days + 4, by: 7).remainder)
        let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }.joined(separator: ":")
        let year = padded(date.year, to: 4)
        return "\(names[weekday]), \(padded(date.day, to: 2)) \(months[date.month - 1]) \(year) \(clock) +0000"
    }

    /// Base64 in lines of 76 columns, each ended by CRLF; the text's line ends become CRLF first, the canonical form
    /// of text (RFC 2046 section 4.1.1). Empty for an empty text.
    static func base64Body(_ text: String) -> String {
        var bytes: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case 0x0A where previous == 0x0D: break
            case 0x0A, 0x0D: bytes += [0x0D, 0x0A]
            default: bytes.append(byte)
            }
            previous = byte
        }
        guard !bytes.isEmpty else { return "" }
        let options: Data.Base64EncodingOptions = [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ]
        return Data(bytes).base64EncodedString(options: options) + "\r\n"
    }

    /// The proleptic Gregorian date of a day count: eras of 400 years that begin on 1 March, so that the leap day is
    /// the last of its year.
    private static func civilDate(daysSinceEpoch: Int64) -> (year: Int64, month: Int, day: Int64) {
        let (era, dayOfEra) = floorDivide(daysSinceEpoch + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), Int(month), day)
    }

    private static func floorDivide(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func padded(_ value: Int64, to width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
