/* What a disk keeps when the power goes, for a program that is started with this library in LD_PRELOAD.
 *
 * Beside the real files under DURABLE_ROOT it keeps, in DURABLE_STORE, what is safe: of a file (blob.N) what was
 * written before its last fsync or fdatasync; of a folder (dir.NAME) the names at the folder's last fsync. Writes since
 * then are held in this process's memory and go with it. What is rebuilt from the store after a SIGKILL is what a disk
 * may have after a power cut.
 *
 * DURABLE_STRAY=P  P of 100 writes also reach the disk before they are synced, whole or torn at 512 bytes, and so do
 *                  names: a disk writes what it likes when it likes. DURABLE_SEED seeds that.
 * DURABLE_DEAF=1   syncs are answered with success and do nothing: what a proof has to notice.
 *
 * Names that end in -shm are left out: SQLite makes that file anew. Writes through mmap are not seen (SQLite writes only
 * -shm so, unless told otherwise). One process; what it forks is not followed. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILES = 4096 };

/* A write, or with bytes == NULL a cut to the length `at`. */
struct change {
    struct change *next;
    off_t at;
    size_t length;
    char *bytes;
};

struct kept {
    bool live;
    dev_t dev;
    ino_t ino;
    int number, blob;
    struct change *first, **last;
};

static struct kept files[FILES];
static int count, next_number = 1, stray;
static bool deaf;
static uint64_t chance = 1;
static const char *root, *store;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...)                                    \
    static type (*real)(__VA_ARGS__);                            \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int real_open(const char *path, int flags, mode_t mode) {
    REAL(int, "open", const char *, int, ...);
    return real(path, flags, mode);
}
static ssize_t real_pwrite(int fd, const void *bytes, size_t length, off_t at) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    return real(fd, bytes, length, at);
}
static int real_ftruncate(int fd, off_t length) {
    REAL(int, "ftruncate", int, off_t);
    return real(fd, length);
}
static int real_rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    return real(from, to);
}

static void give_up(const char *why) {
    fprintf(stderr, "durable: %s: %s\n", why, strerror(errno));
    abort();
}

/* xorshift64*; below `n`. */
static unsigned draw(unsigned n) {
    chance ^= chance >> 12;
    chance ^= chance << 25;
    chance ^= chance >> 27;
    return (unsigned)((chance * 2685821657736338717ULL) >> 33) % n;
}

static bool is_left_out(const char *name) {
    size_t length = strlen(name);
    return length >= 4 && strcmp(name + length - 4, "-shm") == 0;
}

static bool is_under_root(const char *path) {
    size_t length = root ? strlen(root) : 0;
    return root && strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* The path of an open file, as the kernel has it. */
static bool path_of(int fd, char path[PATH_MAX]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return false;
    path[length] = 0;
    return true;
}

static struct kept *find(const struct stat *of) {
    for (int at = count - 1; at >= 0; at--)
        if (files[at].live && files[at].ino == of->st_ino && files[at].dev == of->st_dev) return &files[at];
    return NULL;
}

static struct kept *keep(const struct stat *of, int number) {
    char name[PATH_MAX];
    if (count == FILES) give_up("too many files");
    struct kept *file = &files[count++];
    *file = (struct kept){.live = true, .dev = of->st_dev, .ino = of->st_ino, .number = number};
    file->last = &file->first;
    snprintf(name, sizeof name, "%s/blob.%d", store, number);
    file->blob = real_open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file->blob < 0) give_up(name);
    if (number >= next_number) next_number = number + 1;
    return file;
}

static void apply(struct kept *to, const struct change *change, size_t length) {
    if (!change->bytes) {
        if (real_ftruncate(to->blob, change->at) != 0) give_up("cut");
        return;
    }
    for (size_t done = 0; done < length;) {
        ssize_t wrote = real_pwrite(to->blob, change->bytes + done, length - done, change->at + (off_t)done);
        if (wrote <= 0) give_up("write");
        done += (size_t)wrote;
    }
}

/* Called with the lock held. */
static void change(struct kept *file, off_t at, const void *bytes, size_t length) {
    struct change *new = malloc(sizeof *new);
    if (!new) give_up("memory");
    *new = (struct change){.at = at, .length = length};
    if (bytes) {
        new->bytes = malloc(length + 1);
        if (!new->bytes) give_up("memory");
        memcpy(new->bytes, bytes, length);
    }
    if (bytes && stray && (int)draw(100) < stray) {
        size_t sectors = (length + 511) / 512;
        size_t part = draw(2) ? length : 512 * (size_t)draw((unsigned)sectors + 1);
        apply(file, new, part < length ? part : length);
    }
    *file->last = new;
    file->last = &new->next;
}

