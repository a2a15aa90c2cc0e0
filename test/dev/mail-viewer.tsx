import { readdir, readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { renderToString } from 'preact-render-to-string'

/** Shows the `.eml` files of a folder, newest first: each as HTML in a sandboxed frame, and as plain text. */
export async function serveMailViewer(
  folder: string,
  port: number,
): Promise<{ listening: string; close(): void }> {
  const server = createServer((request, response) => {
    answer(folder, request.url ?? '/', response).catch(() => response.writeHead(404).end())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return { listening: `http://127.0.0.1:${bound}`, close: () => server.close() }
}

async function answer(folder: string, url: string, response: ServerResponse): Promise<void> {
  const [, kind = '', name = ''] = url.split('/').map(decodeURIComponent)
  if (kind === '') return send(response, renderToString(<MailList names={await lettersIn(folder)} />))
  if (!(await lettersIn(folder)).includes(name)) throw new Error('no such letter')
  const mail = await PostalMime.parse(await readFile(join(folder, name)))
  if (kind === 'html') return send(response, mail.html ?? '')
  const words = <MailText name={name} subject={mail.subject ?? ''} text={mail.text ?? ''} />
  return send(response, renderToString(words))
}

const lettersIn = async (folder: string) =>
  (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .reverse()

const send = (response: ServerResponse, html: string) => {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'",
  })
  response.end(html)
}

const MailList = ({ names }: { names: readonly string[] }) => (
  <ul>
    {names.map((name) => (
      <li key={name}>
        <a href={`/letter/${encodeURIComponent(name)}`}>{name}</a>
      </li>
    ))}
  </ul>
)

const MailText = ({ name, subject, text }: { name: string; subject: string; text: string }) => (
  <>
    <p>
      <a href="/">All letters</a>
    </p>
    <h1 dir="auto">{subject}</h1>
    <iframe sandbox="" title="HTML" width="680" height="900" src={`/html/${encodeURIComponent(name)}`} />
    <pre dir="auto">{text}</pre>
  </>
)
