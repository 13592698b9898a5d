import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { highlight } from '@/components/powershell/highlight'
import { PowerShellBlock } from '@/components/powershell/powershell-block'

const kinds = (script: string) =>
  highlight(script)
    .filter(token => token.kind !== 'text')
    .map(token => [token.kind, token.text])

describe('highlighting', () => {
  it('changes no character of the script', () => {
    const script =
      "param([string] $Id)\n# it's odd\n<# open\n$x = \"a `\" $($b) \" + 'it''s' ; @'\nhere\n'@\nGet-CsUser -Identity $Id |\t% { $_ }\n\"never closed"
    expect(
      highlight(script)
        .map(token => token.text)
        .join(''),
    ).toBe(script)
    for (const odd of ['', '#', "'", '"', '$', '${', '<#', '-', '–Identity', '‘x’', '\u0000\n'])
      expect(
        highlight(odd)
          .map(token => token.text)
          .join(''),
      ).toBe(odd)
  })

  it('tells commands, parameters, strings and variables apart', () => {
    expect(kinds("Move-CsUser -Identity 'adele@contoso.example' -Confirm:$false")).toEqual([
      ['command', 'Move-CsUser'],
      ['parameter', '-Identity'],
      ['string', "'adele@contoso.example'"],
      ['parameter', '-Confirm'],
      ['variable', '$false'],
    ])
  })

  it('does not take a quote doubled inside a string for its end', () => {
    expect(kinds("'it''s one' x")).toEqual([['string', "'it''s one'"]])
  })

  it('does not see a comment in the middle of a word, nor a command in a comment', () => {
    expect(kinds('a#b')).toEqual([])
    expect(kinds('# Remove-CsUser -Force')).toEqual([['comment', '# Remove-CsUser -Force']])
  })

  it('takes typographic dashes and quotes for what PowerShell takes them for', () => {
    expect(kinds('Get-CsUser –Identity ‘adele’')).toEqual([
      ['command', 'Get-CsUser'],
      ['parameter', '–Identity'],
      ['string', '‘adele’'],
    ])
  })

  it('stays quick on a long script', () => {
    const script = "Get-CsUser -Identity 'adele@contoso.example'; ".repeat(4000)
    const start = performance.now()
    highlight(script)
    expect(performance.now() - start).toBeLessThan(1500)
  })
})

describe('the block', () => {
  const script = Array.from({ length: 30 }, (_, line) => `$a${line} = <b>`).join('\n')

  it('holds the whole text, escaped, however long it is, and a way to see all of it', () => {
    const markup = renderToStaticMarkup(<PowerShellBlock script={script} label="A script" fold={10} />)
    const text = markup.match(/<code>([\s\S]*)<\/code>/)?.[1]?.replace(/<[^>]+>/g, '') ?? ''
    expect(text.replace(/&lt;/g, '<').replace(/&gt;/g, '>')).toBe(script)
    expect(markup).toContain('Show all 30 lines')
  })

  it('offers nothing to unfold when nothing is folded', () => {
    expect(renderToStaticMarkup(<PowerShellBlock script="Get-CsUser" label="A script" />)).not.toContain(
      'Show all',
    )
  })
})
