import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type LoadTask, type Measured, parseMeasured } from './load-messages.ts'

export interface LoadProcess {
  run(task: LoadTask): Promise<Measured>
  stop(): void
}

/** One process of clients; it does one task at a time. */
export async function startLoad(): Promise<LoadProcess> {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })
  await once(child, 'message')
  return {
    async run(task) {
      const answer = once(child, 'message')
      child.send(task)
      const [message] = await answer
      return parseMeasured(message)
    },
    stop: () => child.disconnect(),
  }
}
