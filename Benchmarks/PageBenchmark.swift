import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Every kind of page: its size, what headless Chromium complains of, and when it first paints something of it.
struct PageBenchmark {
    let plan: String

    static let paths = [
        "/hom-nay", "/viec?nam=2027", "/viec?nam=2026&kieu=bang", "/don-vi", "/don-vi/10507", "/don-vi/10507/in",
        "/don-vi/so-noi-vu",
        "/nhiem-vu", "/nhiem-vu/V.5", "/nhiem-vu/II.4?nam=2027", "/lich?nam=2027", "/ke-hoach", "/vuong-mac",
        "/vuong-mac/gui",
        "/tong-quan", "/tong-quan?do=tu-nguyen", "/so-lieu", "/so-lieu/thang/2026-10", "/so-lieu/lo/3",
        "/so-lieu/de-nghi", "/so-lieu/don-vi/10507/2026-09/bat-buoc", "/chi-tieu", "/chi-tieu/10507", "/xep-hang",
        "/phan-bo?nam=2027", "/du-bao", "/van-ban", "/ban-chi-dao/10507", "/don-vi/10507/to-dan-pho", "/nhac-viec",
        "/tai-khoan", "/viec/II.4/2026/10507", "/viec/I.2/2026/so-noi-vu",
    ]

    func run() async throws {
        try await RunningSystem.with(plan: plan) { running in
            // Cookies of other measurements must not mix with the session's.
            let configuration = URLSessionConfiguration.ephemeral
            configuration.httpCookieStorage = nil
            configuration.httpShouldSetCookies = false
            let client = URLSession(configuration: configuration)
            var largest = (path: "", bytes: 0)
            for path in Self.paths {
                guard let url = URL(string: running.base + path) else { continue }
                var request = URLRequest(url: url)
                request.httpShouldHandleCookies = false
                request.setValue(running.cookie, forHTTPHeaderField: "Cookie")
                let (data, _) = try await client.data(for: request)
                guard String(decoding: data, as: UTF8.self).contains("Đăng xuất") else {
                    throw CocoaError(.userActivityConnectionUnavailable, userInfo: ["page": path])
                }
                if data.count > largest.bytes { largest = (path, data.count) }
            }
            print(
                "pages: largest of \(Self.paths.count) is \(largest.path) with \(largest.bytes / 1_024) KB (wanted: under 100)"
            )
            var complaints: [String] = []
            for path in Self.paths {
                let encoded = path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let text = try output(
                    of: "chromium",
                    [
                        "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
                        "--virtual-time-budget=2000",
                        "--dump-dom", "\(running.base)/vao?den=\(encoded)",
                    ])
                guard text.contains("<h1>") else {
                    complaints.append("\(path): no page came")
                    continue
                }
                complaints += text.split(separator: "\n").filter { $0.contains("CONSOLE") }.map { "\(path): \($0)" }
            }
            print("pages: \(complaints.count) errors on the console of headless Chromium (wanted: 0)")
            for complaint in complaints { print("    \(complaint)") }
            try Self.paint(running)
        }
    }

    /// `scripts/install-packages bench` installs what drives the browser.
    private static func paint(_ running: RunningSystem) throws {
        let words = try output(
            of: ".build/peers/bin/python", ["Benchmarks/peers/paint.py", running.base, running.cookie] + paths)
        guard let times = try? JSONDecoder().decode([String: Double].self, from: Data(words.utf8)),
            let slowest = times.max(by: { $0.value < $1.value })
        else { return print("pages: no first paint was measured: \(words.suffix(300))") }
        let middle = times.values.sorted()[times.count / 2]
        print(
            "pages: first paint on a processor six times as slow \(Spread.text(middle)) ms, slowest \(slowest.key) with \(Spread.text(slowest.value)) ms (wanted: under 300)"
        )
    }
}
