import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { type Request, type Response, Router } from 'express'

/** One file as it is served: in memory, whole and compressed. */
interface Asset {
  readonly url: string
  readonly mediaType: string
  readonly body: Buffer
  readonly gzip: Buffer | undefined
  readonly br: Buffer | undefined
}

export interface Assets {
  /** Plain name (`site.css`) -> address with the hash of its content, for `registerAssetUrls`. */
  readonly urls: ReadonlyMap<string, string>
  /** Serves those addresses; everything else falls through. Mount it at the root. */
  readonly router: Router
}

const mediaTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
}

/**
 * Reads views/assets below `root` and the fonts its stylesheet names, once, at start. A changed file has a changed
 * address, so each may be cached for ever. Throws when the stylesheet or a script names a file that is not there.
 */
export function createAssets(root: string): Assets {
  const folder = join(root, 'views', 'assets')
  const served = new Map<string, Asset>()
  const add = (name: string, body: Buffer) => served.set(name, serve(name, body))

  for (const name of filesIn(folder, '.svg')) add(name, readFileSync(join(folder, name)))
  const sheet = stylesheet(folder)
  for (const name of fontsNamedIn(sheet)) add(name, readFileSync(fontPath(name)))
  add('site.css', Buffer.from(withUrls(sheet, served)))
  addScripts(folder, served, add)

  return {
    urls: new Map([...served].map(([name, asset]) => [name, asset.url])),
    router: routerFor([...served.values()]),
  }
}

/** The parts in styles/ in the order of their names: one request instead of eight. */
const stylesheet = (folder: string): string =>
  filesIn(join(folder, 'styles'), '.css')
    .map((name) => readFileSync(join(folder, 'styles', name), 'utf8'))
    .join('\n')

const cssUrl = /url\(['"]?([\w.-]+)['"]?\)/gu

const fontsNamedIn = (sheet: string): string[] =>
  [...sheet.matchAll(cssUrl)].flatMap(([, name]) => (name?.endsWith('.woff2') ? [name] : []))

const withUrls = (sheet: string, served: ReadonlyMap<string, Asset>): string =>
  sheet.replace(cssUrl, (_, name: string) => `url("${urlOf(name, served)}")`)

const imported = /(?<=^(?:import|export)\b[^;'"]*['"])\.\/([\w-]+\.js)(?=['"])/gmu

/** Scripts after the scripts they import, so that an import can name the hash of what it imports. */
function addScripts(
  folder: string,
  served: Map<string, Asset>,
  add: (name: string, body: Buffer) => void,
): void {
  const visit = (name: string): void => {
    if (served.has(name)) return
    const script = readFileSync(join(folder, name), 'utf8')
    for (const [, needed] of script.matchAll(imported)) if (needed) visit(needed)
    add(name, Buffer.from(script.replace(imported, (_, needed: string) => urlOf(needed, served))))
  }
  for (const name of filesIn(folder, '.js')) visit(name)
}

function urlOf(name: string, served: ReadonlyMap<string, Asset>): string {
  const asset = served.get(name)
  if (!asset) throw new Error(`no such asset: ${name}`)
  return asset.url
}

const filesIn = (folder: string, extension: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .sort()

const require = createRequire(import.meta.url)

/** `ibm-plex-sans-arabic-latin-400-normal.woff2` -> its place in the package `@fontsource/ibm-plex-sans-arabic`. */
function fontPath(name: string): string {
  const family = name.split('-').slice(0, 4).join('-')
  return join(dirname(require.resolve(`@fontsource/${family}/package.json`)), 'files', name)
}

function serve(name: string, body: Buffer): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  const extension = extname(name)
  const compress = extension !== '.woff2'
  return {
    url: `/assets/${name.slice(0, -extension.length)}.${hash}${extension}`,
    mediaType: mediaTypes[extension] ?? 'application/octet-stream',
    body,
    ...(compress ? packedOf(hash, body) : unpacked),
  }
}

type Packed = Pick<Asset, 'gzip' | 'br'>
const unpacked: Packed = { gzip: undefined, br: undefined }
const packed = new Map<string, Packed>()

/** At their best both take longer than all the rest of a start: once a process is enough. */
function packedOf(hash: string, body: Buffer): Packed {
  const known = packed.get(hash) ?? {
    gzip: gzipSync(body, { level: 9 }),
    br: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  }
  packed.set(hash, known)
  return known
}

function routerFor(assets: readonly Asset[]): Router {
  const byUrl = new Map(assets.map((asset) => [asset.url, asset]))
  const router = Router()
  router.get('/assets/:file', (request, response, next) => {
    const asset = byUrl.get(request.path)
    if (asset) send(asset, request, response)
    else next()
  })
  return router
}

function send(asset: Asset, request: Request, response: Response): void {
  const { encoding, body } = encoded(asset, request)
  response.set({
    'Content-Type': asset.mediaType,
    'Cache-Control': 'public, max-age=31536000, immutable',
    ...(encoding && { 'Content-Encoding': encoding }),
    ...(asset.gzip && { Vary: 'Accept-Encoding' }),
  })
  response.send(body)
}

function encoded({ body, gzip, br }: Asset, request: Request): { encoding?: 'br' | 'gzip'; body: Buffer } {
  const accepted = request.acceptsEncodings('br', 'gzip')
  if (accepted === 'br' && br) return { encoding: 'br', body: br }
  if (accepted === 'gzip' && gzip) return { encoding: 'gzip', body: gzip }
  return { body }
}
