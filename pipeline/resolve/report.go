package resolve

import (
	"strconv"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// report says what becomes of a report: first by who says it, then by what it
// says, then by the firms it names.
func (r *resolver) report(p *study.Report) {
	rel := &r.s.Relations[p.Relation]
	sec := &rel.Sections[p.Section]
	p.Source, p.Target = -1, -1
	if p.Respondent >= 0 {
		p.Cluster = r.s.Respondents[p.Respondent].Cluster
	} else if p.Cluster < 0 {
		p.Cluster = r.home()
	}
	if !sec.Record {
		if p.Fate = r.speaker(p, sec); p.Fate != study.Kept {
			return
		}
	}
	if p.Fate = r.said(p, sec); p.Fate != study.Kept {
		return
	}
	if p.Cluster < 0 {
		p.Cluster = r.home(p.SourceName, p.TargetName)
	}
	if p.Fate = r.ends(p); p.Fate == study.Kept {
		p.Fate = r.pair(p, rel, sec)
	}
}

// speaker is the fate of a report by who says it.
func (r *resolver) speaker(p *study.Report, sec *study.Section) study.Fate {
	if p.Respondent < 0 {
		if p.RespondentName == 0 && p.TargetName == 0 {
			return study.Unanswered // nobody names nobody: a line of a form that was not filled in
		}
		r.tellUnknown(p)
		return study.Outside
	}
	who := &r.s.Respondents[p.Respondent]
	switch {
	case !sec.Includes(who.Role):
		return study.Filtered
	case !who.Interviewed:
		r.tell(p, diag.RespondentNotAsked, who.ID, quoted(who.ID)+" was not interviewed",
			"the report is left out; mend the respondent's status, or the cell")
		return study.Filtered
	case who.Firm < 0 && (p.SourceName == 0 && !sec.HasSource || !sec.Asked.AboutAny()):
		r.tell(p, diag.RespondentNoFirm, who.ID, quoted(who.ID)+" speaks for no firm, and so has no ties of its own",
			"give the respondent's firm, map the column of the tie's source with `about: any`, or leave such respondents out by `roles`")
		return study.Filtered
	}
	return study.Kept
}

// said is the fate of a report by whether it says anything of two firms. A
// blank target names nobody, which is no fault.
func (r *resolver) said(p *study.Report, sec *study.Section) study.Fate {
	if p.Answer == study.NoAnswer || p.TargetName == 0 {
		return study.Unanswered
	}
	if p.SourceName == 0 && (sec.HasSource || sec.Record) {
		target := r.s.Texts.String(p.TargetName)
		r.tell(p, diag.NameMissing, target, "a tie with "+quoted(target)+" does not say whose it is",
			"fill in the source, or empty the row")
		return study.Unanswered
	}
	if x := p.Strength; r.s.Weights != study.NoWeight && p.Answer == study.Yes && (x < least || x > greatest) {
		text := strconv.FormatFloat(x, 'g', -1, 64)
		r.tell(p, diag.StrengthWrong, text, "a strength of "+text+", where one from 1e-100 to 1e+100 is expected",
			"give strengths in another unit")
		return study.Unanswered
	}
	return study.Kept
}

// Strengths within these bounds can be inverted and added as often as there
// are reports and stay finite.
const least, greatest = 1e-100, 1e100

// ends finds the two firms. Where both ends fail, the fate is the source's.
func (r *resolver) ends(p *study.Report) study.Fate {
	var source study.Fate
	if p.SourceName != 0 {
		p.Source, source = r.use(p.Cluster, p.SourceName)
	} else {
		p.Source = r.s.Respondents[p.Respondent].Firm
	}
	var target study.Fate
	p.Target, target = r.use(p.Cluster, p.TargetName)
	if source != study.Kept {
		return source
	}
	return target
}

// pair is the fate of a report by the pair of firms it is about.
func (r *resolver) pair(p *study.Report, rel *study.Relation, sec *study.Section) study.Fate {
	if p.Source == p.Target {
		id := r.s.Firms[p.Source].ID
		r.tell(p, diag.SelfReport, r.s.Texts.String(p.TargetName), quoted(id)+" is named as tied to itself",
			"the report is left out")
		return study.Self
	}
	if sec.Record {
		return study.Kept
	}
	who := &r.s.Respondents[p.Respondent]
	if !rel.Covers(sec, who).Pair(who.Firm, p.Source, p.Target) {
		r.tell(p, diag.PairNotAsked, r.s.Texts.String(p.TargetName),
			quoted(who.ID)+" was asked about its own ties, not about "+r.pairText(p),
			"the report is left out; set `about: any` if respondents were asked about the ties of others")
		return study.Filtered
	}
	return study.Kept
}

// members says what becomes of an affiliation's memberships.
func (r *resolver) members(list []study.Membership) {
	for i := range list {
		m := &list[i]
		m.Firm = -1
		if m.FirmName == 0 || m.Event == 0 {
			m.Fate = study.Unanswered
			continue
		}
		if m.Cluster < 0 {
			m.Cluster = r.home(m.FirmName)
		}
		m.Firm, m.Fate = r.use(m.Cluster, m.FirmName)
	}
}
