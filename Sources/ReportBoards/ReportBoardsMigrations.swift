public import Database

/// The tables of boards on which reports are assembled.
public enum ReportBoardsMigrations {
    public static let all = [
        Migration(
            module: "boards", number: 1, name: "boards of reports: sections, texts, locked figures",
            statements: [
                // One of a kind and period. `version` counts what is settled of the board as a whole: days, who writes what,
                // locks.
                """
                CREATE TABLE report_board (
                    id TEXT PRIMARY KEY, kind TEXT NOT NULL, period TEXT NOT NULL, cutoff TEXT NOT NULL,
                    due TEXT NOT NULL, opened_at BIGINT NOT NULL, opened_by_name TEXT NOT NULL, version BIGINT NOT NULL,
                    UNIQUE (kind, period))
                """,
                """
                CREATE TABLE board_section (
                    board TEXT NOT NULL REFERENCES report_board (id), code TEXT NOT NULL, position BIGINT NOT NULL,
                    title TEXT NOT NULL, PRIMARY KEY (board, code))
                """,
                // What one unit owes in one section; `state` repeats the last event. Whoever need write no more keeps the day
                // on which that was said.
                """
                CREATE TABLE board_part (
                    id TEXT PRIMARY KEY, board TEXT NOT NULL REFERENCES report_board (id), section TEXT NOT NULL,
                    unit TEXT NOT NULL, due TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('asked', 'written', 'handed-in', 'returned')),
                    released_at BIGINT, version BIGINT NOT NULL, UNIQUE (board, section, unit))
                """,
                "CREATE INDEX board_part_unit ON board_part (unit, board)",
                // Every text a part ever had; the highest number holds.
                """
                CREATE TABLE board_text (
                    part TEXT NOT NULL REFERENCES board_part (id), number BIGINT NOT NULL, text TEXT NOT NULL,
                    at BIGINT NOT NULL, actor_name TEXT NOT NULL, PRIMARY KEY (part, number))
                """,
                // What was said about a part: handed in, returned with a reason, a comment.
                """
                CREATE TABLE board_remark (
                    id TEXT PRIMARY KEY, part TEXT NOT NULL REFERENCES board_part (id),
                    kind TEXT NOT NULL CHECK (kind IN ('handed-in', 'returned', 'comment')), text TEXT NOT NULL,
                    at BIGINT NOT NULL, actor_name TEXT NOT NULL)
                """,
                "CREATE INDEX board_remark_part ON board_remark (part, id)",
                // Figures as they stood when they were locked; the latest lock of a board holds unless it was opened again.
                """
                CREATE TABLE board_lock (
                    id TEXT PRIMARY KEY, board TEXT NOT NULL REFERENCES report_board (id), cutoff TEXT NOT NULL,
                    at BIGINT NOT NULL, actor_name TEXT NOT NULL, unlocked_at BIGINT, unlocked_by_name TEXT,
                    unlock_reason TEXT)
                """,
                "CREATE INDEX board_lock_board ON board_lock (board, id)",
                """
                CREATE TABLE board_figure (
                    board_lock TEXT NOT NULL REFERENCES board_lock (id), name TEXT NOT NULL, number BIGINT NOT NULL,
                    facts TEXT NOT NULL, label TEXT NOT NULL, value BIGINT NOT NULL, unit TEXT NOT NULL,
                    day TEXT NOT NULL, source TEXT NOT NULL, origin TEXT NOT NULL, PRIMARY KEY (board_lock, name))
                """,
            ], appendOnlyTables: ["board_text", "board_remark", "board_figure"])
    ]
}
