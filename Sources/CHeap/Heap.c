#include "CHeap.h"

#include <malloc.h>

void baophu_give_back_memory(void) { malloc_trim(0); }
