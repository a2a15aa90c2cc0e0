import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './project-root.ts'

/** How the operator calls a command here. Where only what was built is installed, as in the container, npm could not build it. */
export const commandLine = existsSync(join(projectRoot, 'tsconfig.json'))
  ? 'npm run cli --'
  : 'node dist/src/cli/main.js'
