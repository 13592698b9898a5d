'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '@/components/button/button'
import { SelectField, TextField } from '@/components/forms/field'
import { Glyph } from '@/components/state/glyph'
import { percent } from '@/domain/wording/count'

export type UploadEstate = { id: string; label: string; pools: readonly string[] }
type Answer = { importId?: string; message?: string; remedy?: string; earlier?: string; reference?: string }
type Standing = { at: 'idle' } | { at: 'sending'; share: number } | { at: 'refused'; answer: Answer }

/**
 * Takes one CSV file, dropped or chosen, and sends it as it is. As soon as the server has it, the import's own page shows how
 * the rows are judged. A file that was imported before is sent again only when somebody says so.
 */
export function UploadForm({
  estates,
  runbooks,
  most,
  why,
}: {
  estates: readonly UploadEstate[]
  runbooks: readonly { id: string; title: string }[]
  /** What a file may hold. */
  most: { rows: string; bytes: number; size: string }
  /** Why nothing can be imported; null when it can. */
  why: string | null
}) {
  const router = useRouter()
  const pools = useId()
  const form = useRef<HTMLFormElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [over, setOver] = useState(false)
  const [estate, setEstate] = useState(estates[0]?.id ?? '')
  const [standing, setStanding] = useState<Standing>({ at: 'idle' })
  const chosen = estates.find(one => one.id === estate)
  const tooBig = file && file.size > most.bytes ? `The file is larger than ${most.size}.` : null
  const blocked = why ?? (file ? tooBig : 'Choose a file first.')

  // A file that was chosen before this code ran is taken as well.
  useEffect(() => setFile(input.current?.files?.[0] ?? null), [])

  const take = (next: File | null) => {
    setFile(next)
    setStanding({ at: 'idle' })
  }
  const send = (again: boolean) => {
    if (!file || !form.current || blocked || standing.at === 'sending') return
    const data = new FormData(form.current)
    const query = new URLSearchParams({ name: file.name })
    for (const key of ['estate', 'runbook', 'targetPool']) query.set(key, String(data.get(key) ?? ''))
    if (again) query.set('again', 'yes')
    const request = new XMLHttpRequest()
    request.open('POST', `/api/imports?${query}`)
    request.setRequestHeader('content-type', 'text/csv')
    request.responseType = 'json'
    request.upload.onprogress = event =>
      setStanding({ at: 'sending', share: event.total > 0 ? event.loaded / event.total : 0 })
    request.onload = () => {
      const answer = (request.response ?? {}) as Answer
      if (request.status === 202 && answer.importId) router.push(`/import/${answer.importId}`)
      else setStanding({ at: 'refused', answer })
    }
    request.onerror = () =>
      setStanding({
        at: 'refused',
        answer: { message: 'The line to Ferry broke, so the file did not arrive. Bring it once more.' },
      })
    setStanding({ at: 'sending', share: 0 })
    request.send(file)
  }

  return (
    <form
      ref={form}
      className="form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        send(false)
      }}
    >
      <label
        className={`grid cursor-pointer justify-items-center gap-2 rounded-l border-2 border-dashed p-4 text-center phone:p-8 ${
          over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-sunken'
        }`}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files[0] ?? null)
        }}
      >
        <b>{file ? file.name : 'Drop a CSV file here, or choose one'}</b>
        <span className="text-s text-muted">
          {file
            ? `${Math.max(1, Math.round(file.size / 1024))} KB. Drop another one to take that instead.`
            : `Needs the columns SipAddress and UserPrincipalName; up to ${most.rows} rows and ${most.size}.`}
        </span>
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          aria-label="CSV file"
          className="min-h-6 max-w-full text-s"
          onChange={event => take(event.target.files?.[0] ?? null)}
        />
      </label>
      <div className="grid items-start gap-4 phone:grid-cols-3">
        <SelectField
          label="Estate"
          name="estate"
          value={estate}
          onChange={event => setEstate(event.target.value)}
          options={estates.map(one => ({ value: one.id, label: one.label }))}
        />
        <SelectField
          label="Runbook"
          name="runbook"
          options={runbooks.map(one => ({ value: one.id, label: one.title }))}
        />
        <TextField
          label="Target pool"
          name="targetPool"
          list={pools}
          autoComplete="off"
          spellCheck={false}
          hint="For everybody whose row has no TargetPool. RegistrarPool says where somebody is, never where to."
        />
      </div>
      <datalist id={pools}>
        {chosen?.pools.map(pool => (
          <option key={pool} value={pool} />
        ))}
      </datalist>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone="primary" why={blocked} aria-busy={standing.at === 'sending' || undefined}>
          {standing.at === 'sending' ? `Sending, ${percent(standing.share)}` : 'Import this file'}
        </Button>
        <a href="/sample-users.csv" download className="link inline-flex min-h-6 items-center text-s">
          Download the sample file
        </a>
      </div>
      <div role="status">
        {standing.at === 'refused' && (
          <div className="note look-failed">
            <p className="title">
              <Glyph look="failed" />
              {standing.answer.earlier ? 'This very file was imported before' : 'Not imported'}
            </p>
            <p>
              {standing.answer.message ?? 'Ferry did not say why. Try once more.'} {standing.answer.remedy}
              {standing.answer.reference && (
                <>
                  {' '}
                  Reference <code className="mono">{standing.answer.reference}</code>.
                </>
              )}
            </p>
            {standing.answer.earlier && (
              <div className="mt-2 flex flex-wrap gap-2">
                <Link className="btn" href={`/import/${standing.answer.earlier}`}>
                  Open the earlier import
                </Link>
                <Button onClick={() => send(true)}>Import it again</Button>
              </div>
            )}
          </div>
        )}
      </div>
    </form>
  )
}
