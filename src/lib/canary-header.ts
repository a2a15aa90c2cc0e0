/** Header by which a submission of our own is known; its value is a secret of this process. */
export const canaryHeader = 'x-rightsdesk-canary'
