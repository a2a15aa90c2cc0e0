import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from './project-root.ts'

const packageFile = z.object({ version: z.string() })

/** As package.json has it. */
export const programVersion = (): string =>
  packageFile.parse(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))).version
