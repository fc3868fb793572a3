package intake

import (
	"cmp"
	"math"
	"strings"

	"firmties/pipeline/study"
)

// readAffiliations reads two-mode sheets: a row is a firm's part in an event,
// or in several where `split` says what stands between them.
func (a *assembly) readAffiliations() {
	for i := range a.c.Affiliations {
		c := &a.c.Affiliations[i]
		out := study.Affiliation{Name: c.Name, Dimension: study.Dimension(cmp.Or(c.Dimension, string(study.Other)))}
		t := a.eachWeighed(&c.Rows, func(b *binding) (func(*row), func(*row) int64) {
			firm, event, cluster := b.column(&c.Firm), b.column(&c.Event), b.column(&c.Cluster)
			sheet := a.sheet(b.p)
			read := func(r *row) {
				for _, e := range events(r, event, c.Split) {
					m := study.Membership{Cluster: a.cluster(r, cluster), Firm: -1, Sheet: sheet,
						FirmName: a.s.Texts.Intern(r.text(firm)), Event: a.s.Texts.Intern(e)}
					line, column := r.position(firm)
					m.Line, m.Column = int32(min(line, math.MaxInt32)), uint16(min(column, math.MaxUint16))
					out.Members = append(out.Members, m)
				}
			}
			return read, func(r *row) int64 { return int64(len(events(r, event, c.Split))) }
		})
		out.Rows, out.Excluded = t.rows, t.excluded
		a.s.Affiliations = append(a.s.Affiliations, out)
	}
}

// events are the events of a cell; a blank cell is one blank event.
func events(r *row, column int, split string) []string {
	text := r.text(column)
	if split == "" {
		return []string{text}
	}
	var out []string
	for e := range strings.SplitSeq(text, split) {
		if e = trim(e); e != "" {
			out = append(out, e)
		}
	}
	if out == nil {
		return []string{""}
	}
	return out
}
