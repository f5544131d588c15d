#ifndef BAOPHU_HEAP_H
#define BAOPHU_HEAP_H

// Hands memory that was freed back to the system (glibc keeps it otherwise).
void baophu_give_back_memory(void);

#endif
