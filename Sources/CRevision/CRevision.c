#include "CRevision.h"

#define TEXT(word) #word
#define TEXT_OF(macro) TEXT(macro)

const char *baophu_commit(void) {
#ifdef BAOPHU_COMMIT
    return TEXT_OF(BAOPHU_COMMIT);
#else
    return "";
#endif
}
