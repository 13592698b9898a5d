/** The parameters of cmdlets for files, paths, variables and commands, as the real shell describes them; `signature.ts` says how a line reads. */
export const ITEMS = String.raw`
Get-Command GetCommandCommand CmdletSet
  Name:string[] {AllCommandSet:0|%} notNullOrEmpty
  Verb:string[] {CmdletSet:%}
  Noun:string[] {CmdletSet:%}
  Module:string[]=PSSnapin {:%}
  ExcludeModule:string[]
  FullyQualifiedModule:Microsoft.PowerShell.Commands.ModuleSpecification[] {:%}
  CommandType:System.Management.Automation.CommandTypes=Type {AllCommandSet:%}
  TotalCount:int {:%}
  Syntax:switch {:%}
  ShowCommandInfo:switch
  ArgumentList:object[]=Args {:1*} null emptyCollection
  All:switch {:%}
  ListImported:switch {:%}
  ParameterName:string[] notNullOrEmpty
  ParameterType:System.Management.Automation.PSTypeName[] notNullOrEmpty
  UseFuzzyMatching:switch {AllCommandSet}
  FuzzyMinimumDistance:uint32 {AllCommandSet}
  UseAbbreviationExpansion:switch {AllCommandSet:%}
Get-Variable GetVariableCommand -
  Name:string[] {:0|%} notNullOrEmpty
  ValueOnly:switch
  Include:string[]
  Exclude:string[]
  Scope:string notNullOrEmpty
Set-Variable SetVariableCommand - ShouldProcess
  Name:string[] {:0!%}
  Value:object {:1|%}
  Include:string[]
  Exclude:string[]
  Description:string
  Option:System.Management.Automation.ScopedItemOptions
  Force:switch
  Visibility:System.Management.Automation.SessionStateEntryVisibility
  PassThru:switch
  Append:switch
  Scope:string notNullOrEmpty
New-Variable NewVariableCommand - ShouldProcess
  Name:string {:0!%}
  Value:object {:1|%}
  Description:string
  Option:System.Management.Automation.ScopedItemOptions
  Visibility:System.Management.Automation.SessionStateEntryVisibility
  Force:switch
  PassThru:switch
  Scope:string notNullOrEmpty
Remove-Variable RemoveVariableCommand - ShouldProcess
  Name:string[] {:0!%}
  Include:string[]
  Exclude:string[]
  Force:switch
  Scope:string notNullOrEmpty
Get-Location GetLocationCommand Location
  PSProvider:string[] {Location:%}
  PSDrive:string[] {Location:%}
  Stack:switch {Stack}
  StackName:string[] {Stack:%}
Join-Path JoinPathCommand -
  Path:string[]=PSPath {:0!|%}
  ChildPath:string[] {:1!%} null emptyString emptyCollection
  AdditionalChildPath:string[] {:2%*} null emptyString emptyCollection
  Resolve:switch
  Credential:pscredential {:%}
Split-Path SplitPathCommand ParentSet
  Path:string[] {ParentSet,LeafSet,LeafBaseSet,ExtensionSet,QualifierSet,NoQualifierSet,IsAbsoluteSet:0!|%}
  LiteralPath:string[]=PSPath/LP {LiteralPathSet:!%}
  Qualifier:switch {QualifierSet:!%}
  NoQualifier:switch {NoQualifierSet:!%}
  Parent:switch {ParentSet:%}
  Leaf:switch {LeafSet:!%}
  LeafBase:switch {LeafBaseSet:!%}
  Extension:switch {ExtensionSet:!%}
  Resolve:switch
  IsAbsolute:switch {IsAbsoluteSet:!}
  Credential:pscredential {:%}
Test-Path TestPathCommand Path
  Path:string[] {Path:0!|%} null emptyString emptyCollection
  LiteralPath:string[]=PSPath/LP {LiteralPath:!%} null emptyString emptyCollection
  Filter:string
  Include:string[]
  Exclude:string[]
  PathType:Microsoft.PowerShell.Commands.TestPathType=Type
  IsValid:switch
  Credential:pscredential {:%}
  OlderThan:datetime
  NewerThan:datetime
Get-Item GetItemCommand Path
  Path:string[] {Path:0!|%}
  LiteralPath:string[]=PSPath/LP {LiteralPath:!%}
  Filter:string
  Include:string[]
  Exclude:string[]
  Force:switch
  Credential:pscredential {:%}
Get-Content GetContentCommand Path
  ReadCount:long {:%}
  TotalCount:long=First/Head {:%} range(0..9223372036854775807)
  Tail:int=Last {:%} range(0..2147483647)
  Path:string[] {Path:0!%}
  LiteralPath:string[]=PSPath/LP {LiteralPath:!%}
  Filter:string
  Include:string[]
  Exclude:string[]
  Force:switch
  Credential:pscredential {:%}
  Delimiter:string
  Wait:switch
  Raw:switch
  Encoding:System.Text.Encoding notNullOrEmpty
  AsByteStream:switch
Set-Content SetContentCommand Path ShouldProcess
  Value:object[] {:1!|%} null emptyCollection
  PassThru:switch
  Path:string[] {Path:0!%}
  LiteralPath:string[]=PSPath/LP {LiteralPath:!%}
  Filter:string
  Include:string[]
  Exclude:string[]
  Force:switch
  Credential:pscredential {:%}
  NoNewline:switch
  Encoding:System.Text.Encoding notNullOrEmpty
  AsByteStream:switch
Add-Content AddContentCommand Path ShouldProcess
  Value:object[] {:1!|%} null emptyCollection
  PassThru:switch
  Path:string[] {Path:0!%}
  LiteralPath:string[]=PSPath/LP {LiteralPath:!%}
  Filter:string
  Include:string[]
  Exclude:string[]
  Force:switch
  Credential:pscredential {:%}
  NoNewline:switch
  Encoding:System.Text.Encoding notNullOrEmpty
  AsByteStream:switch
Out-File OutFileCommand ByPath ShouldProcess
  FilePath:string=Path {ByPath:0!}
  LiteralPath:string=PSPath/LP {ByLiteralPath:!%}
  Encoding:System.Text.Encoding {:1} notNullOrEmpty
  Append:switch
  Force:switch
  NoClobber:switch=NoOverwrite
  Width:int range(2..2147483647)
  NoNewline:switch
  InputObject:psobject {:|}
Remove-Item RemoveItemCommand Path ShouldProcess
  Path:string[] {Path:0!|%}
  LiteralPath:string[]=PSPath/LP {LiteralPath:!%}
  Filter:string
  Include:string[]
  Exclude:string[]
  Recurse:switch
  Force:switch
  Credential:pscredential {:%}
`
