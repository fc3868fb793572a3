package diag

import "slices"

// Code names a kind of finding, for people to search and programs to test.
type Code string

// Info documents a code.
type Info struct {
	Code     Code
	Severity Severity
	Doc      string
}

// The codes of study.yaml.
const (
	YAMLSyntax      Code = "yaml-syntax"
	YAMLLimit       Code = "yaml-limit"
	KeyUnknown      Code = "key-unknown"
	KeyMissing      Code = "key-missing"
	KeyRepeated     Code = "key-repeated"
	TypeWrong       Code = "type-wrong"
	ChoiceUnknown   Code = "choice-unknown"
	NameInvalid     Code = "name-invalid"
	NameRepeated    Code = "name-repeated"
	ReferenceWrong  Code = "reference-unknown"
	SettingConflict Code = "setting-conflict"
)

// The codes of files and tables.
const (
	FileMissing     Code = "file-missing"
	FileKind        Code = "file-kind"
	FileOutside     Code = "file-outside"
	FileTooLarge    Code = "file-too-large"
	FileCorrupt     Code = "file-corrupt"
	SheetMissing    Code = "sheet-missing"
	EncodingUnknown Code = "encoding-undeclared"
	EncodingWrong   Code = "encoding-wrong"
	TableSyntax     Code = "table-syntax"
	TableEmpty      Code = "table-empty"
	HeaderRepeated  Code = "header-repeated"
	ColumnMissing   Code = "column-missing"
	DelimiterWrong  Code = "delimiter-wrong"
	IDTooLong       Code = "id-too-long"
	CellError       Code = "cell-error"
	CellUncomputed  Code = "cell-uncomputed"
	SheetHidden     Code = "sheet-hidden"
)

// The codes of what the tables say.
const (
	IDBlank             Code = "id-blank"
	IDRepeated          Code = "id-repeated"
	ClusterUnknown      Code = "cluster-unknown"
	FirmUnknown         Code = "firm-unknown"
	NumberWrong         Code = "number-wrong"
	StrengthWrong       Code = "strength-not-positive"
	AnswerUnknown       Code = "answer-unknown"
	LevelUnknown        Code = "level-unknown"
	RespondentUnknown   Code = "respondent-unknown"
	RespondentNoFirm    Code = "respondent-without-firm"
	RespondentNotAsked  Code = "respondent-not-asked"
	NameUnresolved      Code = "name-unresolved"
	NameAmbiguous       Code = "name-ambiguous"
	NameOfOtherCluster  Code = "name-of-other-cluster"
	NameMissing         Code = "name-missing"
	PairNotAsked        Code = "pair-not-asked"
	SelfReport          Code = "self-report"
	LimitExceeded       Code = "limit-exceeded"
	AnswersContradict   Code = "answers-contradict"
	OutcomeIDUnknown    Code = "outcome-id-unknown"
	OutcomeMissing      Code = "outcome-missing"
	ControlMissing      Code = "control-missing"
	AttributeMixed      Code = "attribute-mixed"
	NothingSelected     Code = "nothing-selected"
	ClusterWithoutFirms Code = "cluster-without-firms"
)

// Infos is the one table of codes, with what each means.
func Infos() []Info {
	return []Info{
		{YAMLSyntax, Error, "study.yaml is not well-formed YAML"},
		{YAMLLimit, Error, "study.yaml is larger or more deeply nested, or its aliases expand to more, than any study needs"},
		{KeyUnknown, Error, "a key of study.yaml that does not exist"},
		{KeyMissing, Error, "a key of study.yaml that is required"},
		{KeyRepeated, Error, "a key that stands twice in one section"},
		{TypeWrong, Error, "a value of study.yaml of another type than expected"},
		{ChoiceUnknown, Error, "a value of study.yaml outside its closed list"},
		{NameInvalid, Error, "a name that cannot become a column"},
		{NameRepeated, Error, "a name that is declared twice"},
		{ReferenceWrong, Error, "a reference in study.yaml to something that is not declared"},
		{SettingConflict, Error, "settings of study.yaml that contradict each other"},
		{FileMissing, Error, "a file of the study that does not exist"},
		{FileKind, Error, "a file that is not a table that can be read"},
		{FileOutside, Error, "a path that leaves the data folder"},
		{FileTooLarge, Error, "a file that is larger, or unpacks to more, than the limit"},
		{FileCorrupt, Error, "a file that is damaged"},
		{SheetMissing, Error, "a sheet that the workbook does not have"},
		{EncodingUnknown, Error, "a file that is not UTF-8 and whose encoding is not declared"},
		{EncodingWrong, Error, "a file that is not in the encoding that is declared"},
		{TableSyntax, Error, "a table whose rows or quotes are malformed"},
		{TableEmpty, Error, "a table without a header or without rows"},
		{HeaderRepeated, Error, "a column header that stands twice"},
		{ColumnMissing, Error, "a column that the table does not have"},
		{DelimiterWrong, Error, "a table that seems to use another delimiter"},
		{IDTooLong, Warning, "a numeric id of more than 15 digits in a workbook, which a spreadsheet rounds"},
		{CellError, Error, "a cell of a workbook that shows an error, such as #N/A, instead of a value"},
		{CellUncomputed, Warning, "a cell with a formula whose value is not in the workbook"},
		{SheetHidden, Note, "a hidden sheet that `sheet: \"*\"` leaves out"},
		{IDBlank, Error, "a blank id in a list of clusters, firms or respondents"},
		{IDRepeated, Error, "an id that stands twice"},
		{ClusterUnknown, Error, "a cluster that the study does not have"},
		{FirmUnknown, Error, "an id that is not a firm of the study, where only firms can stand"},
		{NumberWrong, Error, "text where a finite number is expected"},
		{StrengthWrong, Error, "a strength at or below zero, or too large or small to compute with"},
		{AnswerUnknown, Warning, "an answer outside `answers`"},
		{LevelUnknown, Error, "a rating outside `levels`"},
		{RespondentUnknown, Warning, "a report by somebody who is not a respondent of the study"},
		{RespondentNoFirm, Error, "a report about one's own ties by a respondent who speaks for no firm"},
		{RespondentNotAsked, Warning, "a report by a respondent who was not interviewed"},
		{NameUnresolved, Warning, "a reported name that is no firm of the cluster"},
		{NameAmbiguous, Warning, "a reported name that fits several firms"},
		{NameOfOtherCluster, Warning, "a reported name that is a firm of another cluster"},
		{NameMissing, Warning, "a report that names only the second end of its pair"},
		{PairNotAsked, Warning, "a report about a pair that its respondent was not asked about"},
		{SelfReport, Warning, "a firm reported as tied to itself"},
		{LimitExceeded, Warning, "more names than the question allowed"},
		{AnswersContradict, Warning, "yes and no by one respondent about one pair"},
		{OutcomeIDUnknown, Warning, "an outcome of something that is not a firm or cluster of the study"},
		{OutcomeMissing, Warning, "an outcome without a single value"},
		{ControlMissing, Warning, "a control without a single value"},
		{AttributeMixed, Warning, "a column of numbers that becomes text because a cell is none"},
		{NothingSelected, Warning, "a section that no row of its table belongs to"},
		{ClusterWithoutFirms, Warning, "a cluster without firms"},
	}
}

// Severity is the code's own severity.
func (c Code) Severity() Severity {
	all := Infos()
	i := slices.IndexFunc(all, func(in Info) bool { return in.Code == c })
	if i < 0 {
		panic("diag: code without a row: " + string(c))
	}
	return all[i].Severity
}
