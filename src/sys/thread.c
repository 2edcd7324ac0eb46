/* One worker beside the caller, and the queue between them. */
#include <pthread.h>
#include <stdlib.h>

#include "sys/sys.h"

struct sys_worker {
    pthread_t thread;
    void (*run)(void *);
    void *context;
};

static void *worker_main(void *worker)
{
    struct sys_worker *w = worker;
    w->run(w->context);
    return NULL;
}

struct sys_worker *sys_worker_start(void (*run)(void *), void *context)
{
    struct sys_worker *w = malloc(sizeof *w);
    if (!w)
        return NULL;
    w->run = run;
    w->context = context;
    if (pthread_create(&w->thread, NULL, worker_main, w)) {
        free(w);
        return NULL;
    }
    return w;
}

void sys_worker_join(struct sys_worker *w)
{
    if (!w)
        return;
    pthread_join(w->thread, NULL);
    free(w);
}

/* A ring: `count` items from `first` on. */
struct sys_queue {
    pthread_mutex_t lock;
    pthread_cond_t has_room, has_item;
    size_t capacity, first, count;
    bool closed;
    void *items[];
};

struct sys_queue *sys_queue_new(size_t capacity)
{
    if (!capacity || capacity > SIZE_MAX / 2 / sizeof(void *))
        return NULL;
    struct sys_queue *q = calloc(1, sizeof *q + capacity * sizeof q->items[0]);
    if (!q)
        return NULL;
    /* With default attributes none of the three can fail on the systems that this file is for. */
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->has_room, NULL);
    pthread_cond_init(&q->has_item, NULL);
    q->capacity = capacity;
    return q;
}

void sys_queue_delete(struct sys_queue *q)
{
    if (!q)
        return;
    pthread_cond_destroy(&q->has_item);
    pthread_cond_destroy(&q->has_room);
    pthread_mutex_destroy(&q->lock);
    free(q);
}

bool sys_queue_push(struct sys_queue *q, void *item)
{
    pthread_mutex_lock(&q->lock);
    while (q->count == q->capacity && !q->closed)
        pthread_cond_wait(&q->has_room, &q->lock);
    bool open = !q->closed;
    if (open) {
        q->items[(q->first + q->count++) % q->capacity] = item;
        pthread_cond_signal(&q->has_item);
    }
    pthread_mutex_unlock(&q->lock);
    return open;
}

void *sys_queue_pop(struct sys_queue *q)
{
    void *item = NULL;
    pthread_mutex_lock(&q->lock);
    while (!q->count && !q->closed)
        pthread_cond_wait(&q->has_item, &q->lock);
    if (q->count) {
        item = q->items[q->first];
        q->first = (q->first + 1) % q->capacity;
        q->count--;
        pthread_cond_signal(&q->has_room);
    }
    pthread_mutex_unlock(&q->lock);
    return item;
}

void sys_queue_close(struct sys_queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->closed = true;
    pthread_cond_broadcast(&q->has_room);
    pthread_cond_broadcast(&q->has_item);
    pthread_mutex_unlock(&q->lock);
}
