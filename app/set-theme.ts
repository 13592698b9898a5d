'use server'

import { cookies } from 'next/headers'
import { readTheme, type Theme, themeCookie } from '@/components/frame/theme'

/** Remembers this browser's theme for a year. Anybody may: it says nothing about anybody. */
export async function setTheme(theme: Theme): Promise<void> {
  const jar = await cookies()
  const chosen = readTheme(theme)
  if (chosen === 'system') jar.delete(themeCookie)
  else jar.set(themeCookie, chosen, { path: '/', maxAge: 31_536_000, sameSite: 'lax', httpOnly: true })
}
