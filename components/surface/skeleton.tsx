import type { CSSProperties } from 'react'

/** The outline of what is coming, in the shape it will have, so that nothing jumps when it is there. */
export function Skeleton({ shape }: { shape: 'line' | 'stats' | 'table' | 'card' }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {shape === 'line' && <Bone width="46%" height={26} />}
      {shape === 'stats' && <Bone height={104} />}
      {shape === 'card' && <Bone height={188} />}
      {shape === 'table' &&
        ['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8'].map(row => <Bone key={row} height={40} />)}
    </div>
  )
}

/** A whole page on its way: said once to screen readers, drawn for the rest. */
export function PageSkeleton() {
  return (
    <>
      <p className="visually-hidden" role="status">
        Loading
      </p>
      <Skeleton shape="line" />
      <Skeleton shape="stats" />
      <Skeleton shape="card" />
      <Skeleton shape="table" />
    </>
  )
}

function Bone({ width = '100%', height }: { width?: string; height: number }) {
  return <span className="bone" style={{ width, height } as CSSProperties} />
}
