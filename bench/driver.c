/* Callers over the real wire: a closed loop of N connections that are kept alive, on one core.
 *
 *   driver PORT PATH CONNECTIONS SECONDS CALLERS STEPS
 *
 * CALLERS: a line a caller, its words parted by tabs; {0} to {9} stand for them in STEPS.
 * STEPS: a line a hop: phone, session, history and what the reply must hold, parted by tabs. A line
 * goes through all steps as one caller, then as the next caller whom nobody has been yet. It ends
 * when the SECONDS are over or no caller is left, and then waits for the replies still out.
 * The words are sent as they stand: they must be url-encoded already.
 *
 * Every reply is looked through for what its own caller must see: anything else is `wrong`, and
 * the first is shown on stderr. Prints one line of JSON; times are microseconds.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { STEPS = 16, WORDS = 10, ROOM = 8192, PATIENCE = 30, EVENTS = 256 };

struct step {
    char *phone, *session, *history, *expected;
};
struct caller {
    char *words[WORDS];
};
struct line { /* one connection and the caller who is on it */
    int socket, step, sent, length, got;
    long caller; /* -1: nobody is left for it */
    double since;
    char request[ROOM], reply[ROOM];
};

static struct step steps[STEPS];
static struct caller *callers;
static long caller_count, next_caller, wrong, errors, finished, out;
static int step_count, port, epoll;
static const char *path;
static double deadline;
static uint32_t *times[STEPS];
static long counts[STEPS], rooms[STEPS];

static void die(const char *what) {
    perror(what);
    exit(2);
}

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void *grown(void *old, size_t size) {
    void *room = realloc(old, size);
    if (!room) die("memory");
    return room;
}

static char *whole(const char *name) {
    FILE *file = fopen(name, "rb");
    if (!file) die(name);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = grown(NULL, (size_t)size + 1);
    if (fread(text, 1, (size_t)size, file) != (size_t)size) die(name);
    text[size] = 0;
    fclose(file);
    return text;
}

static void read_callers(const char *name) {
    char *rest = whole(name), *row;
    while ((row = strsep(&rest, "\n")) && *row) {
        callers = grown(callers, sizeof *callers * (size_t)(caller_count + 1));
        struct caller *one = &callers[caller_count++];
        for (int i = 0; i < WORDS; i++) one->words[i] = row ? strsep(&row, "\t") : NULL;
    }
}

static void read_steps(const char *name) {
    char *rest = whole(name), *row;
    while (step_count < STEPS && (row = strsep(&rest, "\n")) && *row) {
        struct step *one = &steps[step_count++];
        one->phone = strsep(&row, "\t");
        one->session = strsep(&row, "\t");
        one->history = strsep(&row, "\t");
        one->expected = strsep(&row, "\t");
        if (!one->expected) die("a step has four parts");
    }
}

/* Write a template with the caller's words in its places. */
static void filled(char *to, const char *from, const struct caller *one) {
    char *end = to + ROOM / 4;
    while (*from && to < end) {
        if (from[0] == '{' && from[1] && from[2] == '}') {
            const char *word = one->words[from[1] - '0'];
            size_t size = word ? strlen(word) : 0;
            if (to + size >= end) break;
            memcpy(to, word, size);
            to += size;
            from += 3;
        } else {
            *to++ = *from++;
        }
    }
    *to = 0;
}

static void connect_line(struct line *line) {
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = line};
    int one = 1;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    line->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (line->socket < 0) die("socket");
    if (connect(line->socket, (struct sockaddr *)&place, sizeof place)) die("connect");
    setsockopt(line->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(line->socket, F_SETFL, O_NONBLOCK);
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, line->socket, &event)) die("epoll");
}

static void dial(struct line *line) {
    struct caller *one = &callers[line->caller];
    struct step *step = &steps[line->step];
    char phone[ROOM / 4], session[ROOM / 4], history[ROOM / 4], body[ROOM];
    filled(phone, step->phone, one);
    filled(session, step->session, one);
    filled(history, step->history, one);
    int size = snprintf(body, sizeof body,
                        "sessionId=%s&phoneNumber=%%2B%s&serviceCode=*123%%23&networkCode=51010"
                        "&text=%s",
                        session, phone, history);
    line->length = snprintf(line->request, sizeof line->request,
                            "POST %s HTTP/1.1\r\nHost: localhost\r\n"
                            "Content-Type: application/x-www-form-urlencoded\r\n"
                            "Content-Length: %d\r\n\r\n%s",
                            path, size, body);
    line->got = 0;
    line->since = now();
    /* A request is smaller than any socket's buffer, and nothing else is under way. */
    if (write(line->socket, line->request, (size_t)line->length) != line->length) die("write");
    out++;
}

