import { Ltr } from '../components/ltr.tsx'
import { Words } from '../words.tsx'

/** By their place on a Latin keyboard; desk-keys.js knows the same ones. */
const keys = [
  ['J', 'next'],
  ['K', 'previous'],
  ['O', 'open'],
  ['A', 'takeOn'],
  ['R', 'reply'],
  ['N', 'note'],
  ['D', 'decide'],
  ['U', 'undo'],
  ['/', 'search'],
  ['?', 'help'],
] as const

/** What the single keys do; shown by `?` or the button, both of which need the script. */
export const Keys = () => (
  <>
    <button type="button" class="link-button keys-open no-print" data-keys-open hidden>
      <Words k="keys.title" />
    </button>
    <KeysHelp />
  </>
)

function KeysHelp() {
  return (
    <dialog class="keys-help" data-keys-help aria-labelledby="keys-title">
      <h2 id="keys-title">
        <Words k="keys.title" />
      </h2>
      <p class="hint">
        <Words k="keys.hint" />
      </p>
      <dl class="keys">
        {keys.map(([key, name]) => (
          <div key={key}>
            <dt>
              <kbd>
                <Ltr>{key}</Ltr>
              </kbd>
            </dt>
            <dd>
              <Words k={`keys.${name}`} />
            </dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" class="button button-secondary">
          <Words k="keys.close" />
        </button>
      </form>
    </dialog>
  )
}
