import Foundation
import Synchronization

/// A way to PostgreSQL over TCP that a test can freeze, as a server that hangs does, or cut.
public final class FreezableLink: Sendable {
    private struct State {
        var isFrozen = false
        var isClosed = false
        /// Both ends of each connection, by the near one.
        var open: [Int32: Int32] = [:]
        /// Those of which one direction has ended.
        var ending: Set<Int32> = []
    }

    public struct Failure: Error {
        let code: Int32
    }

    public let port: UInt16
    private let target: String
    private let listener: Int32
    private let state = Mutex(State())

    /// Runs a body with a fresh database behind a link.
    /// - Parameter body: given the link and the database's address through it.
    public static func withDatabase<T>(_ body: (FreezableLink, String) async throws -> T) async throws -> T {
        let (cluster, direct) = try await TestEngine.offPool {
            let cluster = try PostgreSQLCluster.shared()
            return (cluster, try cluster.freshURL())
        }
        let name = direct.split(separator: "/")[1].prefix { $0 != "?" }
        let link = try FreezableLink(to: cluster.folder + "/.s.PGSQL.5432")
        let result: Result<T, any Error>
        do {
            result = .success(try await body(link, "postgresql://postgres@127.0.0.1:\(link.port)/\(name)"))
        } catch {
            result = .failure(error)
        }
        link.close()
        try await TestEngine.offPool { cluster.remove(direct) }
        return try result.get()
    }

    private init(to target: String) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, length) != 0 || listen(listener, 64) != 0
                    || getsockname(listener, raw, &length) != 0
            }
        }
        guard !failed else { throw Failure(code: errno) }
        self.target = target
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            while true {
                let near = accept(listener, nil, nil)
                guard near >= 0 else { break }
                waitWhileFrozen()
                guard let far = connectToTarget() else {
                    Foundation.close(near)
                    continue
                }
                state.withLock { $0.open[near] = far }
                for (source, destination) in [(near, far), (far, near)] {
                    Thread.detachNewThread { [self] in
                        pass(from: source, to: destination)
                        end(near, far)
                    }
                }
            }
            Foundation.close(listener)
        }
    }

    /// From now on nothing is passed on, and new connections are taken and not answered.
    public func freeze() { state.withLock { $0.isFrozen = true } }

    public func thaw() { state.withLock { $0.isFrozen = false } }

    /// Ends all connections; new ones may be made.
    public func cut() {
        state.withLock { state in
            for (near, far) in state.open {
                shutdown(near, Int32(SHUT_RDWR))
                shutdown(far, Int32(SHUT_RDWR))
            }
        }
    }

    private func close() {
        state.withLock { state in
            state.isFrozen = false
            state.isClosed = true
        }
        shutdown(listener, Int32(SHUT_RDWR))
        cut()
    }

    private func waitWhileFrozen() {
        while state.withLock(\.isFrozen) { usleep(2_000) }
    }

    private func connectToTarget() -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: target.utf8) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else {
            Foundation.close(descriptor)
            return nil
        }
        return descriptor
    }

    /// Passes on what comes until one side ends.
    private func pass(from source: Int32, to destination: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            waitWhileFrozen()
            var rest = buffer[..<count]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes { send(destination, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard sent > 0 else { return }
                rest = rest.dropFirst(sent)
            }
        }
    }

    /// Ends the other direction too; the second to come closes both, so that no number is used again before.
    private func end(_ near: Int32, _ far: Int32) {
        state.withLock { state in
            shutdown(near, Int32(SHUT_RDWR))
            shutdown(far, Int32(SHUT_RDWR))
            guard !state.ending.insert(near).inserted else { return }
            state.ending.remove(near)
            state.open[near] = nil
            Foundation.close(near)
            Foundation.close(far)
        }
    }
}
