import Database

extension SQLiteConnection {
    func storedBytes() throws -> Int {
        try integer("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()") ?? 0
    }
}
