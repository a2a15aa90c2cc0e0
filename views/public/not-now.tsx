import { Banner } from '../components/banner.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Said, type Sentence } from '../components/said.tsx'
import { Words } from '../words.tsx'

/** Above a form that is right and cannot be taken now: why, and the other way to reach the publisher. */
export const NotNow = ({ notice, infoAddress }: { notice: Sentence; infoAddress: string }) => (
  <Banner tone="warn" role="alert" title={<Said sentence={notice} />}>
    <p>
      <Words k="form.notNow" address={<Ltr>{infoAddress}</Ltr>} />
    </p>
  </Banner>
)
