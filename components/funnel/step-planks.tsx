import type { Look } from '../state/look'

/** How far one person is: a plank for each step, in the state it is in. Steps not begun are plain. */
export function StepPlanks({ steps }: { steps: readonly { name: string; look: Look; word: string }[] }) {
  return (
    <span
      className="planks"
      role="img"
      aria-label={steps.map(step => `${step.name}: ${step.word}`).join(', ')}
      title={steps.map(step => `${step.name}: ${step.word}`).join('\n')}
    >
      {steps.map(step => (
        <i key={step.name} className={`look-${step.look}`} />
      ))}
    </span>
  )
}
