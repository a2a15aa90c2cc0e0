import { type Locale, locales } from '../../src/i18n/locales.ts'
import type { PlainKey } from '../../src/i18n/messages.ts'
import { isolate } from '../../src/lib/bidi.ts'
import { type Role, roles } from '../../src/staff/roles.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { ErrorSummary, type SummaryError } from '../components/error-summary.tsx'
import { Field } from '../components/field.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Person } from '../components/person.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'

export interface Colleague {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly locale: Locale
  readonly hasFactor: boolean
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
  /** The reader's own id. */
  readerId: number
  defaultLocale: Locale
  typed?: TypedColleague
  errors?: readonly SummaryError[]
  notice?: PlainKey
  /** What was just done, and to whom; a password stands here once. */
  done?:
    | { what: 'disabled' | 'roleChanged' | 'factorRemoved' | 'sessionsEnded'; name: string }
    | { what: 'password'; name: string; password: string }
}

/** For admins: who works at the desk. */
export function PeoplePage(props: PeoplePageProps) {
  const { t } = useWords()
  const { desk, people, readerId, errors = [], notice, done } = props
  const title = t('people.title')
  return (
    <DeskLayout
      desk={desk}
      title={errors.length > 0 ? t('common.errorTitle', { title }) : title}
      current="people"
    >
      <ErrorSummary errors={errors} />
      {notice && (
        <Banner tone="warn" role="alert">
          <p>
            <Words k={notice} />
          </p>
        </Banner>
      )}
      {done && <Done done={done} />}
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
            <PersonRow key={person.id} person={person} isReader={person.id === readerId} />
          ))}
        </tbody>
      </table>
      <AddForm {...props} />
    </DeskLayout>
  )
}

function Done({ done }: { done: NonNullable<PeoplePageProps['done']> }) {
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
        <Words k="people.password.words" />
      </p>
    </Banner>
  )
}

function PersonRow({ person, isReader }: { person: Colleague; isReader: boolean }) {
  const { t } = useWords()
  const { id, name, email, role, hasFactor } = person
  return (
    <tr>
      <th scope="row">
        <Person>{name}</Person> {isReader && <Words k="people.you" />}
      </th>
      <td class="long-value">
        <Ltr>{email}</Ltr>
      </td>
      <td>
        <form class="inline-form" method="post" action={`/staff/people/${id}/role`}>
          <select class="input" name="role" aria-label={t('people.roleOf', { name: isolate(name) })}>
            {roles.map((value) => (
              <option key={value} value={value} selected={value === role}>
                <Words k={`people.role.${value}`} />
              </option>
            ))}
          </select>
          <Button kind="secondary">
            <Words k="people.changeRole" />
          </Button>
        </form>
      </td>
      <td>
        <form class="inline-form" method="post" action={`/staff/people/${id}/password`}>
          <Button kind="quiet" aria-label={t('people.newPasswordOf', { name: isolate(name) })}>
            <Words k="people.newPassword" />
          </Button>
        </form>
        {hasFactor && !isReader && (
          <form class="inline-form" method="post" action={`/staff/people/${id}/factor-removal`}>
            <Button kind="quiet" aria-label={t('people.removeFactorOf', { name: isolate(name) })}>
              <Words k="people.removeFactor" />
            </Button>
          </form>
        )}
        {!isReader && (
          <form class="inline-form" method="post" action={`/staff/people/${id}/signing-out`}>
            <Button kind="quiet" aria-label={t('people.signOutOf', { name: isolate(name) })}>
              <Words k="people.signOut" />
            </Button>
          </form>
        )}
        {!isReader && (
          <form class="inline-form" method="post" action={`/staff/people/${id}/disabling`}>
            <Button kind="danger" aria-label={t('people.disableOf', { name: isolate(name) })}>
              <Words k="people.disable" />
            </Button>
          </form>
        )}
      </td>
    </tr>
  )
}

function AddForm({ typed, errors = [], defaultLocale }: PeoplePageProps) {
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
      <Field id="role" label={<Words k="people.role" />} error={errorAt('role')}>
        {(control) => (
          <select class="input" {...control} name="role">
            {roles.map((value) => (
              <option key={value} value={value} selected={value === role}>
                <Words k={`people.role.${value}`} />
              </option>
            ))}
          </select>
        )}
      </Field>
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
      <Button>
        <Words k="people.addButton" />
      </Button>
    </form>
  )
}
