/**
 * Stands as the last reply of a letter that waits for staff because the database is a restored one: nobody knows
 * whether it went out between the backup and its restoring.
 */
export const heldByRestore = 'restored from a backup'

/** The last reply of such a letter after staff found that it had gone out. */
export const foundGone = 'staff found that it had gone out'
