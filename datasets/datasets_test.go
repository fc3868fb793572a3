package datasets

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"strings"
	"testing"
)

func TestEveryFolderIsListedAndEveryStudyIsThere(t *testing.T) {
	folders, err := fs.ReadDir(files, ".")
	if err != nil {
		t.Fatal(err)
	}
	if len(folders) != len(List()) {
		t.Errorf("%d folders are embedded, %d studies listed", len(folders), len(List()))
	}
	for _, s := range List() {
		folder, err := Open(s.Name)
		if err != nil {
			t.Errorf("%s: %v", s.Name, err)
			continue
		}
		text, err := fs.ReadFile(folder, "study.yaml")
		if err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
		for _, want := range []string{"study: " + s.Name + " ", "title: " + s.Title + "\n", "simulated: true"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s: study.yaml does not say %q", s.Name, want)
			}
		}
		if s.Summary == "" || strings.Contains(s.Summary, "\n") {
			t.Errorf("%s: the summary %q is not one line", s.Name, s.Summary)
		}
	}
}

func TestCardsSayThatTheStudyIsSimulated(t *testing.T) {
	for _, s := range List() {
		card, err := Card(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"# " + s.Name, "SIMULATED", "**Source**", "**Licence**", "truth/"} {
			if !strings.Contains(card, want) {
				t.Errorf("the card of %s does not say %q", s.Name, want)
			}
		}
	}
}

func TestOpenRefusesWhatIsNotShipped(t *testing.T) {
	for _, name := range []string{"", ".", "..", "salt-villages", "twelve-clusters/truth", "Twelve-Clusters"} {
		_, err := Open(name)
		if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "twelve-clusters") {
			t.Errorf("Open(%q): %v, want an error that names the studies there are", name, err)
		}
		if _, err := Card(name); err == nil {
			t.Errorf("Card(%q) gives a card", name)
		}
	}
}

func TestListCannotBeChangedByItsReader(t *testing.T) {
	List()[0].Name = "mine"
	if List()[0].Name != "twelve-clusters" {
		t.Error("a reader of the list has changed it")
	}
}

func ExampleList() {
	for _, s := range List() {
		fmt.Println(s.Name + ": " + s.Title)
	}
	// Output: twelve-clusters: Twelve clusters of small firms in remote regions (simulated)
}

func ExampleOpen() {
	folder, err := Open("twelve-clusters")
	if err != nil {
		log.Fatal(err)
	}
	sheets, err := fs.Glob(folder, "*ties*.csv")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(sheets)
	// Output: [ties.csv]
}
