/** By what a queue can be sorted: what is due soonest, what came in last, what changed last. */
export const queueSorts = ['due', 'received', 'event'] as const
export type QueueSort = (typeof queueSorts)[number]
