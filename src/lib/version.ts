import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from './project-root.ts'

const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))

/** Of this program, as package.json says it. */
export const { version } = z.object({ version: z.string() }).parse(manifest)
