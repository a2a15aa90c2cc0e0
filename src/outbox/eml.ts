import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncDirectory } from '../lib/sync-directory.ts'
import type { Channel } from './channel.ts'
import { cleanReply } from './classify.ts'
import type { ComposedLetter } from './compose.ts'

/** Without a mail server: each letter becomes a file in `folder`, whole or not at all. */
export const createEmlChannel = (folder: string): Channel => ({
  description: `${folder}/*.eml`,
  async send(letter) {
    const name = emlName(letter)
    try {
      await writeWhole(folder, name, letter.raw)
      return { kind: 'submitted', reply: `written to ${name}` }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? `${error.code}` : 'not written'
      return { kind: 'retry', reply: cleanReply(`mail folder: ${code}`) }
    }
  },
})

/** The same for every attempt of one letter, so that a second one after a kill replaces the first. */
function emlName(letter: ComposedLetter): string {
  const time = new Date(letter.createdAt).toISOString().replace(/[-:]/g, '')
  const about = [letter.reference ?? [], letter.kind, `${letter.id}`].flat().join('-')
  return `${time}-${about.replace(/[^\w-]/g, '_')}.eml`
}

async function writeWhole(folder: string, name: string, content: Buffer): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (made !== undefined) await syncDirectory(dirname(made))
  const temporary = join(folder, `.${name}.part`)
  try {
    const file = await open(temporary, 'w', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, join(folder, name))
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncDirectory(folder)
}
