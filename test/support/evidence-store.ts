import { onTestFinished } from 'vitest'
import { type EvidenceStore, openEvidenceStore } from '../../src/evidence/store.ts'

/** A store that lets go of its directories when the test that opened it is over. */
export async function testEvidenceStore(
  directory: string,
  options?: Parameters<typeof openEvidenceStore>[1],
): Promise<EvidenceStore> {
  const store = await openEvidenceStore(directory, options)
  onTestFinished(() => store.close())
  return store
}
