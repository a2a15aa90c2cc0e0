import type { Response } from 'express'
import type { FormPageProps } from '../../../views/public/form-model.ts'
import { FormPage } from '../../../views/public/form-page.tsx'
import type { Locale } from '../../i18n/locales.ts'
import type { Services } from '../../services.ts'
import { newFormKey } from '../forms/form-key.ts'
import { emptyValues, type TypedForm } from '../forms/takedown-form.ts'
import { sendPage, siteOf } from '../page.ts'

type Changing = Pick<FormPageProps, 'kept' | 'errors'> & Partial<Pick<FormPageProps, 'notice'>>

/** The form page with what was typed; without `typed`, an empty one that begins a new submission. */
export function sendForm(
  res: Response,
  services: Services,
  locale: Locale,
  typed: Pick<TypedForm, 'values' | 'submission' | 'started'>,
  { kept, errors, notice }: Changing = { kept: [], errors: [] },
  status = 200,
): void {
  const { config, clock, disk } = services
  const props: FormPageProps = {
    site: { ...siteOf(services, locale), hosts: [...config.site.hosts] },
    values: typed.values,
    kept,
    errors,
    ...(notice && { notice }),
    isShort: disk.state().level === 'short',
    submission: typed.submission,
    started: typed.started ?? clock.now(),
    limits: {
      maxFiles: config.limits.maxFiles,
      maxUploadMb: config.limits.maxUploadBytes / 1024 / 1024,
    },
    decisionDays: config.decisionWorkingDays,
  }
  sendPage(res, locale, <FormPage {...props} />, status)
}

export const newForm = (page: string) => ({
  values: emptyValues(page),
  submission: newFormKey(),
  started: null,
})
