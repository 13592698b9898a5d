export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

export const themeCookie = 'ferry-theme'

/** What a cookie says about the theme; anything else means: as the system is. */
export function readTheme(value: string | undefined): Theme {
  return themes.find(theme => theme === value) ?? 'system'
}
