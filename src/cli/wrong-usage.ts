/** The words of the command line are wrong: exit 2. */
export class WrongUsage extends Error {}
