/** The parameters of cmdlets that choose, order, count, change and show objects, as the real shell describes them; `signature.ts` says how a line reads. */
export const OBJECTS = String.raw`
ForEach-Object ForEachObjectCommand ScriptBlockSet ShouldProcess
  InputObject:psobject {ScriptBlockSet,PropertyAndMethodSet,ParallelParameterSet:|}
  Begin:scriptblock {ScriptBlockSet}
  Process:scriptblock[] {ScriptBlockSet:0!} null emptyCollection
  End:scriptblock {ScriptBlockSet}
  RemainingScripts:scriptblock[] {ScriptBlockSet:*} null emptyCollection
  MemberName:string {PropertyAndMethodSet:0!} notNullOrEmpty
  ArgumentList:object[]=Args {PropertyAndMethodSet:*}
  Parallel:scriptblock {ParallelParameterSet:!}
  ThrottleLimit:int {ParallelParameterSet} range(1..2147483647)
  TimeoutSeconds:int {ParallelParameterSet} range(0..2147483)
  AsJob:switch {ParallelParameterSet}
  UseNewRunspace:switch {ParallelParameterSet}
Where-Object WhereObjectCommand EqualSet
  InputObject:psobject {:|}
  FilterScript:scriptblock {ScriptBlockSet:0!}
  Property:string {EqualSet,CaseSensitiveEqualSet,NotEqualSet,CaseSensitiveNotEqualSet,GreaterThanSet,CaseSensitiveGreaterThanSet,LessThanSet,CaseSensitiveLessThanSet,GreaterOrEqualSet,CaseSensitiveGreaterOrEqualSet,LessOrEqualSet,CaseSensitiveLessOrEqualSet,LikeSet,CaseSensitiveLikeSet,NotLikeSet,CaseSensitiveNotLikeSet,MatchSet,CaseSensitiveMatchSet,NotMatchSet,CaseSensitiveNotMatchSet,ContainsSet,CaseSensitiveContainsSet,NotContainsSet,CaseSensitiveNotContainsSet,InSet,CaseSensitiveInSet,NotInSet,CaseSensitiveNotInSet,IsSet,IsNotSet,Not:0!} notNullOrEmpty
  Value:object {EqualSet,CaseSensitiveEqualSet,NotEqualSet,CaseSensitiveNotEqualSet,GreaterThanSet,CaseSensitiveGreaterThanSet,LessThanSet,CaseSensitiveLessThanSet,GreaterOrEqualSet,CaseSensitiveGreaterOrEqualSet,LessOrEqualSet,CaseSensitiveLessOrEqualSet,LikeSet,CaseSensitiveLikeSet,NotLikeSet,CaseSensitiveNotLikeSet,MatchSet,CaseSensitiveMatchSet,NotMatchSet,CaseSensitiveNotMatchSet,ContainsSet,CaseSensitiveContainsSet,NotContainsSet,CaseSensitiveNotContainsSet,InSet,CaseSensitiveInSet,NotInSet,CaseSensitiveNotInSet,IsSet,IsNotSet:1}
  EQ:switch=IEQ {EqualSet}
  CEQ:switch {CaseSensitiveEqualSet:!}
  NE:switch=INE {NotEqualSet:!}
  CNE:switch {CaseSensitiveNotEqualSet:!}
  GT:switch=IGT {GreaterThanSet:!}
  CGT:switch {CaseSensitiveGreaterThanSet:!}
  LT:switch=ILT {LessThanSet:!}
  CLT:switch {CaseSensitiveLessThanSet:!}
  GE:switch=IGE {GreaterOrEqualSet:!}
  CGE:switch {CaseSensitiveGreaterOrEqualSet:!}
  LE:switch=ILE {LessOrEqualSet:!}
  CLE:switch {CaseSensitiveLessOrEqualSet:!}
  Like:switch=ILike {LikeSet:!}
  CLike:switch {CaseSensitiveLikeSet:!}
  NotLike:switch=INotLike {NotLikeSet:!}
  CNotLike:switch {CaseSensitiveNotLikeSet:!}
  Match:switch=IMatch {MatchSet:!}
  CMatch:switch {CaseSensitiveMatchSet:!}
  NotMatch:switch=INotMatch {NotMatchSet:!}
  CNotMatch:switch {CaseSensitiveNotMatchSet:!}
  Contains:switch=IContains {ContainsSet:!}
  CContains:switch {CaseSensitiveContainsSet:!}
  NotContains:switch=INotContains {NotContainsSet:!}
  CNotContains:switch {CaseSensitiveNotContainsSet:!}
  In:switch=IIn {InSet:!}
  CIn:switch {CaseSensitiveInSet:!}
  NotIn:switch=INotIn {NotInSet:!}
  CNotIn:switch {CaseSensitiveNotInSet:!}
  Is:switch {IsSet:!}
  IsNot:switch {IsNotSet:!}
  Not:switch {Not:!}
Out-Null OutNullCommand -
  InputObject:psobject {:|}
New-Object NewObjectCommand Net
  TypeName:string {Net:0!}
  ArgumentList:object[]=Args {Net:1}
  Strict:switch {Com}
  Property:System.Collections.IDictionary
Select-Object SelectObjectCommand DefaultParameter
  InputObject:psobject {:|}
  Property:object[] {DefaultParameter,SkipLastParameter:0}
  ExcludeProperty:string[] {DefaultParameter,SkipLastParameter}
  ExpandProperty:string {DefaultParameter,SkipLastParameter}
  Unique:switch
  CaseInsensitive:switch
  Last:int {DefaultParameter} range(0..2147483647)
  First:int {DefaultParameter} range(0..2147483647)
  Skip:int {DefaultParameter,SkipLastParameter} range(0..2147483647)
  SkipLast:int {SkipLastParameter} range(0..2147483647)
  Wait:switch {DefaultParameter,IndexParameter}
  Index:int[] {IndexParameter} range(0..2147483647)
  SkipIndex:int[] {SkipIndexParameter} range(0..2147483647)
Sort-Object SortObjectCommand Default
  Stable:switch {Default}
  Descending:switch
  Unique:switch
  Top:int {Top:!} range(1..2147483647)
  Bottom:int {Bottom:!} range(1..2147483647)
  InputObject:psobject {:|}
  Property:object[] {:0}
  Culture:string
  CaseSensitive:switch
Get-Unique GetUniqueCommand AsString
  InputObject:psobject {:|}
  AsString:switch {AsString}
  OnType:switch {UniqueByType}
  CaseInsensitive:switch
Group-Object GroupObjectCommand -
  NoElement:switch
  AsHashTable:switch=AHT {HashTable}
  AsString:switch {HashTable}
  InputObject:psobject {:|}
  Property:object[] {:0}
  Culture:string
  CaseSensitive:switch
Measure-Object MeasureObjectCommand GenericMeasure
  InputObject:psobject {:|}
  Property:Microsoft.PowerShell.Commands.PSPropertyExpression[] {:0} notNullOrEmpty
  StandardDeviation:switch {GenericMeasure}
  Sum:switch {GenericMeasure}
  AllStats:switch {GenericMeasure}
  Average:switch {GenericMeasure}
  Maximum:switch {GenericMeasure}
  Minimum:switch {GenericMeasure}
  Line:switch {TextMeasure}
  Word:switch {TextMeasure}
  Character:switch {TextMeasure}
  IgnoreWhiteSpace:switch {TextMeasure}
Compare-Object CompareObjectCommand -
  ReferenceObject:psobject[] {:0!} emptyCollection
  DifferenceObject:psobject[] {:1!|} emptyCollection
  SyncWindow:int range(0..2147483647)
  Property:object[]
  ExcludeDifferent:switch
  IncludeEqual:switch
  PassThru:switch
  Culture:string
  CaseSensitive:switch
Tee-Object TeeObjectCommand File
  InputObject:psobject {:|}
  FilePath:string=Path {File:0!}
  LiteralPath:string=PSPath/LP {LiteralFile:!}
  Append:switch {File}
  Encoding:System.Text.Encoding {File,LiteralFile} notNullOrEmpty
  Variable:string {Variable:!}
Add-Member AddMemberCommand TypeNameSet
  InputObject:psobject {MemberSet,TypeNameSet,NotePropertySingleMemberSet,NotePropertyMultiMemberSet:!|}
  MemberType:System.Management.Automation.PSMemberTypes=Type {MemberSet:0!}
  Name:string {MemberSet:1!}
  Value:object {MemberSet:2}
  SecondValue:object {MemberSet:3}
  TypeName:string {TypeNameSet:! MemberSet,NotePropertySingleMemberSet,NotePropertyMultiMemberSet} notNullOrEmpty
  Force:switch {MemberSet,NotePropertySingleMemberSet,NotePropertyMultiMemberSet}
  PassThru:switch {MemberSet,TypeNameSet,NotePropertySingleMemberSet,NotePropertyMultiMemberSet}
  NotePropertyName:string {NotePropertySingleMemberSet:0!} notNullOrEmpty noMemberType
  NotePropertyValue:object {NotePropertySingleMemberSet:1!} null
  NotePropertyMembers:System.Collections.IDictionary {NotePropertyMultiMemberSet:0!} notNullOrEmpty
Get-Member GetMemberCommand -
  InputObject:psobject {:|}
  Name:string[] {:0} notNullOrEmpty
  MemberType:System.Management.Automation.PSMemberTypes=Type
  View:System.Management.Automation.PSMemberViewTypes
  Static:switch
  Force:switch
Out-String OutStringCommand NoNewLineFormatting
  Stream:switch {StreamFormatting}
  Width:int range(2..2147483647)
  NoNewline:switch {NoNewLineFormatting}
  InputObject:psobject {:|}
Format-Table FormatTableCommand -
  AutoSize:switch
  RepeatHeader:switch
  HideTableHeaders:switch
  Wrap:switch
  Property:object[] {:0}
  GroupBy:object
  View:string
  ShowError:switch
  DisplayError:switch
  Force:switch
  Expand:string values(CoreOnly/EnumOnly/Both)
  InputObject:psobject {:|}
Format-List FormatListCommand -
  Property:object[] {:0}
  GroupBy:object
  View:string
  ShowError:switch
  DisplayError:switch
  Force:switch
  Expand:string values(CoreOnly/EnumOnly/Both)
  InputObject:psobject {:|}
`
