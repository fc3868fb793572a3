package pipeline

import (
	"runtime"
	"time"

	"firmties/pipeline/table"
)

// Manifest is run.json: what was run, on what, and what became of the rows.
// Timings and Host may differ between runs of the same study; nothing else
// does.
type Manifest struct {
	Program       string         `json:"program"`
	Version       string         `json:"version"`
	SchemaVersion string         `json:"schema_version"`
	Study         string         `json:"study"`
	Title         string         `json:"title,omitempty"`
	Citation      string         `json:"citation,omitempty"`
	Licence       string         `json:"licence,omitempty"`
	Simulated     bool           `json:"simulated"`
	Seed          uint64         `json:"seed"`
	Configuration Configuration  `json:"configuration"`
	Choices       []Choice       `json:"choices"`
	Inputs        []Input        `json:"inputs"`
	Accounts      []Account      `json:"accounts"`
	Findings      map[string]int `json:"findings"` // by code
	Tables        []*Written     `json:"tables"`
	Formats       []string       `json:"formats"`

	Timings []Timing `json:"timings"`
	Host    Host     `json:"host"`
}

// Configuration is study.yaml as it was read.
type Configuration struct {
	File string `json:"file"`
	Text string `json:"text"`
}

// Choice is a decision of the analyst, or a default, that numbers hang on.
type Choice struct {
	What  string `json:"what"`
	Value string `json:"value"`
}

// Input is a file that was read.
type Input struct {
	File   string `json:"file"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Written is a table of the results and its number of rows.
type Written struct {
	Table string `json:"table"`
	Rows  int    `json:"rows"`
}

// Timing is how long a stage took.
type Timing struct {
	Stage   string  `json:"stage"`
	Seconds float64 `json:"seconds"`
}

// Host is where the program ran.
type Host struct {
	Go      string `json:"go"`
	System  string `json:"system"`
	Cores   int    `json:"cores"`
	Workers int    `json:"workers"`
}

func thisHost(workers int) Host {
	return Host{Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Cores: runtime.NumCPU(), Workers: workers}
}

// clock times the stages.
type clock struct {
	last    time.Time
	timings []Timing
}

// stage ends a stage that began when the one before it ended.
func (c *clock) stage(name string) {
	now := time.Now()
	c.timings = append(c.timings, Timing{name, now.Sub(c.last).Seconds()})
	c.last = now
}

// manifest is all of the manifest but the formats, which the sink knows.
func (r *run) manifest(accounts []Account) Manifest {
	m := Manifest{
		Program: "firmties", Version: r.cfg.Version, SchemaVersion: table.SchemaVersion,
		Study: r.study.Name, Title: r.study.Title, Citation: r.study.Citation, Licence: r.study.Licence,
		Simulated: r.study.Simulated, Seed: r.study.Seed,
		Configuration: Configuration{r.cfg.Source.ConfigName, string(r.cfg.Source.Config)},
		Choices:       r.choices(), Accounts: accounts, Findings: map[string]int{},
		Timings: r.clock.timings, Host: thisHost(r.cfg.Workers),
	}
	for _, s := range r.streams {
		m.Tables = append(m.Tables, s.written)
	}
	for _, in := range r.inputs {
		m.Inputs = append(m.Inputs, Input{in.Name, in.Size, in.SHA256})
	}
	for _, f := range r.findings.Sorted() {
		m.Findings[string(f.Code)] = r.findings.Count(f.Code)
	}
	return m
}
