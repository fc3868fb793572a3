package resolve

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Normalise is the form in which names are compared when they are not the same
// text: Unicode NFKC (full-width letters become plain ones), case folded,
// without spaces, punctuation and symbols, and without the legal form at the
// end ("Salt Works Co., Ltd." and "SALT WORKS" are the same, and so are
// 大同鐵工股份有限公司 and 大同鐵工). A name that is nothing but a legal form keeps
// it.
func Normalise(name string) string {
	folded := norm.NFKC.String(cases.Fold().String(norm.NFKC.String(name)))
	words := strings.FieldsFunc(strings.Map(joinAbbreviations, folded), isSeparator)
	for len(words) > 1 && slices.Contains(englishForms, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return withoutChineseForm(strings.Join(words, ""))
}

// joinAbbreviations drops what stands within a word: L.L.C. is llc, and Lin's
// is lins.
func joinAbbreviations(r rune) rune {
	if strings.ContainsRune(".'’", r) {
		return -1
	}
	return r
}

func isSeparator(r rune) bool {
	return !unicode.In(r, unicode.Letter, unicode.Number, unicode.Mark)
}

// englishForms are the words of legal forms; a name may end with several of
// them (Co., Ltd.).
var englishForms = []string{
	"co", "company", "coltd", "ltd", "limited", "inc", "incorporated", "corp", "corporation",
	"llc", "llp", "lp", "plc", "pte", "pty",
}

// chineseForms are legal forms and the registered forms of sole owners and
// partnerships in Taiwan and China, in traditional and simplified script; the
// longest that fits is dropped.
var chineseForms = []string{
	"股份有限公司",
	"有限責任公司", "有限责任公司",
	"有限公司", "無限公司", "无限公司", "兩合公司", "两合公司",
	"股公司", // (股)公司, short for 股份有限公司
	"有限合夥", "有限合伙",
	"企業社", "企业社", "企業行", "企业行",
	"公司", "商行", "商號", "商号",
}

func withoutChineseForm(name string) string {
	longest := ""
	for _, form := range chineseForms {
		if len(form) > len(longest) && strings.HasSuffix(name, form) {
			longest = form
		}
	}
	if longest == name {
		return name
	}
	return strings.TrimSuffix(name, longest)
}
