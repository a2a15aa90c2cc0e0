import { fileNameParts } from '../../src/lib/bidi.ts'

/** The name of a file as its owner wrote it, in the order in which it was written. */
export const FileName = ({ children }: { children: string }) => (
  <bdi>
    {fileNameParts(children).map((part, index) =>
      index % 2 === 1 ? (
        <bdi key={index} dir="ltr">
          {part}
        </bdi>
      ) : (
        part
      ),
    )}
  </bdi>
)
