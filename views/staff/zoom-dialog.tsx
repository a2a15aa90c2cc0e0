import { Words } from '../words.tsx'

/** A picture over the page; case.js opens it where a link says so. */
export const ZoomDialog = () => (
  <dialog class="zoom" data-zoom aria-labelledby="zoom-hint">
    <form method="dialog" class="zoom-bar">
      <p class="hint" id="zoom-hint">
        <Words k="case.zoom.hint" />
      </p>
      <button type="submit" class="button button-secondary">
        <Words k="case.zoom.close" />
      </button>
    </form>
    <button type="button" class="zoom-picture" data-zoom-picture>
      <span class="visually-hidden">
        <Words k="case.zoom.full" />
      </span>
      <span data-zoom-frame />
    </button>
  </dialog>
)
