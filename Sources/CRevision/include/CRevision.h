#pragma once

/// The commit the program was built from, as `git describe --always --dirty` names it; empty where the build was not told.
const char *baophu_commit(void);
