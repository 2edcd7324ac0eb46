#include "sys/sys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/problem.h"

enum sys_kind sys_path_kind(const char *path)
{
    struct stat st;
    if (stat(path, &st))
        return errno == ENOENT || errno == ENOTDIR ? SYS_MISSING : SYS_OTHER;
    return S_ISREG(st.st_mode) ? SYS_FILE : S_ISDIR(st.st_mode) ? SYS_FOLDER : SYS_OTHER;
}

bool sys_file_size(const char *path, int64_t *bytes)
{
    struct stat st;
    if (stat(path, &st) || !S_ISREG(st.st_mode))
        return false;
    *bytes = (int64_t)st.st_size;
    return true;
}

static bool fail_read(const char *path, int problem, struct err *e)
{
    switch (problem) {
    case ENOENT:
    case ENOTDIR:
        return err_set(e, ERR_FAILED, "%s: there is no such file: check its name and folder", path);
    case EISDIR:
        return err_set(e, ERR_FAILED, "%s: is a folder: name the files in it", path);
    case EACCES:
    case EPERM:
        return err_set(e, ERR_FAILED, "%s: may not be read: ask its owner for the permission",
                       path);
    default:
        return err_set(e, ERR_FAILED, "%s: cannot be opened (%s): check the place it is on", path,
                       strerror(problem));
    }
}

FILE *sys_open_read(const char *path, struct err *e)
{
    struct stat st;
    FILE *f = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && !fstat(fd, &st)) {
        errno = EISDIR;
        f = S_ISDIR(st.st_mode) ? NULL : fdopen(fd, "rb");
    }
    if (f)
        return f;
    fail_read(path, errno, e);
    if (fd >= 0)
        close(fd);
    return NULL;
}

bool sys_read_whole(const char *path, struct buf *b, struct err *e)
{
    FILE *f = sys_open_read(path, e);
    if (!f)
        return false;
    char block[16384];
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_add(b, block, n);
    bool whole = !ferror(f);
    fclose(f);
    if (b->failed)
        return err_memory(e);
    return whole || err_set(e, ERR_FAILED, "%s: cannot read", path);
}

bool sys_write_whole(const char *path, const char *bytes, size_t n, struct err *e)
{
    struct sys_output o;
    if (!sys_output_open(&o, path, false, e))
        return false;
    fwrite(bytes, 1, n, o.file); /* what fails here fails the commit, which says why */
    return sys_output_commit(&o, e);
}

bool sys_create_private(const char *path, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        return !close(fd);
    if (errno == EEXIST)
        return err_set(e, ERR_FAILED, "%s: exists already: choose another name or remove it", path);
    return sys_fail_write(path, errno, e);
}

bool sys_remove(const char *path)
{
    return !unlink(path);
}

bool sys_is_same_file(const char *a, const char *b)
{
    struct stat x, y;
    return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool sys_keep_as(const char *path, const char *kept, struct err *e)
{
    struct stat st;
    if (!link(path, kept))
        return true;
    if (errno == EEXIST || !stat(kept, &st))
        return err_set(e, ERR_FAILED, "%s: exists already: choose another name or remove it", kept);
    return !rename(path, kept) || sys_fail_write(kept, errno, e);
}

bool sys_make_folder(const char *path, struct err *e)
{
    if (!mkdir(path, 0777))
        return true;
    int problem = errno;
    if (problem != EEXIST)
        return sys_fail_write(path, problem, e);
    return sys_path_kind(path) == SYS_FOLDER ||
           err_set(e, ERR_FAILED, "%s: is no folder: choose another name or remove it", path);
}

bool sys_temp_folder(struct buf *path, struct err *e)
{
    const char *place = getenv("TMPDIR");
    buf_clear(path);
    buf_adds(path, place && *place == '/' ? place : "/tmp"); /* URLs want the whole path */
    buf_adds(path, "/keogiam-XXXXXX");
    if (path->failed)
        return err_memory(e);
    return mkdtemp(path->data) || sys_fail_write(path->data, errno, e);
}

static void remove_below(int fd);

/* "." and ".." never come here. */
static void remove_entry(int folder, const char *name)
{
    if (!unlinkat(folder, name, 0))
        return;
    int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0)
        remove_below(fd);
    unlinkat(folder, name, AT_REMOVEDIR);
}

/* Empties the folder and closes it. */
static void remove_below(int fd)
{
    DIR *folder = fdopendir(fd);
    if (!folder) {
        close(fd);
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            remove_entry(fd, entry->d_name);
    closedir(folder);
}

void sys_temp_remove(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    remove_below(fd);
    rmdir(path);
}
