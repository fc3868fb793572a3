package intake

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"

	"firmties/pipeline/diag"
)

// content is what the first pass over a file's bytes finds.
type content struct {
	size   int64
	sha256 string
	head   []byte // the first bytes
	utf8   bool   // the whole file is valid UTF-8
	nul    bool   // a byte is zero
	kind   fileKind
}

const headLength = 4096

// survey reads a file once, whatever it holds.
func survey(ctx context.Context, r io.Reader) (content, error) {
	c := content{utf8: true}
	hash := sha256.New()
	buf := make([]byte, 256<<10)
	carried := 0 // bytes of a character that the last read cut
	for {
		n, err := r.Read(buf[carried:])
		fresh := buf[carried : carried+n]
		hash.Write(fresh)
		c.size += int64(n)
		c.nul = c.nul || bytes.IndexByte(fresh, 0) >= 0
		if room := headLength - len(c.head); room > 0 {
			c.head = append(c.head, fresh[:min(room, n)]...)
		}
		data := buf[:carried+n]
		whole := len(data)
		if err == nil {
			whole -= cutCharacter(data)
		}
		c.utf8 = c.utf8 && utf8.Valid(data[:whole])
		carried = copy(buf, data[whole:])
		if err == io.EOF {
			c.sha256 = hex.EncodeToString(hash.Sum(nil))
			return c, nil
		}
		if err != nil {
			return c, err
		}
		if err := ctx.Err(); err != nil {
			return c, err
		}
	}
}

// cutCharacter is the number of bytes at the end that begin a character
// without ending it.
func cutCharacter(data []byte) int {
	for k := 1; k <= min(len(data), utf8.UTFMax-1); k++ {
		tail := data[len(data)-k:]
		if utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return k
		}
	}
	return 0
}

// textEncoding is an encoding that a text file can have.
type textEncoding struct {
	name    string
	decoder func() *encoding.Decoder // nil: UTF-8, which is not decoded
	mark    string                   // its byte order mark
	single  bool                     // every byte is a character: what is undefined decodes to a control character
}

func textEncodings() []textEncoding {
	utf16 := func(e xunicode.Endianness) func() *encoding.Decoder {
		return xunicode.UTF16(e, xunicode.IgnoreBOM).NewDecoder
	}
	return []textEncoding{
		{name: "utf-8", mark: "\xef\xbb\xbf"},
		{name: "utf-16le", mark: "\xff\xfe", decoder: utf16(xunicode.LittleEndian)},
		{name: "utf-16be", mark: "\xfe\xff", decoder: utf16(xunicode.BigEndian)},
		{name: "big5", decoder: traditionalchinese.Big5.NewDecoder},
		{name: "latin1", decoder: charmap.ISO8859_1.NewDecoder, single: true},
		{name: "iso-8859-1", decoder: charmap.ISO8859_1.NewDecoder, single: true},
		{name: "windows-1252", decoder: charmap.Windows1252.NewDecoder, single: true},
	}
}

func encodingNamed(name string) textEncoding {
	for _, e := range textEncodings() {
		if e.name == name {
			return e
		}
	}
	return textEncodings()[0]
}

// marks reports whether a file begins with the encoding's byte order mark.
func (e textEncoding) marks(head []byte) bool {
	return e.mark != "" && bytes.HasPrefix(head, []byte(e.mark))
}

// encodingOf decides how a text file is read: by its byte order mark, then as
// UTF-8 if all of it is, then as declared. It never guesses: ok is false where
// that leaves nothing.
func (c *content) encodingOf(declared string) (e textEncoding, ok bool) {
	for _, e := range textEncodings() {
		if e.marks(c.head) {
			return e, true
		}
	}
	if c.utf8 && !c.nul {
		return encodingNamed("utf-8"), true
	}
	return encodingNamed(declared), declared != ""
}

