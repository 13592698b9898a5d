/** Line icons of 16 px, drawn for Ferry. */
const paths = {
  overview: 'M2 9l6-6 6 6v5H2z',
  batches: 'M2 4h12M2 8h12M2 12h8',
  approvals: 'M3 8l3.5 3.5L13 5',
  import: 'M8 2v8m0 0L5 7m3 3l3-3M2 13h12',
  readiness: 'M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4z',
  runbooks: 'M3 2h8l2 2v10H3zM6 7h4M6 10h4',
  estates: 'M2 14V6l6-4 6 4v8M6 14v-4h4v4',
  workers: 'M3 3h10v4H3zM3 9h10v4H3zM5 5h.01M5 11h.01',
  failures: 'M8 2.5l6 11H2zM8 6.5v3.5M8 12h.01',
  audit: 'M8 2a6 6 0 100 12A6 6 0 008 2zM8 5v3l2 2',
  people:
    'M6 8a2.5 2.5 0 100-5 2.5 2.5 0 000 5zM1.5 14c.5-3 2.3-4 4.5-4s4 1 4.5 4M11 7.5a2 2 0 100-4M12 10c1.5.5 2.3 2 2.5 4',
  account: 'M8 8a3 3 0 100-6 3 3 0 000 6zM2.5 14.5c.6-3 2.7-4.5 5.5-4.5s4.9 1.5 5.5 4.5',
  search: 'M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.5 10.5L14 14',
  pause: 'M5 3v10M11 3v10',
  play: 'M5 3l8 5-8 5z',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  light:
    'M8 5a3 3 0 100 6 3 3 0 000-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  dark: 'M13.5 9.5A6 6 0 016.5 2.5a6 6 0 107 7z',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
} as const

export type IconName = keyof typeof paths

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.5 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}

/** The mark: a ferry on its way. */
export function Mark() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M3 13h18l-2.5 4.5h-13zM7 13V8h8l3 5M10 8V4.5" />
      <path
        d="M2 21c1.7 0 1.7-1 3.3-1s1.7 1 3.4 1 1.6-1 3.3-1 1.7 1 3.3 1 1.7-1 3.4-1 1.6 1 3.3 1"
        opacity=".55"
      />
    </svg>
  )
}