static void begin(struct line *line) {
    line->step = 0;
    line->caller = -1;
    if (next_caller >= caller_count || now() >= deadline) return;
    line->caller = next_caller++;
    dial(line);
}

/* Return the reply's body when all of it is here, else NULL. */
static char *body_of(struct line *line) {
    line->reply[line->got] = 0;
    char *body = strstr(line->reply, "\r\n\r\n");
    char *length = strcasestr(line->reply, "\r\ncontent-length:");
    if (!body || !length) return NULL;
    body += 4;
    return line->got - (body - line->reply) >= atol(length + 17) ? body : NULL;
}

static void note(int step, double seconds) {
    if (counts[step] == rooms[step]) {
        rooms[step] = rooms[step] ? rooms[step] * 2 : 4096;
        times[step] = grown(times[step], sizeof **times * (size_t)rooms[step]);
    }
    times[step][counts[step]++] = (uint32_t)(seconds * 1e6);
}

static void check(struct line *line, const char *body) {
    char expected[ROOM / 4];
    filled(expected, steps[line->step].expected, &callers[line->caller]);
    int fault = strncmp(line->reply, "HTTP/1.1 200", 12) != 0;
    int other = !fault && !strstr(body, expected);
    if ((fault || other) && wrong + errors == 0)
        fprintf(stderr, "step %d: expected \"%s\", got: %s\n", line->step, expected, line->reply);
    errors += fault;
    wrong += other;
}

static void lost(struct line *line) {
    errors++;
    out--;
    close(line->socket);
    connect_line(line);
    begin(line);
}

static void hear(struct line *line) {
    ssize_t got = read(line->socket, line->reply + line->got, (size_t)(ROOM - 1 - line->got));
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (line->caller < 0) { /* the server closes an idle connection */
        if (got <= 0) close(line->socket);
        return;
    }
    if (got <= 0) {
        lost(line);
        return;
    }
    line->got += (int)got;
    char *body = body_of(line);
    if (!body) return;
    out--;
    note(line->step, now() - line->since);
    check(line, body);
    if (++line->step < step_count && now() < deadline) {
        dial(line);
    } else {
        finished += line->step == step_count;
        begin(line);
    }
}

static int by_size(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static void tell_times(uint32_t *some, long count) {
    qsort(some, (size_t)count, sizeof *some, by_size);
    printf("{\"hops\": %ld, \"p50\": %u, \"p99\": %u, \"most\": %u}", count,
           count ? some[count / 2] : 0, count ? some[count * 99 / 100] : 0,
           count ? some[count - 1] : 0);
}

static void tell(double seconds) {
    long count = 0;
    for (int i = 0; i < step_count; i++) count += counts[i];
    uint32_t *all = grown(NULL, sizeof *all * (size_t)(count + 1));
    printf("{\"seconds\": %.3f, \"calls\": %ld, \"wrong\": %ld, \"errors\": %ld, \"steps\": [",
           seconds, finished, wrong, errors);
    count = 0;
    for (int i = 0; i < step_count; i++) {
        if (counts[i]) memcpy(all + count, times[i], sizeof *all * (size_t)counts[i]);
        count += counts[i];
        printf("%s", i ? ", " : "");
        tell_times(times[i], counts[i]);
    }
    printf("], \"all\": ");
    tell_times(all, count);
    printf("}\n");
}

int main(int count, char **words) {
    if (count != 7) {
        fprintf(stderr, "driver PORT PATH CONNECTIONS SECONDS CALLERS STEPS\n");
        return 2;
    }
    port = atoi(words[1]);
    path = words[2];
    int connections = atoi(words[3]);
    read_callers(words[5]);
    read_steps(words[6]);
    struct line *lines = calloc((size_t)connections, sizeof *lines);
    if (!lines || (epoll = epoll_create1(0)) < 0) die("epoll");
    for (int i = 0; i < connections; i++) connect_line(&lines[i]);
    double began = now();
    deadline = began + atof(words[4]);
    for (int i = 0; i < connections; i++) begin(&lines[i]);
    while (out && now() < deadline + PATIENCE) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(epoll, events, EVENTS, 1000);
        for (int i = 0; i < ready; i++) hear(events[i].data.ptr);
    }
    errors += out; /* replies that never came */
    tell(now() - began);
    return 0;
}