// decoded is the text of a file as UTF-8, without its byte order mark and with
// lines that end in LF.
func (e textEncoding) decoded(r io.Reader, head []byte) io.Reader {
	if e.marks(head) {
		_, err := io.CopyN(io.Discard, r, int64(len(e.mark)))
		if err != nil {
			return failing{err}
		}
	}
	if e.decoder != nil {
		r = e.decoder().Reader(r)
	}
	return &lineEnds{src: r}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// lineEnds turns CR LF, and CR alone as old Macintosh files have it, into LF.
type lineEnds struct {
	src     io.Reader
	afterCR bool
}

func (l *lineEnds) Read(p []byte) (int, error) {
	for {
		n, err := l.src.Read(p)
		if !l.afterCR && bytes.IndexByte(p[:n], '\r') < 0 {
			return n, err
		}
		if n = l.convert(p[:n]); n > 0 || err != nil || len(p) == 0 {
			return n, err
		}
	}
}

// convert works in place and returns the new length.
func (l *lineEnds) convert(p []byte) int {
	out := 0
	for _, b := range p {
		dropped := b == '\n' && l.afterCR
		l.afterCR = b == '\r'
		if l.afterCR {
			b = '\n'
		}
		if !dropped {
			p[out] = b
			out++
		}
	}
	return out
}

// badText finds the first character of a decoded text that shows that it is
// not in the encoding, or no text.
func (e textEncoding) badText(r io.Reader) (line, column int, bad string, err error) {
	text := bufio.NewReaderSize(r, 64<<10)
	line = 1
	for {
		c, size, err := text.ReadRune()
		if err == io.EOF {
			return 0, 0, "", nil
		}
		if err != nil {
			return 0, 0, "", err
		}
		column++
		switch {
		case c == 0:
			return line, column, "a zero byte", nil
		case c == utf8.RuneError && size == 1:
			text.UnreadRune()
			b, _ := text.Peek(1)
			return line, column, fmt.Sprintf("the byte 0x%02x", b[0]), nil
		case c == utf8.RuneError && e.decoder != nil:
			return line, column, "a byte without meaning, or a character that an earlier conversion lost", nil
		case e.single && c >= 0x80 && c < 0xa0:
			return line, column, fmt.Sprintf("the byte 0x%02x", c), nil
		case c == '\n':
			line, column = line+1, 0
		}
	}
}

// checkText reports whether a text file can be decoded, and finds why not.
func (r *reader) checkText(f *inputFile, e textEncoding, declared bool, opts TableOptions) bool {
	if e.decoder == nil && f.utf8 && !f.nul {
		return true
	}
	line, column, bad, ok := r.badText(f, e)
	if !ok || bad == "" {
		return ok
	}
	at := diag.Place{File: f.Name, Line: line, Column: column}
	switch {
	case f.nul && !declared && !looksUTF16(f.head), bad == "a zero byte" && declared:
		r.once(diag.FileKind, at, "", bad+", which no text has: the file is not a table, or is damaged", supported)
	case declared:
		hint := "mend the character, or save the whole file as UTF-8"
		if sample := r.sample(f); !e.marks(f.head) && e.name != "big5" && guess(sample) != e.name {
			hint = likely(f, sample, opts)
		}
		r.once(diag.EncodingWrong, at, "", fmt.Sprintf("%s, which %s does not have here", bad, e.name), hint)
	default:
		r.once(diag.EncodingUnknown, at, "", fmt.Sprintf("%s, which UTF-8 does not have here, and no encoding is declared", bad), likely(f, r.sample(f), opts))
	}
	return false
}

func (r *reader) badText(f *inputFile, e textEncoding) (line, column int, bad string, ok bool) {
	handle := r.reopen(f)
	if handle == nil {
		return 0, 0, "", false
	}
	defer handle.Close()
	line, column, bad, err := e.badText(e.decoded(handle, f.head))
	if err != nil {
		r.fail(f.Name, err)
	}
	return line, column, bad, err == nil
}

// sample is the beginning of a file, long enough to tell its encoding.
func (r *reader) sample(f *inputFile) []byte {
	handle := r.reopen(f)
	if handle == nil {
		return nil
	}
	defer handle.Close()
	data, err := io.ReadAll(io.LimitReader(handle, 1<<20))
	if err != nil {
		r.fail(f.Name, err)
	}
	return data
}

// likely is the hint about an encoding: what the bytes look like, and the
// lines that say so in study.yaml. The analyst decides.
func likely(f *inputFile, sample []byte, opts TableOptions) string {
	opts.File, opts.Encoding = f.Name, guess(sample)
	if opts.Encoding == "windows-1252" && looksPaired(sample) {
		return "it looks like East Asian text in an encoding that is not read: save the file as UTF-8"
	}
	return fmt.Sprintf("it looks like %s; if it is, declare it under `tables:`, and name that table in the section:\n    %s\nor save the file as UTF-8",
		opts.Encoding, opts.line())
}

// guess names the encoding that bytes which are not UTF-8 look like.
func guess(sample []byte) string {
	switch {
	case looksUTF16(sample) && sample[0] == 0:
		return "utf-16be"
	case looksUTF16(sample):
		return "utf-16le"
	case looksBig5(sample):
		return "big5"
	}
	return "windows-1252"
}

// looksUTF16 reports whether the zero bytes of ASCII characters stand at every
// other place.
func looksUTF16(sample []byte) bool {
	var zeros [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	return max(zeros[0], zeros[1]) > max(2, len(sample)/8) && min(zeros[0], zeros[1]) <= len(sample)/100
}

// looksPaired reports whether bytes above ASCII nearly always stand in pairs,
// as the characters of GBK and its like do; accented letters seldom do.
func looksPaired(sample []byte) bool {
	high, paired := 0, 0
	for i := 0; i < len(sample); i++ {
		if sample[i] < utf8.RuneSelf {
			continue
		}
		high++
		if i+1 < len(sample) && sample[i] >= 0xa1 && sample[i+1] >= 0xa1 {
			high, paired, i = high+1, paired+2, i+1
		}
	}
	return high >= 8 && paired*10 >= high*9
}

// looksBig5 reports whether bytes are Big5, but for a rare mistake, and mostly
// Chinese. Text in a Western encoding seldom is: its accented letters stand
// before ASCII.
func looksBig5(sample []byte) bool {
	text, _ := traditionalchinese.Big5.NewDecoder().Bytes(sample)
	han, other, bad, high := 0, 0, 0, false
	for _, c := range string(text) {
		switch {
		case c == utf8.RuneError:
			bad++
		case unicode.Is(unicode.Han, c):
			han++
		case c >= utf8.RuneSelf:
			other++
		}
	}
	for i := 0; i+1 < len(sample); i++ {
		high = high || sample[i] >= 0xa1 && sample[i+1] >= 0xa1
	}
	return high && han > other && han >= 20*bad
}
