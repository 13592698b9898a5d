'use client'

import { useState } from 'react'
import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { TextField } from '@/components/forms/field'
import { ScrollRegion } from '@/components/table/data-table'
import { formatCount } from '@/domain/wording/count'
import { type Verified, verifyLedger } from './actions'

const shownAtMost = 200

/** Recomputes every link of the ledger, and compares it with heads exported earlier where a file of them is chosen. */
export function VerifyForm() {
  const [problems, setProblems] = useState<NonNullable<Verified['problems']>>([])
  return (
    <div className="grid gap-4">
      <ActionForm
        action={async (before, data) => {
          const result = await verifyLedger(before, data)
          setProblems(result.problems ?? [])
          return result
        }}
      >
        <TextField
          label="Heads exported earlier"
          name="heads"
          type="file"
          accept="application/json,.json"
          hint="May be left empty. A tail that was cut off is found only with an exported head: from inside, a shorter chain looks whole."
        />
        <div>
          <SubmitButton tone="primary" pending="Reading every entry…">
            Verify the whole ledger
          </SubmitButton>
        </div>
      </ActionForm>
      {problems.length > 0 && (
        <ScrollRegion label="Faults">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Chain</th>
                <th scope="col" className="n">
                  Sequence
                </th>
                <th scope="col">Type</th>
                <th scope="col">What is wrong</th>
              </tr>
            </thead>
            <tbody>
              {problems.slice(0, shownAtMost).map(problem => (
                <tr key={`${problem.chain} ${problem.seq} ${problem.type} ${problem.what}`}>
                  <td className="mono" data-phone="line" data-label="Chain">
                    {problem.chain}
                  </td>
                  <td className="n" data-phone="line" data-label="Sequence">
                    {problem.seq}
                  </td>
                  <td className="mono" data-phone="line" data-label="Type">
                    {problem.type}
                  </td>
                  <td data-phone="line">{problem.what}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {problems.length > shownAtMost && (
        <p className="text-s text-muted">{formatCount(problems.length - shownAtMost)} more are not shown.</p>
      )}
    </div>
  )
}
