package intake

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"firmties/pipeline/diag"
)

// fileKind is how a file is read.
type fileKind uint8

const (
	textFile fileKind = iota
	workbookFile
)

// supported is the hint where a file cannot be read.
const supported = "tables are read from text (.csv, .tsv, .txt) and from Excel workbooks (.xlsx); save it as one of these"

func isWorkbookName(name string) bool {
	return slices.Contains([]string{".xlsx", ".xlsm"}, strings.ToLower(path.Ext(name)))
}

func isTextName(name string) bool {
	return slices.Contains([]string{"", ".csv", ".tsv", ".tab", ".txt", ".dat"}, strings.ToLower(path.Ext(name)))
}

// baseName is a file's name without its folder and ending.
func baseName(name string) string {
	return strings.TrimSuffix(path.Base(name), path.Ext(name))
}

// signature is how files of a kind begin.
type signature struct{ start, kind string }

func signatures() []signature {
	return []signature{
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.xls) or a workbook with a password"},
		{"%PDF", "a PDF"},
		{"PAR1", "a Parquet file"},
		{"ARROW1", "an Arrow file"},
		{"FEA1", "a Feather file"},
		{"$FL2", "an SPSS file"},
		{"<stata_dta>", "a Stata file"},
		{"SQLite format 3\x00", "an SQLite database"},
		{"\x1f\x8b", "a gzip file"},
		{"BZh", "a bzip2 file"},
		{"\xfd7zXZ", "an xz file"},
		{"7z\xbc\xaf\x27\x1c", "a 7z archive"},
		{"Rar!", "a RAR archive"},
		{"\x89PNG", "a picture"},
		{"\xff\xd8\xff", "a picture"},
		{`{\rtf`, "an RTF document"},
		{"<!doctype html", "a web page"},
		{"<html", "a web page"},
		{"<?xml", "an XML file"},
	}
}

// looksLike names the kind of a file that is neither text nor a workbook.
func looksLike(head []byte) string {
	start := strings.ToLower(string(bytes.TrimLeft(head, " \t\r\n")))
	for _, s := range signatures() {
		if strings.HasPrefix(string(head), s.start) || s.start[0] == '<' && strings.HasPrefix(start, s.start) {
			return s.kind
		}
	}
	return ""
}

func isZip(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// zipKind names a zip file that is not called a workbook.
func zipKind(head []byte) string {
	switch {
	case bytes.Contains(head, []byte("opendocument.spreadsheet")):
		return "an OpenDocument spreadsheet (.ods)"
	case bytes.Contains(head, []byte("[Content_Types].xml")), bytes.Contains(head, []byte("xl/")):
		return "an Office file; an Excel workbook has to be called .xlsx"
	}
	return "a zip archive"
}

// kindFits decides how a file is read, or finds that it is no table.
func (r *reader) kindFits(f *inputFile) bool {
	book := isWorkbookName(f.Name)
	kind := looksLike(f.head)
	at := diag.Place{File: f.Name}
	switch {
	case f.size == 0:
		r.once(diag.TableEmpty, at, "", "the file is empty", "a table has a line of column headers and rows below it")
	case kind != "":
		r.once(diag.FileKind, at, "", "the file looks like "+kind, supported)
	case isZip(f.head) && !book:
		r.once(diag.FileKind, at, "", "the file looks like "+zipKind(f.head), supported)
	case book && !isZip(f.head):
		r.once(diag.FileKind, at, "", "the file is called a workbook and is none", "if it is text, let its name end in .csv")
	case !book && !isTextName(f.Name):
		r.once(diag.FileKind, at, "", fmt.Sprintf("files ending in %s are not read", path.Ext(f.Name)), supported)
	default:
		if book {
			f.kind = workbookFile
		}
		return true
	}
	return false
}
