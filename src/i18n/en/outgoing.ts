export const outgoing = {
  'outgoing.preview.title': 'Before it goes out',
  'outgoing.preview.words':
    'Nothing has been sent or changed yet. What you see here is exactly what will leave.',
  'outgoing.preview.to': 'To',
  'outgoing.preview.subject': 'Subject',
  'outgoing.preview.language': 'Language',
  'outgoing.preview.frame': 'The letter as the claimant will see it',
  'outgoing.preview.key':
    'Where {dots} stands, the letter carries the claimant’s private key. It is filled in as the letter leaves; nobody at the desk sees it.',
  'outgoing.preview.text': 'The same letter in plain text',
  'outgoing.preview.noEmail':
    'The claimant gave no email address, so no letter goes out. They will read this on the status page; you can also phone them: {phone}',
  'outgoing.preview.noLetter':
    'No letter goes out yet. The decision letter follows once everything has been carried out; until then the status page says this:',
  'outgoing.preview.status': 'What the status page will say',
  'outgoing.preview.send': 'Send',
  'outgoing.preview.record': 'Confirm',
  'outgoing.preview.undoable': 'You will then have {seconds} seconds to undo it.',
  'outgoing.preview.change': 'Go back and change it',
  'outgoing.preview.changed':
    'The request or the letter has changed since you looked. Nothing was sent; this is how it stands now.',
  'outgoing.pending.letter': 'A message to the claimant is about to go out',
  'outgoing.pending.question': 'A question to the claimant is about to go out',
  'outgoing.pending.decision': 'A decision is about to go out',
  'outgoing.pending.reopening': 'The request is about to be opened again',
  'outgoing.pending.duplicate': 'The request is about to be joined to another',
  'outgoing.pending.by':
    'Sent by {name}. Until it goes out, nothing has changed and the claimant sees nothing.',
  'outgoing.pending.seconds': 'Seconds left: {seconds}',
  'outgoing.pending.undo': 'Undo',
  'outgoing.pending.now': 'It is going out now.',
  'outgoing.pending.look': 'See the request as it stands now',
  'outgoing.pending.refused':
    'Something is about to go out on this request. Wait until it has, or undo it. What you have just sent was not carried out.',
  'outgoing.pending.gone':
    'There is nothing to undo: it has already gone out, or somebody else has undone it.',
  'outgoing.draft.undone': 'Undone. Nothing went out; your words are back here.',
  'outgoing.draft.restored':
    'This was restored from a backup. It may have gone out already: look at the letters before you send it again.',
  'outgoing.draft.stale':
    'This did not go out: the request changed before it could. Read what is new, then send it again if it still fits.',
  'outgoing.draft.at': 'Your draft, kept {moment}. Only you see it.',
  'outgoing.draft.keep': 'Keep as draft',
  'outgoing.draft.discard': 'Discard the draft',
  'outgoing.draft.kept': 'Draft kept',
  'outgoing.draft.notKept': 'The draft could not be kept. Copy your words before you leave this page.',
  'outgoing.see': 'See it before it goes out',
} as const