static void settle(struct kept *file) {
    while (file->first) {
        struct change *done = file->first;
        apply(file, done, done->length);
        file->first = done->next;
        free(done->bytes);
        free(done);
    }
    file->last = &file->first;
}

/* Makes the names in a folder safe as they are now. */
static void settle_names(const char *folder) {
    char name[PATH_MAX], new[PATH_MAX + 8], entry_path[PATH_MAX];
    const char *within = folder + strlen(root);
    snprintf(name, sizeof name, "%s/dir.%s", store, within[0] == '/' ? within + 1 : "");
    for (char *sign = name + strlen(store) + 1; *sign; sign++)
        if (*sign == '/') *sign = '%';
    snprintf(new, sizeof new, "%s.new", name);
    FILE *out = fopen(new, "w");
    DIR *entries = opendir(folder);
    if (!out || !entries) give_up(folder);
    for (struct dirent *entry; (entry = readdir(entries));) {
        struct stat of;
        if ((size_t)snprintf(entry_path, sizeof entry_path, "%s/%s", folder, entry->d_name) >= sizeof entry_path) continue;
        if (is_left_out(entry->d_name) || stat(entry_path, &of) != 0 || !S_ISREG(of.st_mode)) continue;
        struct kept *file = find(&of);
        if (!file) file = keep(&of, next_number);
        fprintf(out, "%s\t%d\n", entry->d_name, file->number);
    }
    closedir(entries);
    if (fclose(out) != 0 || real_rename(new, name) != 0) give_up(name);
}

/* A name came, went or moved: the folder's names may reach the disk by themselves. */
static void names_changed(const char *path) {
    char folder[PATH_MAX];
    if (!stray || !is_under_root(path) || (int)draw(100) >= stray) return;
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (!slash) return;
    *slash = 0;
    if (is_under_root(folder)) settle_names(folder);
}

/* Reads the names that were safe when the program was started. */
__attribute__((constructor)) static void begin(void) {
    store = getenv("DURABLE_STORE");
    root = getenv("DURABLE_ROOT");
    deaf = getenv("DURABLE_DEAF") != NULL;
    if (getenv("DURABLE_STRAY")) stray = atoi(getenv("DURABLE_STRAY"));
    if (getenv("DURABLE_SEED")) chance = strtoull(getenv("DURABLE_SEED"), NULL, 10) * 2 + 1;
    if (!store || !root) {
        root = NULL;
        return;
    }
    DIR *entries = opendir(store);
    if (!entries) give_up(store);
    for (struct dirent *entry; (entry = readdir(entries));) {
        char list[PATH_MAX], folder[256], name[256], path[PATH_MAX];
        int number;
        if (strncmp(entry->d_name, "dir.", 4) != 0) continue;
        snprintf(list, sizeof list, "%s/%s", store, entry->d_name);
        snprintf(folder, sizeof folder, "%s", entry->d_name + 4);
        for (char *sign = folder; *sign; sign++)
            if (*sign == '%') *sign = '/';
        FILE *in = fopen(list, "r");
        if (!in) give_up(list);
        while (fscanf(in, "%255[^\t]\t%d\n", name, &number) == 2) {
            struct stat of;
            snprintf(path, sizeof path, "%s/%s/%s", root, folder, name);
            if (stat(path, &of) != 0) give_up(path);
            keep(&of, number);
        }
        fclose(in);
    }
    closedir(entries);
}

static void opened(int fd, int flags, bool was_there) {
    char path[PATH_MAX];
    struct stat of;
    if (!root || fd < 0 || !(flags & (O_WRONLY | O_RDWR | O_CREAT))) return;
    if (!path_of(fd, path) || !is_under_root(path) || is_left_out(path)) return;
    if (fstat(fd, &of) != 0 || !S_ISREG(of.st_mode)) return;
    pthread_mutex_lock(&lock);
    struct kept *file = find(&of);
    /* A new file may have the number of one that is gone. */
    if (file && !was_there) file->live = false, file = NULL;
    if (!file) file = keep(&of, next_number);
    if (flags & O_TRUNC) change(file, 0, NULL, 0);
    if (!was_there) names_changed(path);
    pthread_mutex_unlock(&lock);
}

static void written(int fd, off_t at, const void *bytes, size_t length) {
    struct stat of;
    if (!root || fstat(fd, &of) != 0 || !S_ISREG(of.st_mode)) return;
    pthread_mutex_lock(&lock);
    struct kept *file = find(&of);
    if (file) change(file, at, bytes, length);
    pthread_mutex_unlock(&lock);
}

