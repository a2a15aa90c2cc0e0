let urls: ReadonlyMap<string, string> = new Map()

/** Called once at start with the served address of every asset, by its plain name (`site.css`). */
export function registerAssetUrls(served: ReadonlyMap<string, string>): void {
  urls = served
}

/** Where an asset is served: with its content hash once registered, else its plain name. */
export const assetUrl = (name: string): string => urls.get(name) ?? `/assets/${name}`
