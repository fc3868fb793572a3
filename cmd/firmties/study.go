package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"firmties/datasets"
	"firmties/pipeline/intake"
)

const configName = "study.yaml"

// openedStudy is a study's configuration and its data folder, held open.
type openedStudy struct {
	intake.Source
	root    *os.Root // nil for a shipped study
	folders []string // of study.yaml and the data: never to be replaced by results
}

// Close lets go of the data folder.
func (o *openedStudy) Close() error {
	if o.root == nil {
		return nil
	}
	return o.root.Close()
}

// openStudy finds what STUDY names: an existing folder or .yaml file, else a
// shipped study. The data folder is opened as a root that no path or link
// leaves.
func openStudy(name, data string) (*openedStudy, error) {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return openFolder(filepath.Join(name, configName), orElse(data, name))
	case err == nil && isYAML(name):
		return openFolder(name, orElse(data, filepath.Dir(name)))
	case err == nil:
		return nil, usagef("%s is neither a folder nor a .yaml file", name)
	case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
		return nil, err
	}
	shipped, err := datasets.Open(name)
	if err != nil {
		return nil, usagef("there is no folder, .yaml file or shipped study %q; shipped studies: %s",
			name, strings.Join(studyNames(), ", "))
	}
	if data != "" {
		return nil, usagef("--data goes with a study.yaml of your own, not with the shipped study %s", name)
	}
	config, err := fs.ReadFile(shipped, configName)
	if err != nil {
		return nil, err
	}
	return &openedStudy{Source: intake.Source{Config: config, ConfigName: configName, Data: shipped}}, nil
}

func isYAML(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".yaml" || ext == ".yml"
}

func orElse(s, other string) string {
	if s != "" {
		return s
	}
	return other
}

func openFolder(config, data string) (*openedStudy, error) {
	text, err := readConfig(config)
	if err != nil {
		return nil, err
	}
	root, err := openRoot(data)
	if err != nil {
		return nil, err
	}
	source := intake.Source{Config: text, ConfigName: filepath.Base(config), Data: root.FS()}
	return &openedStudy{source, root, []string{filepath.Dir(config), data}}, nil
}

// readConfig reads study.yaml. A pipe or device in its place would be waited
// for, or read, without end; of a file too large to be one, intake is given as
// much as it takes to see that.
func readConfig(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		dir := filepath.Dir(path)
		return nil, dataError{fmt.Errorf("%s has no %s; 'firmties init %s' writes a draft", dir, filepath.Base(path), dir)}
	case errors.Is(err, syscall.ELOOP):
		return nil, dataError{fmt.Errorf("%s is a link that leads in a circle; put the file itself in its place", path)}
	case err != nil:
		return nil, fmt.Errorf("read the study: %w", err)
	case !info.Mode().IsRegular():
		return nil, dataError{fmt.Errorf("%s is no ordinary file; a study is described in a text file", path)}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the study: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, intake.LargestConfig+1))
	if err != nil {
		return nil, fmt.Errorf("read the study: %w", err)
	}
	return text, nil
}

// openRoot opens a folder as a root that no path or link leaves.
func openRoot(dir string) (*os.Root, error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, usagef("%s is not a folder", dir)
	}
	root, err := os.OpenRoot(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usagef("there is no folder %s", dir)
	case err != nil:
		return nil, fmt.Errorf("open the data folder: %w", err)
	}
	return root, nil
}

// completeStudies offers the shipped studies; the shell itself adds folders.
func completeStudies(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return studyNames(), cobra.ShellCompDirectiveDefault
}