static bool is_there(int at, const char *path, int flags) {
    struct stat of;
    return !root || !(flags & O_CREAT) || fstatat(at, path, &of, 0) == 0;
}

#define OPEN(name)                                               \
    int name(const char *path, int flags, ...) {                 \
        REAL(int, #name, const char *, int, ...);                \
        va_list more;                                            \
        va_start(more, flags);                                   \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more);                                            \
        bool was_there = is_there(AT_FDCWD, path, flags);        \
        int fd = real(path, flags, mode);                        \
        opened(fd, flags, was_there);                            \
        return fd;                                               \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                             \
    int name(int at, const char *path, int flags, ...) {         \
        REAL(int, #name, int, const char *, int, ...);           \
        va_list more;                                            \
        va_start(more, flags);                                   \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more);                                            \
        bool was_there = is_there(at, path, flags);              \
        int fd = real(at, path, flags, mode);                    \
        opened(fd, flags, was_there);                            \
        return fd;                                               \
    }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int fd, const void *bytes, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t);
    ssize_t wrote = real(fd, bytes, length);
    /* After the write the place is behind it, also of a file that is only added to. */
    if (root && wrote > 0) {
        int kept_errno = errno;
        off_t end = lseek(fd, 0, SEEK_CUR);
        if (end >= wrote) written(fd, end - wrote, bytes, (size_t)wrote);
        errno = kept_errno;
    }
    return wrote;
}

#define PWRITE(name)                                             \
    ssize_t name(int fd, const void *bytes, size_t length, off_t at) { \
        ssize_t wrote = real_pwrite(fd, bytes, length, at);      \
        if (wrote > 0) written(fd, at, bytes, (size_t)wrote);    \
        return wrote;                                            \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t writev(int fd, const struct iovec *parts, int many) {
    ssize_t all = 0;
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    struct stat of;
    if (!root || fstat(fd, &of) != 0 || !S_ISREG(of.st_mode)) return real(fd, parts, many);
    for (int at = 0; at < many; at++) {
        ssize_t wrote = write(fd, parts[at].iov_base, parts[at].iov_len);
        if (wrote < 0) return all ? all : wrote;
        all += wrote;
        if ((size_t)wrote < parts[at].iov_len) break;
    }
    return all;
}

/* The standard library then reads and writes instead, which is seen. */
ssize_t copy_file_range(int from, off_t *from_at, int to, off_t *to_at, size_t length, unsigned flags) {
    (void)from, (void)from_at, (void)to, (void)to_at, (void)length, (void)flags;
    errno = ENOSYS;
    return -1;
}

#define FTRUNCATE(name)                                          \
    int name(int fd, off_t length) {                             \
        int done = real_ftruncate(fd, length);                   \
        if (done == 0) written(fd, length, NULL, 0);             \
        return done;                                             \
    }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

#define SYNC(name)                                               \
    int name(int fd) {                                           \
        REAL(int, #name, int);                                   \
        char path[PATH_MAX];                                     \
        struct stat of;                                          \
        if (deaf) return 0;                                      \
        int done = real(fd);                                     \
        if (!root || done != 0 || fstat(fd, &of) != 0) return done; \
        pthread_mutex_lock(&lock);                               \
        if (S_ISDIR(of.st_mode)) {                               \
            if (path_of(fd, path) && is_under_root(path)) settle_names(path); \
        } else {                                                 \
            struct kept *file = find(&of);                       \
            if (file) settle(file);                              \
        }                                                        \
        pthread_mutex_unlock(&lock);                             \
        return done;                                             \
    }
SYNC(fsync)
SYNC(fdatasync)

/* A file whose last name goes may leave its number to another one, -shm perhaps: what that gets is not this file's. */
static bool is_last_name(const char *path, struct stat *of) {
    return root && is_under_root(path) && lstat(path, of) == 0 && of->st_nlink == 1;
}

/* Called with the lock held. What is safe of it stays, for a folder that still has its name. */
static void gone(const struct stat *of) {
    struct kept *file = find(of);
    if (file) file->live = false;
}

int rename(const char *from, const char *to) {
    struct stat over, of;
    bool replaces = is_last_name(to, &over) && !(stat(from, &of) == 0 && of.st_ino == over.st_ino);
    int done = real_rename(from, to);
    if (root && done == 0) {
        pthread_mutex_lock(&lock);
        if (replaces) gone(&over);
        names_changed(to);
        pthread_mutex_unlock(&lock);
    }
    return done;
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    struct stat of;
    bool last = is_last_name(path, &of);
    int done = real(path);
    if (root && done == 0) {
        pthread_mutex_lock(&lock);
        if (last) gone(&of);
        names_changed(path);
        pthread_mutex_unlock(&lock);
    }
    return done;
}
