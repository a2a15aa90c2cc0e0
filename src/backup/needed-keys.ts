import type { Db } from '../db/open.ts'

/** Keys without which the links and receipts of the takedowns in `db` are lost; relative to the data directory. */
export function neededKeys({ $client: client }: Db): string[] {
  const hasTable = client.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'takedowns'")
  if (!hasTable.get() || !client.prepare('SELECT 1 FROM takedowns LIMIT 1').get()) return []
  return ['keys/access.key', 'keys/receipt-ed25519.pem']
}
