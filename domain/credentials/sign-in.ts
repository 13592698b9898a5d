/**
 * How a session signs in with a credential before it is lent to its first attempt. none: the account that the shell runs
 * under is enough, as on-premises. teams: Connect-MicrosoftTeams with a user name and a password.
 */
export const signInKinds = ['none', 'teams'] as const
export type SignInKind = (typeof signInKinds)[number]

export const isSignInKind = (text: string): text is SignInKind =>
  (signInKinds as readonly string[]).includes(text)

const words: Record<SignInKind, string> = { none: 'no sign-in', teams: 'sign-in to Microsoft Teams' }

/** “sign-in to Microsoft Teams”, as it stands after a credential's name. */
export const signInWord = (kind: SignInKind): string => words[kind]
