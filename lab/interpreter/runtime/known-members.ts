/** The members real types have, in lower case: one that is listed and not written here is refused; any other is absent. */
const LISTS: Record<string, string> = {
  'System.String':
    'chars clone compareto contains copyto endswith enumeraterunes equals getenumerator gethashcode getpinnablereference gettype gettypecode indexof indexofany insert isnormalized lastindexof lastindexofany length normalize padleft padright remove replace replacelineendings split startswith substring tochararray tolower tolowerinvariant tostring toupper toupperinvariant trim trimend trimstart trycopyto',
  array:
    'address clone copyto count equals foreach get getenumerator gethashcode getlength getlonglength getlowerbound gettype getupperbound getvalue initialize isfixedsize isreadonly issynchronized length longlength rank set setvalue syncroot tostring where add clear contains indexof insert item remove removeat compareto',
  number: 'compareto equals gethashcode gettype gettypecode tostring tryformat scale',
  'System.Boolean': 'compareto equals gethashcode gettype gettypecode tostring tryformat',
  'System.Char': 'compareto equals gethashcode gettype gettypecode tostring',
  'System.DateTime':
    'add adddays addhours addmicroseconds addmilliseconds addminutes addmonths addseconds addticks addyears compareto date datetime day dayofweek dayofyear deconstruct displayhint equals getdatetimeformats gethashcode gettype gettypecode hour isdaylightsavingtime kind microsecond millisecond minute month nanosecond second subtract ticks timeofday tobinary tofiletime tofiletimeutc tolocaltime tolongdatestring tolongtimestring tooadate toshortdatestring toshorttimestring tostring touniversaltime tryformat year',
  'System.TimeSpan':
    'add compareto days divide duration equals gethashcode gettype hours microseconds milliseconds minutes multiply nanoseconds negate seconds subtract ticks tostring totaldays totalhours totalmicroseconds totalmilliseconds totalminutes totalnanoseconds totalseconds tryformat',
  hash: 'add asreadonly capacity clear clone comparer contains containskey containsvalue copyto count ensurecapacity equals getenumerator gethashcode getobjectdata gettype insert isfixedsize isreadonly issynchronized item keys ondeserialization remove removeat syncroot tostring trimexcess tryadd trygetvalue values getalternatelookup',
  list: 'add addrange asreadonly binarysearch capacity clear clone contains convertall copyto count ensurecapacity equals exists find findall findindex findlast findlastindex foreach getenumerator gethashcode getrange gettype indexof insert insertrange isfixedsize isreadonly issynchronized item lastindexof remove removeall removeat removerange reverse setrange slice sort syncroot toarray tostring trimexcess trimtosize trueforall where enqueue dequeue peek push pop exceptwith intersectwith unionwith issubsetof issupersetof overlaps setequals symmetricexceptwith isproperSubsetof removewhere comparer trygetvalue',
  'System.Guid':
    'allbitsset compareto equals gethashcode gettype tobytearray tostring tryformat trywritebytes variant version guid',
  'System.Version':
    'build clone compareto equals gethashcode gettype major majorrevision minor minorrevision revision tostring tryformat',
  'System.Text.RegularExpressions.Regex':
    'count enumeratematches enumeratesplits equals getgroupnames getgroupnumbers gethashcode gettype groupnamefromnumber groupnumberfromname ismatch match matches matchtimeout options replace righttoleft split tostring',
  match:
    'captures equals gethashcode gettype groups index length name nextmatch result success tostring value valuespan',
  exception:
    'data equals getbaseexception gethashcode getobjectdata gettype helplink hresult innerexception message source stacktrace targetsite tostring errorrecord',
  'System.Management.Automation.ErrorRecord':
    'categoryinfo equals errordetails exception fullyqualifiederrorid gethashcode getobjectdata gettype invocationinfo pipelineiterationinfo scriptstacktrace targetobject tostring pscommandpath psmessagedetails errorcategory_category errorcategory_activity errorcategory_reason errorcategory_targetname errorcategory_targettype',
  'System.Management.Automation.ScriptBlock':
    'ast attributes checkrestrictedlanguage debuggerhidden equals file gethashcode getnewclosure getpowershell getsteppablepipeline gettype id invoke invokereturnasis invokewithcontext isconfiguration isfilter module startposition tostring',
  'System.Management.Automation.SwitchParameter': 'equals gethashcode gettype ispresent tobool tostring',
  enum: 'compareto equals gethashcode gettype gettypecode hasflag tostring value__',
}
const sets = new Map(
  Object.entries(LISTS).map(([name, list]) => [name, new Set(list.toLowerCase().split(' '))]),
)

/** What every simple value can be turned into by a method of an interface. */
const CONVERTIBLE = new Set([
  'System.String',
  'System.Boolean',
  'System.Char',
  'System.DateTime',
  'number',
  'enum',
])
const CONVERSION = /^to(boolean|byte|char|datetime|decimal|double|u?int(16|32|64)|sbyte|single|type)$/

/** Whether values of this kind have a member of this name in the real shell. */
export function isRealMember(kind: string, lower: string): boolean {
  if (CONVERTIBLE.has(kind) && CONVERSION.test(lower)) return true
  return sets.get(kind)?.has(lower) ?? true
}
/** The adapters every object has. */
export const ADAPTERS = new Set(['psobject', 'psbase', 'psadapted', 'psextended', 'pstypenames'])
