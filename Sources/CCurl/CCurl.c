#include "CCurl.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(CCURL_OK == CURLE_OK, "");
_Static_assert(CCURL_UNSUPPORTED_PROTOCOL == CURLE_UNSUPPORTED_PROTOCOL, "");
_Static_assert(CCURL_MALFORMED_URL == CURLE_URL_MALFORMAT, "");
_Static_assert(CCURL_HOST_NOT_RESOLVED == CURLE_COULDNT_RESOLVE_HOST, "");
_Static_assert(CCURL_NOT_CONNECTED == CURLE_COULDNT_CONNECT, "");
_Static_assert(CCURL_TIMED_OUT == CURLE_OPERATION_TIMEDOUT, "");
_Static_assert(CCURL_TLS_HANDSHAKE_FAILED == CURLE_SSL_CONNECT_ERROR, "");
_Static_assert(CCURL_CERTIFICATE_REFUSED == CURLE_PEER_FAILED_VERIFICATION, "");
_Static_assert(CCURL_TLS_NOT_OFFERED == CURLE_USE_SSL_FAILED, "");
_Static_assert(CCURL_LOGIN_DENIED == CURLE_LOGIN_DENIED, "");

struct ccurl_delivery {
    CURL *easy;
    struct curl_slist *recipients;
    const uint8_t *message;
    size_t message_count;
    size_t message_sent;
    char reply[1024];
    size_t reply_count;
    bool reply_continues;
    char error[CURL_ERROR_SIZE];
};

static size_t read_message(char *target, size_t size, size_t count, void *context) {
    ccurl_delivery *delivery = context;
    size_t room = size * count;
    size_t left = delivery->message_count - delivery->message_sent;
    size_t taken = left < room ? left : room;
    if (taken > 0) {
        memcpy(target, delivery->message + delivery->message_sent, taken);
        delivery->message_sent += taken;
    }
    return taken;
}

// libcurl passes each line of the server's replies as a header: "250-text" while a reply goes on, "250 text" to end it.
static size_t note_reply(char *line, size_t size, size_t count, void *context) {
    ccurl_delivery *delivery = context;
    size_t length = size * count;
    size_t end = length;
    while (end > 0 && (line[end - 1] == '\r' || line[end - 1] == '\n')) {
        end--;
    }
    if (end < 3 || memcmp(line, "221", 3) == 0) {
        return length;  // 221 answers QUIT; the reply before it is the one that tells what happened
    }
    if (!delivery->reply_continues) {
        delivery->reply_count = 0;
    }
    delivery->reply_continues = end > 3 && line[3] == '-';
    size_t start = end > 4 ? 4 : end;
    size_t room = sizeof delivery->reply - 1 - delivery->reply_count;
    if (delivery->reply_count > 0 && room > 0) {
        delivery->reply[delivery->reply_count++] = ' ';
        room--;
    }
    size_t taken = end - start < room ? end - start : room;
    memcpy(delivery->reply + delivery->reply_count, line + start, taken);
    delivery->reply_count += taken;
    delivery->reply[delivery->reply_count] = '\0';
    return length;
}

static size_t drop_output(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes;
    (void)context;
    return size * count;
}

int32_t ccurl_start(void) {
    return (int32_t)curl_global_init(CURL_GLOBAL_DEFAULT);
}

static bool set_up(ccurl_delivery *delivery) {
    CURL *easy = delivery->easy;
    return curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, delivery->error) == CURLE_OK
        && curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK
        && curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK
        && curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK
        && curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK
        && curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L) == CURLE_OK
        && curl_easy_setopt(easy, CURLOPT_READFUNCTION, read_message) == CURLE_OK
        && curl_easy_setopt(easy, CURLOPT_READDATA, delivery) == CURLE_OK
        && curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, note_reply) == CURLE_OK
        && curl_easy_setopt(easy, CURLOPT_HEADERDATA, delivery) == CURLE_OK
        && curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop_output) == CURLE_OK;
}

ccurl_delivery *ccurl_delivery_new(void) {
    ccurl_delivery *delivery = calloc(1, sizeof *delivery);
    if (delivery == NULL) {
        return NULL;
    }
    delivery->easy = curl_easy_init();
    if (delivery->easy == NULL || !set_up(delivery)) {
        ccurl_delivery_free(delivery);
        return NULL;
    }
    return delivery;
}

void ccurl_delivery_free(ccurl_delivery *delivery) {
    if (delivery == NULL) {
        return;
    }
    curl_easy_cleanup(delivery->easy);  // may still say QUIT, so the rest goes after it
    curl_slist_free_all(delivery->recipients);
    free(delivery);
}

int32_t ccurl_delivery_set_url(ccurl_delivery *delivery, const char *url) {
    return (int32_t)curl_easy_setopt(delivery->easy, CURLOPT_URL, url);
}

int32_t ccurl_delivery_set_credentials(ccurl_delivery *delivery, const char *username, const char *password) {
    CURLcode code = curl_easy_setopt(delivery->easy, CURLOPT_USERNAME, username);
    if (code == CURLE_OK) {
        code = curl_easy_setopt(delivery->easy, CURLOPT_PASSWORD, password);
    }
    return (int32_t)code;
}

int32_t ccurl_delivery_require_tls(ccurl_delivery *delivery) {
    return (int32_t)curl_easy_setopt(delivery->easy, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
}

int32_t ccurl_delivery_set_time_limits(ccurl_delivery *delivery, int32_t connect_ms, int32_t total_ms) {
    CURLcode code = curl_easy_setopt(delivery->easy, CURLOPT_CONNECTTIMEOUT_MS, (long)connect_ms);
    if (code == CURLE_OK) {
        code = curl_easy_setopt(delivery->easy, CURLOPT_TIMEOUT_MS, (long)total_ms);
    }
    return (int32_t)code;
}

int32_t ccurl_delivery_set_sender(ccurl_delivery *delivery, const char *address) {
    return (int32_t)curl_easy_setopt(delivery->easy, CURLOPT_MAIL_FROM, address);
}

int32_t ccurl_delivery_add_recipient(ccurl_delivery *delivery, const char *address) {
    struct curl_slist *longer = curl_slist_append(delivery->recipients, address);
    if (longer == NULL) {
        return (int32_t)CURLE_OUT_OF_MEMORY;
    }
    delivery->recipients = longer;
    return (int32_t)curl_easy_setopt(delivery->easy, CURLOPT_MAIL_RCPT, longer);
}

int32_t ccurl_delivery_set_message(ccurl_delivery *delivery, const uint8_t *bytes, size_t count) {
    delivery->message = bytes;
    delivery->message_count = count;
    delivery->message_sent = 0;
    return (int32_t)curl_easy_setopt(delivery->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)count);
}

int32_t ccurl_delivery_perform(ccurl_delivery *delivery) {
    delivery->message_sent = 0;
    delivery->error[0] = '\0';
    return (int32_t)curl_easy_perform(delivery->easy);
}

int32_t ccurl_delivery_reply_code(const ccurl_delivery *delivery) {
    long code = 0;
    if (curl_easy_getinfo(delivery->easy, CURLINFO_RESPONSE_CODE, &code) != CURLE_OK) {
        return 0;
    }
    return (int32_t)code;
}

const char *ccurl_delivery_reply_text(const ccurl_delivery *delivery) {
    return delivery->reply;
}

const char *ccurl_delivery_error_text(const ccurl_delivery *delivery) {
    return delivery->error;
}
