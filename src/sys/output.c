/* Files that appear whole or not at all. */
#define _XOPEN_SOURCE 700 /* realpath */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/problem.h"
#include "sys/sys.h"

bool sys_fail_write(const char *path, int problem, struct err *e)
{
    switch (problem) {
    case ENOMEM:
        return err_memory(e);
    case EISDIR:
        return err_set(e, ERR_FAILED, "%s: is a folder: name a file in it", path);
    case ENOENT:
    case ENOTDIR:
        return err_set(e, ERR_FAILED, "%s: its folder does not exist: create the folder first",
                       path);
    case EACCES:
    case EPERM:
    case EROFS:
        return err_set(e, ERR_FAILED,
                       "%s: may not be written: choose another place or ask for the permission",
                       path);
    case ENOSPC:
    case EDQUOT:
        return err_set(e, ERR_FAILED, "%s: the disk is full: free some space and try again", path);
    default:
        return err_set(e, ERR_FAILED, "%s: cannot be written (%s): check the place it is on", path,
                       strerror(problem));
    }
}

/* The folder of a path with `name` in it; NULL when out of memory. */
static char *path_beside(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    char *made = malloc(folder + strlen(name) + 1);
    if (made) {
        memcpy(made, path, folder);
        strcpy(made + folder, name);
    }
    return made;
}

void sys_add_whole_path(const char *path, struct buf *b)
{
    char *whole = realpath(path, NULL);
    buf_adds(b, whole ? whole : "");
    free(whole);
}

/* Creates a file under a name of its own beside o->path. Another process of this number may have
 * died and left its file: the next name is tried then. Returns the descriptor, or -1 with errno
 * set. */
static int create_temporary(struct sys_output *o, mode_t mode)
{
    char name[64];
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, ".keogiam-%ld-%d.tmp", (long)getpid(), i);
        o->temporary = path_beside(o->path, name);
        if (!o->temporary) {
            errno = ENOMEM;
            return -1;
        }
        int fd = open(o->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0)
            return fd;
        free(o->temporary);
        o->temporary = NULL;
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

/* A pipe or a device is written as it is: renaming over /dev/null would replace it. A link is
 * followed, so that what it names is replaced and not the link. A file that is replaced keeps its
 * permissions: whoever closed it to others wants the next version closed too. */
static int open_target(struct sys_output *o, const char *path, bool secret)
{
    struct stat st;
    bool exists = !stat(path, &st);
    if (exists && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    if (exists && !S_ISREG(st.st_mode)) {
        o->path = strdup(path);
        return o->path ? open(path, O_WRONLY | O_CLOEXEC) : -1;
    }
    o->path = exists ? realpath(path, NULL) : strdup(path);
    if (!o->path)
        return -1;
    int fd = create_temporary(o, secret ? 0600 : 0666);
    if (fd >= 0 && exists && !secret)
        (void)fchmod(fd, st.st_mode & 0777);
    return fd;
}

bool sys_output_open(struct sys_output *o, const char *path, bool secret, struct err *e)
{
    *o = (struct sys_output){0};
    int fd = open_target(o, path, secret);
    if (fd >= 0)
        o->file = fdopen(fd, "wb");
    if (o->file)
        return true;
    sys_fail_write(path, errno, e);
    if (fd >= 0)
        close(fd);
    sys_output_abort(o);
    return false;
}

/* Empties the buffer and has the disk confirm it. Returns 0 or an errno. A write that failed
 * earlier is known by ferror only: one more byte asks for its reason, since the file is thrown away
 * anyway. */
static int flush(const struct sys_output *o)
{
    if (ferror(o->file)) {
        errno = EIO;
        fputc('\n', o->file);
        fflush(o->file);
        return errno;
    }
    if (fflush(o->file))
        return errno;
    return o->temporary && fsync(fileno(o->file)) ? errno : 0;
}

/* Makes the new name durable. The file is in its place already and cannot be taken back, and some
 * file systems cannot sync a folder: what fails here is not reported. */
static void sync_folder(const char *path)
{
    char *folder = path_beside(path, ".");
    int fd = folder ? open(folder, O_RDONLY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

bool sys_output_commit(struct sys_output *o, struct err *e)
{
    int problem = flush(o);
    if (fclose(o->file) && !problem)
        problem = errno;
    o->file = NULL;
    if (!problem && o->temporary && rename(o->temporary, o->path))
        problem = errno;
    if (problem) {
        sys_fail_write(o->path, problem, e);
        sys_output_abort(o);
        return false;
    }
    if (o->temporary)
        sync_folder(o->path);
    free(o->temporary);
    o->temporary = NULL;
    sys_output_abort(o);
    return true;
}

void sys_output_abort(struct sys_output *o)
{
    if (o->file)
        fclose(o->file);
    if (o->temporary)
        unlink(o->temporary);
    free(o->temporary);
    free(o->path);
    *o = (struct sys_output){0};
}
