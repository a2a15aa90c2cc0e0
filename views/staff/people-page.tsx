import { type Locale, locales } from '../../src/i18n/locales.ts'
import type { PlainKey } from '../../src/i18n/messages.ts'
import type { Role } from '../../src/staff/roles.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { Field } from '../components/field.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Person } from '../components/person.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import { type AccountAct, accountActs, accountActWords } from './account-act-page.tsx'
import { CurrentPassword, PasswordOwner } from './current-password.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { RoleField } from './role-field.tsx'

export interface Colleague {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly locale: Locale
  readonly hasFactor: boolean
  /** When the password that was made for them ends; null once they have chosen one. */
  readonly passwordUntil: number | null
}

export interface TypedColleague {
  readonly name: string
  readonly email: string
  readonly role: string
  readonly locale: string
}

export interface PeoplePageProps {
  desk: Desk
  people: readonly Colleague[]
  reader: { readonly id: number; readonly email: string }
  defaultLocale: Locale
  typed?: TypedColleague
  errors?: readonly SummaryError[]
  notice?: PlainKey
  /** What was just done, and to whom; a password stands here once. */
  done?:
    | { what: 'disabled' | 'roleChanged' | 'factorRemoved' | 'sessionsEnded'; name: string }
    | { what: 'password'; name: string; password: string; until: number }
}

/** For admins: who works at the desk. */
export function PeoplePage(props: PeoplePageProps) {
  const { t } = useWords()
  const { desk, people, reader, errors = [], notice, done } = props
  const title = t('people.title')
  return (
    <DeskLayout desk={desk} title={title} errors={errors} current="people">
      {notice && (
        <Banner tone="warn" role="alert">
          <p>
            <Words k={notice} />
          </p>
        </Banner>
      )}
      {done && <Done done={done} timeZone={desk.timeZone} />}
      <h1>{title}</h1>
      <table class="table table-stacks">
        <thead>
          <tr>
            {(['name', 'email', 'role', 'acts'] as const).map((column) => (
              <th key={column} scope="col">
                <Words k={`people.${column}`} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <PersonRow key={person.id} desk={desk} person={person} isReader={person.id === reader.id} />
          ))}
        </tbody>
      </table>
      <AddForm {...props} />
    </DeskLayout>
  )
}

function Done({ done, timeZone }: { done: NonNullable<PeoplePageProps['done']>; timeZone: string }) {
  const name = <Person>{done.name}</Person>
  if (done.what !== 'password') {
    return (
      <Banner tone="ok" role="status">
        <p>
          <Words k={`people.${done.what}`} name={name} />
        </p>
      </Banner>
    )
  }
  return (
    <Banner tone="ok" role="status" title={<Words k="people.password.title" name={name} />}>
      <p class="new-password">
        <code>
          <Ltr>{done.password}</Ltr>
        </code>
      </p>
      <p>
        <Words k="people.password.words" until={<Moment at={done.until} timeZone={timeZone} />} />
      </p>
    </Banner>
  )
}

function PersonRow({ desk, person, isReader }: { desk: Desk; person: Colleague; isReader: boolean }) {
  const { id, name, email, role } = person
  return (
    <tr>
      <th scope="row" id={`person-${id}`}>
        <Person>{name}</Person> {isReader && <Words k="people.you" />}
      </th>
      <td class="long-value">
        <Ltr>{email}</Ltr>
        <FirstPassword desk={desk} until={person.passwordUntil} />
      </td>
      <td>
        <Words k={`people.role.${role}`} />
      </td>
      <td>
        <p class="row-acts">
          {actsOn(person, isReader).map((act) => (
            <a
              key={act}
              id={`${act}-${id}`}
              class={`button button-${act === 'disabling' ? 'danger' : 'quiet'}`}
              href={`/staff/people/${id}/${act}`}
              aria-labelledby={`${act}-${id} person-${id}`}
            >
              <Words k={accountActWords[act].button} />
            </a>
          ))}
        </p>
      </td>
    </tr>
  )
}

/** Somebody has not come yet, or not in time. */
function FirstPassword({ desk, until }: { desk: Desk; until: number | null }) {
  if (until === null) return null
  return (
    <span class="hint block">
      {until > desk.now ? (
        <Words k="people.firstPassword" until={<Moment at={until} timeZone={desk.timeZone} />} />
      ) : (
        <Words k="people.firstPasswordOver" />
      )}
    </span>
  )
}

/** One's own second factor and sessions are under Settings, and nobody disables themselves. */
const actsOn = ({ hasFactor }: Colleague, isReader: boolean): readonly AccountAct[] =>
  isReader ? ['role', 'password'] : accountActs.filter((act) => act !== 'factor-removal' || hasFactor)

function AddForm({ typed, errors = [], defaultLocale, reader }: PeoplePageProps) {
  const errorAt = (fieldId: string) => errors.find((error) => error.fieldId === fieldId)?.sentence
  const role = typed?.role ?? 'editor'
  const locale = typed?.locale ?? defaultLocale
  return (
    <form class="card narrow" method="post" action="/staff/people" novalidate>
      <h2>
        <Words k="people.add" />
      </h2>
      <p class="hint">
        <Words k="people.addHint" />
      </p>
      <TextField
        id="name"
        name="name"
        label={<Words k="people.name" />}
        value={typed?.name ?? ''}
        autocomplete="off"
        error={errorAt('name')}
      />
      <TextField
        id="email"
        name="email"
        type="email"
        label={<Words k="people.email" />}
        value={typed?.email ?? ''}
        autocomplete="off"
        error={errorAt('email')}
      />
      <RoleField chosen={role} error={errorAt('role')} />
      <Field id="locale" label={<Words k="people.locale" />} error={errorAt('locale')}>
        {(control) => (
          <select class="input" {...control} name="locale">
            {locales.map((value) => (
              <option key={value} value={value} selected={value === locale}>
                <Words k={`common.language.${value}`} />
              </option>
            ))}
          </select>
        )}
      </Field>
      <PasswordOwner email={reader.email} />
      <CurrentPassword isAboutOthers error={errorAt('current')} />
      <Button>
        <Words k="people.addButton" />
      </Button>
    </form>
  )
}
