import Foundation

/// The readers of what people send. libFuzzer makes inputs, guided by which parts of the code they reach; an input at which a
/// reader ends the process, takes too long, too much memory, or breaks a promise is written to a file.
enum Target: String, CaseIterable {
    case csv, xlsx, zip, xml, multipart, deadline, number, day

    func read(_ input: UnsafeRawBufferPointer) {
        switch self {
        case .csv: TextTable.read(input)
        case .xlsx: WorkbookParts.read(input)
        case .zip: WorkbookParts.readArchive(input)
        case .xml: Markup.read(input)
        case .multipart: Forms.read(input)
        case .deadline: Phrases.deadline(input)
        case .number: Phrases.number(input)
        case .day: Phrases.day(input)
        }
    }
}

/// What must hold of every input.
func promise(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { fatalError("broken promise: \(what())") }
}

// Set once, before the first input; libFuzzer calls from one thread.
nonisolated(unsafe) private var target: Target?

/// Takes `--target=NAME`, which libFuzzer itself passes over.
@_cdecl("LLVMFuzzerInitialize")
public func begin(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
    for argument in CommandLine.arguments where argument.hasPrefix("--target=") {
        target = Target(rawValue: String(argument.dropFirst("--target=".count)))
    }
    guard target != nil else {
        let names = Target.allCases.map(\.rawValue).joined(separator: ", ")
        FileHandle.standardError.write(Data("--target=NAME is missing: one of \(names)\n".utf8))
        exit(64)
    }
    return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func read(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target?.read(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count))
    return 0
}
