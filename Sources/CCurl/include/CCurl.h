#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>
#include <stdint.h>

// One SMTP delivery through libcurl, as plain functions: curl_easy_setopt is variadic and cannot be called from Swift,
// so every option that a delivery uses has its function here, with the types libcurl expects.
//
// Functions that return int32_t return a CURLcode; 0 is success. libcurl copies every string it is given. A delivery
// is used by one thread at a time.

#ifdef __cplusplus
extern "C" {
#endif

// The CURLcodes that a sender tells apart; CCurl.c asserts that the numbers are libcurl's.
#define CCURL_OK 0
#define CCURL_UNSUPPORTED_PROTOCOL 1
#define CCURL_MALFORMED_URL 3
#define CCURL_HOST_NOT_RESOLVED 6
#define CCURL_NOT_CONNECTED 7
#define CCURL_TIMED_OUT 28
#define CCURL_TLS_HANDSHAKE_FAILED 35
#define CCURL_CERTIFICATE_REFUSED 60
#define CCURL_TLS_NOT_OFFERED 64
#define CCURL_LOGIN_DENIED 67

typedef struct ccurl_delivery ccurl_delivery;

// curl_global_init; call once before the first delivery.
int32_t ccurl_start(void);

// A new delivery that speaks only SMTP and SMTPS, takes no proxy from the environment, raises no signals and accepts
// TLS 1.2 or later; NULL when memory is short. End it with ccurl_delivery_free.
ccurl_delivery *ccurl_delivery_new(void);
void ccurl_delivery_free(ccurl_delivery *delivery);

int32_t ccurl_delivery_set_url(ccurl_delivery *delivery, const char *url);
int32_t ccurl_delivery_set_credentials(ccurl_delivery *delivery, const char *username, const char *password);

// After this the delivery fails before MAIL FROM and before any password when the server offers no STARTTLS.
int32_t ccurl_delivery_require_tls(ccurl_delivery *delivery);

// Milliseconds: until connected (TLS included), and for the whole delivery.
int32_t ccurl_delivery_set_time_limits(ccurl_delivery *delivery, int32_t connect_ms, int32_t total_ms);

// Bare addresses, already checked: libcurl puts them into the conversation as they are.
int32_t ccurl_delivery_set_sender(ccurl_delivery *delivery, const char *address);
int32_t ccurl_delivery_add_recipient(ccurl_delivery *delivery, const char *address);

// The whole message with CRLF line ends. NOT copied: the bytes must stay where they are until perform has returned.
int32_t ccurl_delivery_set_message(ccurl_delivery *delivery, const uint8_t *bytes, size_t count);

// Connects and delivers; blocks the calling thread up to the total time limit.
int32_t ccurl_delivery_perform(ccurl_delivery *delivery);

// The code of the server's last reply other than to QUIT, 0 before any reply.
int32_t ccurl_delivery_reply_code(const ccurl_delivery *delivery);

// The text of that reply without its codes, lines joined by spaces; "" before any reply. Valid until free.
const char *ccurl_delivery_reply_text(const ccurl_delivery *delivery);

// libcurl's own description of the failure, "" when it gave none. Valid until free.
const char *ccurl_delivery_error_text(const ccurl_delivery *delivery);

#ifdef __cplusplus
}
#endif

#endif
