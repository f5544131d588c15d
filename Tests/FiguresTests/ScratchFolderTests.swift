import Files
import Foundation
import Testing

/// The folder for files while they are worked on.
@Suite
struct ScratchFolderTests {
    private static func within(_ body: (String) throws -> Void) throws {
        let parent = NSTemporaryDirectory() + "scratch-\(UUID())"
        defer { try? FileManager.default.removeItem(atPath: parent) }
        try body(parent)
    }

    private static func folders(_ parent: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: parent).filter { $0.contains("scratch-") }
    }

    @Test
    func `it is made when it is asked for, for this user only, and goes with its owner`() throws {
        try Self.within { parent in
            let folder = ScratchFolder(under: parent)
            #expect(!FileManager.default.fileExists(atPath: parent))
            let path = try folder.path()
            #expect(try folder.path() == path)
            for made in [path, try folder.path(of: "readings")] {
                let facts = try FileManager.default.attributesOfItem(atPath: made)
                #expect(facts[.posixPermissions] as? Int == 0o700)
            }
            try Data([1]).write(to: URL(fileURLWithPath: path + "/upload-1"))
            folder.remove()
            #expect(try Self.folders(parent).isEmpty)
            #expect(try folder.path() != path)
            folder.remove()
        }
    }

    @Test
    func `what a killed process left is removed by the next, what a living one holds is not`() throws {
        try Self.within { parent in
            let living = ScratchFolder(under: parent)
            let kept = try living.path()
            // As `kill -9` leaves it: the folder, and a lock that nobody holds.
            let dead = kept + "x"
            try FileManager.default.createDirectory(atPath: dead, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: dead + "/lock"))
            try Data([1]).write(to: URL(fileURLWithPath: dead + "/upload-1"))
            // Something else with a like name.
            try Data([1]).write(to: URL(fileURLWithPath: parent + "/baophu-scratch-note"))
            let next = ScratchFolder(under: parent)
            _ = try next.path()
            #expect(!FileManager.default.fileExists(atPath: dead))
            #expect(FileManager.default.fileExists(atPath: kept))
            #expect(FileManager.default.fileExists(atPath: parent + "/baophu-scratch-note"))
            next.remove()
            living.remove()
        }
    }
}
