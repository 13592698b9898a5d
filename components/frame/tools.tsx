'use client'

import { createContext, type ReactNode, useContext } from 'react'

const ToolsContext = createContext<ReactNode>(null)

/** Hands what belongs into every bar (search, hold) from the layout, which knows it, to the bar, which the page draws. */
export function ToolsProvider({ tools, children }: { tools: ReactNode; children: ReactNode }) {
  return <ToolsContext value={tools}>{children}</ToolsContext>
}

export function Tools() {
  return useContext(ToolsContext)
}
