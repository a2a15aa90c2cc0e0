import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { mountVolume } from '../soak/volume.ts'
import { builtCli } from '../support/built-cli.ts'
import { pngOf } from '../support/images.ts'
import { testApp } from '../support/test-app.ts'

/** Linux, root: it mounts a small memory disk. */
it.each([
  ['before it begins', 0],
  ['while it copies the database', 200_000],
  ['while it copies evidence', 1_000_000],
])('P9: a disk that is full %s ends the backup with 1, and the one before is whole', async (_when, left) => {
  const volume = await mountVolume(20)
  onTestFinished(() => volume.remove())
  const folder = join(volume.directory, 'backups')
  const app = await testApp({ SUBMISSIONS_PER_HOUR: '1000' })
  const backup = () => builtCli(['backup', folder], { DATA_DIR: app.dataDir })
  const verify = () => builtCli(['backup', 'verify', folder], {})
  await app.submit()
  expect(await backup()).toMatchObject({ code: 0, err: '' })
  for (let n = 0; n < 60; n++) {
    const files = [{ name: 'a.png', content: await pngOf(100 + n, 400) }]
    await app.submit({ submission: `submission-of-${n}`, files })
  }
  await volume.fill(left)
  const [before] = await readdir(join(folder, 'snapshots'))
  expect(await backup()).toMatchObject({ code: 1, err: expect.stringMatching(/full|ENOSPC/) })
  expect(await verify()).toMatchObject({ code: 0, out: expect.stringContaining(before ?? '') })
  await volume.free()
  expect(await backup()).toMatchObject({ code: 0, err: '' })
  expect(await verify()).toMatchObject({ code: 0, out: expect.not.stringContaining(before ?? '') })
})
