'use client'

import { startTransition, useOptimistic } from 'react'
import { Icon } from './icons'
import { type Theme, themes } from './theme'

const words: Record<Theme, string> = { light: 'Light', dark: 'Dark', system: 'As the system' }

/** Light, dark or as the system is. The action stores it in a cookie, from which the next page is drawn: nothing flashes. */
export function ThemeSwitch({
  theme,
  setTheme,
}: {
  theme: Theme
  setTheme: (theme: Theme) => Promise<void>
}) {
  const [now, choose] = useOptimistic(theme)
  return (
    <fieldset className="theme">
      <legend className="visually-hidden">Appearance</legend>
      {themes.map(one => (
        <button
          key={one}
          type="button"
          aria-pressed={one === now}
          aria-label={words[one]}
          title={words[one]}
          onClick={() => {
            if (one === 'system') delete document.documentElement.dataset.theme
            else document.documentElement.dataset.theme = one
            startTransition(async () => {
              choose(one)
              await setTheme(one)
            })
          }}
        >
          <span className="w-3.5 block">
            <Icon name={one} />
          </span>
        </button>
      ))}
    </fieldset>
  )
}
