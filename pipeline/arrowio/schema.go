package arrowio

import (
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"

	"firmties/pipeline/table"
)

// Keys of the schema's metadata; the key's columns are joined by ";".
const (
	versionKey = "firmties.schema_version"
	tableKey   = "firmties.table"
	docKey     = "firmties.definition"
	keyKey     = "firmties.key"

	studyKey     = "firmties.study"
	simulatedKey = "firmties.simulated" // true or false
)

// dictionaryType is that of every closed list.
func dictionaryType() *arrow.DictionaryType {
	return &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: arrow.BinaryTypes.String}
}

// arrowSchema derives the Arrow schema of a table.
func arrowSchema(s *table.Schema) *arrow.Schema {
	rows := fieldMetadata(s)
	fields := make([]arrow.Field, len(s.Columns))
	for i, c := range s.Columns {
		fields[i] = arrow.Field{Name: c.Name, Type: arrowType(c.Kind), Nullable: nullable(c), Metadata: rows[c.Name]}
	}
	meta := arrow.NewMetadata(
		[]string{versionKey, tableKey, docKey, keyKey, studyKey, simulatedKey},
		[]string{table.SchemaVersion, s.Name, s.Doc, strings.Join(s.Key, ";"), s.Study, strconv.FormatBool(s.Simulated)})
	return arrow.NewSchema(fields, &meta)
}

func arrowType(k table.Kind) arrow.DataType {
	switch k {
	case table.Category:
		return dictionaryType()
	case table.Number:
		return arrow.PrimitiveTypes.Float64
	case table.Count:
		return arrow.PrimitiveTypes.Int64
	case table.Flag:
		return arrow.FixedWidthTypes.Boolean
	default:
		return arrow.BinaryTypes.String
	}
}

func nullable(c table.Column) bool { return c.NullWhen != "never" }

// fieldMetadata gives each column its row of the `columns` table, so that the
// two can never differ, and its convention by itself.
func fieldMetadata(s *table.Schema) map[string]arrow.Metadata {
	described := table.Describe([]*table.Schema{s})
	tables, columns := described.Column("table"), described.Column("column")
	conventions := make(map[string]string, len(s.Columns))
	for _, c := range s.Columns {
		conventions[c.Name] = c.Convention
	}
	meta := make(map[string]arrow.Metadata, len(s.Columns))
	for r := range described.Len() {
		if tables.Str(r) != s.Name {
			continue
		}
		var keys, values []string
		for i, c := range described.Schema.Columns {
			if v := described.At(i); v != tables && v != columns && !v.Null(r) {
				keys, values = append(keys, c.Name), append(values, v.Str(r))
			}
		}
		name := columns.Str(r)
		if c := conventions[name]; c != "" {
			keys, values = append(keys, "convention"), append(values, c)
		}
		meta[name] = arrow.NewMetadata(keys, values)
	}
	return meta
}
