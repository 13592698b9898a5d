<#
.SYNOPSIS
    Records what this PowerShell answers to small scripts, in the form of the case files.
.DESCRIPTION
    Takes JSON lines { id, area, script } and writes them with "real" added. Each script runs in a fresh runspace without a user at the
    console. Run it with PowerShell 7 in an empty folder, culture en-US, time zone UTC:
    LANG=en_US.UTF-8 TZ=UTC pwsh -NoProfile -NonInteractive -File record.ps1 -In asked.jsonl -Out answered.jsonl
#>
param(
    [Parameter(Mandatory = $true)] [string] $In,
    [Parameter(Mandatory = $true)] [string] $Out
)

$inv = [Globalization.CultureInfo]::InvariantCulture
function enc($v, $depth) {
  if ($null -eq $v) { return 'null' }
  $b = $v
  if ($v -is [System.Management.Automation.PSObject]) { $b = $v.PSObject.BaseObject }
  if ($b -is [System.Management.Automation.PSCustomObject]) {
    $parts = foreach ($p in $v.PSObject.Properties) { (js $p.Name) + ':' + (enc $p.Value ($depth+1)) }
    return '{"$object":{' + ($parts -join ',') + '}}'
  }
  if ($b -is [bool]) { return $(if ($b) { 'true' } else { 'false' }) }
  if ($b -is [string]) { return js $b }
  if ($b -is [int] -or $b -is [byte] -or $b -is [sbyte] -or $b -is [int16] -or $b -is [uint16] -or $b -is [uint32]) { return $b.ToString($inv) }
  if ($b -is [double] -or $b -is [single]) { return '{"$number":' + (js ($b.ToString('R',$inv))) + '}' }
  if ($b -is [long] -or $b -is [ulong] -or $b -is [decimal] -or $b -is [bigint]) { return '{"$number":' + (js ($b.ToString($inv))) + '}' }
  if ($b -is [char]) { return '{"$char":' + (js ([string]$b)) + '}' }
  if ($b -is [datetime]) { return '{"$datetime":' + (js ($b.ToString('yyyy-MM-ddTHH:mm:ss.fffffff',$inv))) + ',"kind":' + (js ([string]$b.Kind)) + '}' }
  if ($depth -gt 6) { return '{"$string":' + (js ([string]$b)) + '}' }
  if ($b -is [System.Collections.IDictionary]) {
    $ks = @(foreach ($k in $b.get_Keys()) { [string]$k }); $map=[System.Collections.Generic.Dictionary[string,string]]::new(); foreach ($en in $b.GetEnumerator()) { $map[[string]$en.Key] = '[' + (js ([string]$en.Key)) + ',' + (enc $en.Value ($depth+1)) + ']' }
    if (-not ($b -is [System.Collections.Specialized.OrderedDictionary])) { $ks=[string[]]$ks; [array]::Sort($ks, [StringComparer]::Ordinal) }
    return '{"$dictionary":[' + (@(foreach ($k in $ks) { $map[$k] }) -join ',') + ']}'
  }
  if ($b -is [System.Collections.IList]) { $items = @(foreach ($i in $b.GetEnumerator()) { enc $i ($depth+1) }); return '{"$array":[' + (@($items) -join ',') + ']}' }
  return '{"$string":' + (js ([string]$v)) + '}'
}
function js([string]$s) { return '"' + [System.Text.Encodings.Web.JavaScriptEncoder]::Default.Encode($s) + '"' }
function tn($v) { if ($null -eq $v) { return 'null' }; return js ($v.GetType().FullName) }
function err($e) {
  if ($null -eq $e) { return 'null' }
  return '{"message":' + (js $e.Exception.Message) + ',"exception":' + (js $e.Exception.GetType().FullName) + ',"id":' + (js $e.FullyQualifiedErrorId) + ',"category":' + (js ([string]$e.CategoryInfo.Category)) + '}'
}
$w = [IO.StreamWriter]::new($Out)
foreach ($line in [IO.File]::ReadAllLines($In)) {
  if (!$line) { continue }
  $c = $line | ConvertFrom-Json
  $toks = $null; $errs = $null
  [void][System.Management.Automation.Language.Parser]::ParseInput($c.script, [ref]$toks, [ref]$errs)
  if ($errs.Count) {
    $r = '{"parseErrors":[' + (($errs | % { '{"id":' + (js $_.ErrorId) + ',"message":' + (js $_.Message) + ',"line":' + $_.Extent.StartLineNumber + ',"column":' + $_.Extent.StartColumnNumber + '}' }) -join ',') + ']}'
  } else {
    $ps = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
    [void]$ps.AddScript($c.script)
    $term = $null
    $o = [System.Management.Automation.PSDataCollection[psobject]]::new()
    try { $ps.Invoke($null, $o) } catch { $term = $_.Exception; if ($term.InnerException) { $term = $term.InnerException }; if ($term -is [System.Management.Automation.IContainsErrorRecord]) { $term = $term.ErrorRecord } else { $term = [System.Management.Automation.ErrorRecord]::new($term, 'X', 'NotSpecified', $null) } }
    $outs = @(foreach ($x in $o) { enc $x 0 }); $types = @(foreach ($x in $o) { tn $x })
    $r = '{"output":[' + ($outs -join ',') + '],"types":[' + ($types -join ',') + '],"errors":[' + (@(foreach ($e in $ps.Streams.Error) { err $e }) -join ',') + '],"terminating":' + (err $term) + ',"warnings":[' + (@(foreach ($x in $ps.Streams.Warning) { js $x.Message }) -join ',') + '],"verbose":[' + (@(foreach ($x in $ps.Streams.Verbose) { js $x.Message }) -join ',') + '],"information":[' + (@(foreach ($x in $ps.Streams.Information) { js ([string]$x.MessageData) }) -join ',') + ']}'
    $ps.Dispose()
  }
  $w.WriteLine('{"id":' + (js $c.id) + ',"area":' + (js $c.area) + ',"script":' + (js $c.script) + ',"real":' + $r + '}')
}
$w.Close()
