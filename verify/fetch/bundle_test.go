package fetch

import (
	"encoding/base64"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// bundleOf wraps the text of documents into a bundle.
func bundleOf(documents ...string) string {
	return `{"version":1,"recordedAt":"2026-11-22T05:00:00Z","documents":[` + strings.Join(documents, ",") + `]}`
}

// helloSum is the SHA-256 of "hello".
const helloSum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

func TestParseBundle(t *testing.T) {
	at := time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, text string
		want       Bundle
	}{
		{"empty", bundleOf(), Bundle{RecordedAt: at}},
		{"as designed", bundleOf(`{"url": "https://example.edu/.well-known/did.json", "fetchedAt": "2026-11-22T06:00:00+01:00",
			"status": 200, "mediaType": "application/did+json", "sha256": "` + helloSum + `", "body": "aGVsbG8="}`),
			Bundle{at, []Document{{"https://example.edu/.well-known/did.json", at, 200, "application/did+json", []byte("hello"), "", ""}}}},
		{"by hand", bundleOf(`{"url":"https://example.edu/","text":"hello","mediaType":"Text/Plain; charset=utf-8"}`),
			Bundle{at, []Document{{URL: "https://example.edu/", Status: 200, MediaType: "text/plain", Body: []byte("hello")}}}},
		{"by hand with sum", bundleOf(`{"url":"https://example.edu/","text":"hello","sha256":"` + helloSum + `"}`),
			Bundle{at, []Document{{URL: "https://example.edu/", Status: 200, Body: []byte("hello")}}}},
		{"empty text", bundleOf(`{"url":"https://example.edu/","text":""}`),
			Bundle{at, []Document{{URL: "https://example.edu/", Status: 200, Body: []byte{}}}}},
		{"escapes", bundleOf(`{"\u0075rl":"https://example.edu/","text":"\u00fc\ud83d\ude00\\ud800\""}`),
			Bundle{at, []Document{{URL: "https://example.edu/", Status: 200, Body: []byte("\u00fc\U0001f600\\ud800\"")}}}},
		{"replacement character", bundleOf(`{"url":"https://example.edu/","text":"\ufffd` + "\ufffd" + `"}`),
			Bundle{at, []Document{{URL: "https://example.edu/", Status: 200, Body: []byte("\ufffd\ufffd")}}}},
		{"other status", bundleOf(`{"url":"https://example.edu/","status":404,"text":"gone"}`),
			Bundle{at, []Document{{URL: "https://example.edu/", Status: 404, Body: []byte("gone")}}}},
		{"failed", bundleOf(`{"url":"https://example.edu/","error":"connection refused"}`),
			Bundle{at, []Document{{URL: "https://example.edu/", Error: "connection refused"}}}},
		{"failed with status", bundleOf(`{"url":"https://example.edu/","status":999,"error":"status: no"}`),
			Bundle{at, []Document{{URL: "https://example.edu/", Status: 999, Error: "status: no"}}}},
		{"twice the same", bundleOf(`{"url":"https://example.edu/","text":"hello","fetchedAt":"2026-11-22T05:00:00Z"}`, `{"url":"https://example.edu/","body":"aGVsbG8=","sha256":"`+helloSum+`"}`),
			Bundle{at, []Document{{URL: "https://example.edu/", FetchedAt: at, Status: 200, Body: []byte("hello")}}}},
	} {
		b, err := ParseBundle([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if !reflect.DeepEqual(*b, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, *b, c.want)
		}
	}
}

// badBundles are each one step away from a bundle that is accepted.
var badBundles = map[string]string{
	"nothing":          "",
	"not JSON":         "{",
	"not an object":    "[]",
	"null":             "null",
	"byte order mark":  "\ufeff" + bundleOf(),
	"trailing":         bundleOf() + "{}",
	"trailing bracket": bundleOf() + "]",
	"comment":          "/**/" + bundleOf(),
	"not UTF-8":        bundleOf("{\"url\":\"https://example.edu/\",\"text\":\"\xff\"}"),
	"lone surrogate":   bundleOf(`{"url":"https://example.edu/","text":"\ud800"}`),
	"low surrogate":    bundleOf(`{"url":"https://example.edu/","text":"\uDC00"}`),
	"half a pair":      bundleOf(`{"url":"https://example.edu/","text":"\ud83dx\ude00"}`),
	"two high halves":  bundleOf(`{"url":"https://example.edu/","text":"\ud83d\ud83d\ude00"}`),
	"deep":             bundleOf(strings.Repeat("[", 5000) + strings.Repeat("]", 5000)),
	"too deep by one":  bundleOf(`{"url":[[]]}`),

	"no version":       `{"recordedAt":"2026-11-22T05:00:00Z","documents":[]}`,
	"version 0":        `{"version":0,"recordedAt":"2026-11-22T05:00:00Z","documents":[]}`,
	"version 2":        `{"version":2,"recordedAt":"2026-11-22T05:00:00Z","documents":[]}`,
	"version text":     `{"version":"1","recordedAt":"2026-11-22T05:00:00Z","documents":[]}`,
	"version 1.0":      `{"version":1.0,"recordedAt":"2026-11-22T05:00:00Z","documents":[]}`,
	"version null":     `{"version":null,"recordedAt":"2026-11-22T05:00:00Z","documents":[]}`,
	"version twice":    `{"version":1,"version":1,"recordedAt":"2026-11-22T05:00:00Z","documents":[]}`,
	"version escaped":  `{"version":1,"versio\u006e":2,"recordedAt":"2026-11-22T05:00:00Z","documents":[]}`,
	"case":             `{"Version":1,"recordedAt":"2026-11-22T05:00:00Z","documents":[]}`,
	"folded case":      `{"ver\u017fion":1,"recordedAt":"2026-11-22T05:00:00Z","documents":[]}`,
	"unknown member":   `{"version":1,"recordedAt":"2026-11-22T05:00:00Z","documents":[],"more":1}`,
	"no time":          `{"version":1,"documents":[]}`,
	"time null":        `{"version":1,"recordedAt":null,"documents":[]}`,
	"time number":      `{"version":1,"recordedAt":1795323600,"documents":[]}`,
	"time zoneless":    `{"version":1,"recordedAt":"2026-11-22T05:00:00","documents":[]}`,
	"time 24:00":       `{"version":1,"recordedAt":"2026-11-22T24:00:00Z","documents":[]}`,
	"time year 10000":  `{"version":1,"recordedAt":"9999-12-31T23:59:59-23:59","documents":[]}`,
	"time zero":        `{"version":1,"recordedAt":"0001-01-01T00:00:00Z","documents":[]}`,
	"time before":      `{"version":1,"recordedAt":"0000-01-01T00:00:00Z","documents":[]}`,
	"no documents":     `{"version":1,"recordedAt":"2026-11-22T05:00:00Z"}`,
	"documents null":   `{"version":1,"recordedAt":"2026-11-22T05:00:00Z","documents":null}`,
	"documents object": `{"version":1,"recordedAt":"2026-11-22T05:00:00Z","documents":{}}`,

	"document null":     bundleOf(`null`),
	"document text":     bundleOf(`"https://example.edu/"`),
	"document empty":    bundleOf(`{}`),
	"no url":            bundleOf(`{"text":"hello"}`),
	"url empty":         bundleOf(`{"url":"","text":"hello"}`),
	"url null":          bundleOf(`{"url":null,"text":"hello"}`),
	"url twice":         bundleOf(`{"url":"https://example.edu/","url":"https://example.edu/","text":"hello"}`),
	"URL":               bundleOf(`{"URL":"https://example.edu/","text":"hello"}`),
	"URL beside url":    bundleOf(`{"url":"https://example.edu/","URL":"https://evil.example/","text":"hello"}`),
	"unknown in it":     bundleOf(`{"url":"https://example.edu/","text":"hello","etag":"x"}`),
	"no content":        bundleOf(`{"url":"https://example.edu/","status":200}`),
	"body and text":     bundleOf(`{"url":"https://example.edu/","text":"hello","body":"aGVsbG8=","sha256":"` + helloSum + `"}`),
	"body and error":    bundleOf(`{"url":"https://example.edu/","error":"x","body":"aGVsbG8=","sha256":"` + helloSum + `"}`),
	"text and error":    bundleOf(`{"url":"https://example.edu/","error":"x","text":"hello"}`),
	"sum and error":     bundleOf(`{"url":"https://example.edu/","error":"x","sha256":"` + helloSum + `"}`),
	"error empty":       bundleOf(`{"url":"https://example.edu/","error":""}`),
	"error null":        bundleOf(`{"url":"https://example.edu/","text":"hello","error":null}`),
	"error long":        bundleOf(`{"url":"https://example.edu/","error":"` + strings.Repeat("x", maxBundleError+1) + `"}`),
	"body without sum":  bundleOf(`{"url":"https://example.edu/","body":"aGVsbG8="}`),
	"sum of another":    bundleOf(`{"url":"https://example.edu/","body":"aGVsbG9v","sha256":"` + helloSum + `"}`),
	"sum of other text": bundleOf(`{"url":"https://example.edu/","text":"hello\n","sha256":"` + helloSum + `"}`),
	"sum upper case":    bundleOf(`{"url":"https://example.edu/","text":"hello","sha256":"` + strings.ToUpper(helloSum) + `"}`),
	"sum cut":           bundleOf(`{"url":"https://example.edu/","text":"hello","sha256":"` + helloSum[:63] + `"}`),
	"sum empty":         bundleOf(`{"url":"https://example.edu/","text":"hello","sha256":""}`),
	"base64 unpadded":   bundleOf(`{"url":"https://example.edu/","body":"aGVsbG8","sha256":"` + helloSum + `"}`),
	"base64 loose bits": bundleOf(`{"url":"https://example.edu/","body":"aGVsbG9=","sha256":"` + helloSum + `"}`),
	"base64 newline":    bundleOf(`{"url":"https://example.edu/","body":"aGVs\nbG8=","sha256":"` + helloSum + `"}`),
	"base64 space":      bundleOf(`{"url":"https://example.edu/","body":" aGVsbG8=","sha256":"` + helloSum + `"}`),
	"base64 trailing":   bundleOf(`{"url":"https://example.edu/","body":"aGVsbG8=x","sha256":"` + helloSum + `"}`),
	"base64url":         bundleOf(`{"url":"https://example.edu/","body":"-_-_","sha256":"` + digest([]byte{0xfb, 0xff, 0xbf}) + `"}`),
	"body number":       bundleOf(`{"url":"https://example.edu/","body":1}`),
	"text object":       bundleOf(`{"url":"https://example.edu/","text":{}}`),
	"status text":       bundleOf(`{"url":"https://example.edu/","status":"200","text":"hello"}`),
	"status 0":          bundleOf(`{"url":"https://example.edu/","status":0,"text":"hello"}`),
	"status 99":         bundleOf(`{"url":"https://example.edu/","status":99,"text":"hello"}`),
	"status 1000":       bundleOf(`{"url":"https://example.edu/","status":1000,"text":"hello"}`),
	"status -20":        bundleOf(`{"url":"https://example.edu/","status":-20,"text":"hello"}`),
	"status 2e2":        bundleOf(`{"url":"https://example.edu/","status":2e2,"text":"hello"}`),
	"status null":       bundleOf(`{"url":"https://example.edu/","status":null,"text":"hello"}`),
	"fetchedAt":         bundleOf(`{"url":"https://example.edu/","fetchedAt":"yesterday","text":"hello"}`),
	"fetchedAt empty":   bundleOf(`{"url":"https://example.edu/","fetchedAt":"","text":"hello"}`),
	"mediaType":         bundleOf(`{"url":"https://example.edu/","mediaType":"json","text":"hello"}`),
	"other content":     bundleOf(`{"url":"https://example.edu/","text":"hello"}`, `{"url":"https://example.edu/","text":"hallo"}`),
	"other status":      bundleOf(`{"url":"https://example.edu/","text":"hello"}`, `{"url":"https://example.edu/","status":404,"text":"hello"}`),
	"other type":        bundleOf(`{"url":"https://example.edu/","text":"hello"}`, `{"url":"https://example.edu/","mediaType":"a/b","text":"hello"}`),
	"error or content":  bundleOf(`{"url":"https://example.edu/","text":"hello"}`, `{"url":"https://example.edu/","error":"x"}`),
	"other error":       bundleOf(`{"url":"https://example.edu/","error":"y"}`, `{"url":"https://example.edu/","error":"x"}`),
}

func TestBadBundles(t *testing.T) {
	for name, text := range badBundles {
		if b, err := ParseBundle([]byte(text)); err == nil || b != nil {
			t.Errorf("%s: %v, %v", name, b, err)
		}
	}
}

func TestBundleSize(t *testing.T) {
	limits := bundleLimits{bytes: 1000, documents: 5}
	large := bundleOf() + strings.Repeat(" ", limits.bytes-len(bundleOf()))
	if _, err := parseBundle([]byte(large), limits); err != nil {
		t.Error(err)
	}
	if _, err := parseBundle([]byte(large+" "), limits); err == nil {
		t.Error("a bundle of one byte too many passes")
	}
	documents := make([]string, limits.documents)
	for i := range documents {
		documents[i] = fmt.Sprintf(`{"url":"https://example.edu/%d","error":"x"}`, i)
	}
	b, err := parseBundle([]byte(bundleOf(documents...)), limits)
	if err != nil || len(b.Documents) != limits.documents {
		t.Fatal(err)
	}
	if _, err := parseBundle([]byte(bundleOf(append(documents, documents[0])...)), limits); err == nil {
		t.Error("a bundle of one document too many passes")
	}
	if _, err := b.marshal(limits); err != nil {
		t.Error(err)
	}
	b.Documents = append(b.Documents, Document{URL: "x", Error: "x"})
	if _, err := b.marshal(limits); err == nil {
		t.Error("a bundle of one document too many is written")
	}
	huge := Bundle{RecordedAt: newClock().now(), Documents: []Document{{URL: "x", Status: 200, Body: make([]byte, limits.bytes*3/4)}}}
	if _, err := huge.marshal(limits); err == nil {
		t.Error("a bundle that is too large is written")
	}
}

// The limits that are in force let the largest documents through that a client fetches.
func TestBundleDefaults(t *testing.T) {
	limits := bundleDefaults()
	if limits.bytes < 4*defaultBodyBytes || limits.documents < 64 {
		t.Errorf("%+v", limits)
	}
	if NewRecorder(Offline(), nil).limits != limits {
		t.Error("a recorder has other limits than a reader")
	}
}

// The text of a bundle is pinned: it is the interface to other software and to later versions.
func TestMarshal(t *testing.T) {
	at := newClock().now()
	b := Bundle{at.In(time.FixedZone("", 3600)), []Document{
		{"https://example.edu/b?x=1&y=<2>", at.Add(time.Millisecond), 200, "text/plain", []byte("hello"), "", ""},
		{URL: "https://example.edu/a", FetchedAt: at, Status: 404, Error: "status: \"gone\"\u2028\x1b"},
		{URL: "https://example.edu/c", Status: 200},
	}}
	const want = `{
  "version": 1,
  "recordedAt": "2026-11-22T05:00:00Z",
  "documents": [
    {
      "url": "https://example.edu/a",
      "fetchedAt": "2026-11-22T05:00:00Z",
      "status": 404,
      "error": "status: \"gone\"\u2028\u001b"
    },
    {
      "url": "https://example.edu/b?x=1&y=<2>",
      "fetchedAt": "2026-11-22T05:00:00.001Z",
      "status": 200,
      "mediaType": "text/plain",
      "sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
      "body": "aGVsbG8="
    },
    {
      "url": "https://example.edu/c",
      "status": 200,
      "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "body": ""
    }
  ]
}
`
	text, err := b.Marshal()
	if err != nil || string(text) != want {
		t.Errorf("%v\n%s", err, text)
	}
	if b.Documents[0].URL != "https://example.edu/b?x=1&y=<2>" {
		t.Error("the bundle's documents were sorted in place")
	}
	again, err := ParseBundle(text)
	if err != nil {
		t.Fatal(err)
	}
	if text2, err := again.Marshal(); err != nil || string(text2) != want {
		t.Errorf("read and written again: %v\n%s", err, text2)
	}
	empty, err := (&Bundle{RecordedAt: at}).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	if b, err := ParseBundle(empty); err != nil || len(b.Documents) != 0 {
		t.Errorf("%v, %v", b, err)
	}
}

// What could not be read again is not written.
func TestMarshalRefuses(t *testing.T) {
	at := newClock().now()
	good := Document{URL: "https://example.edu/", Status: 200, Body: []byte("hello")}
	if _, err := (&Bundle{at, []Document{good}}).Marshal(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Bundle){
		"no time":          func(b *Bundle) { b.RecordedAt = time.Time{} },
		"late":             func(b *Bundle) { b.RecordedAt = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"early":            func(b *Bundle) { b.RecordedAt = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC) },
		"fetched late":     func(b *Bundle) { b.Documents[0].FetchedAt = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"no URL":           func(b *Bundle) { b.Documents[0].URL = "" },
		"URL not UTF-8":    func(b *Bundle) { b.Documents[0].URL = "https://example.edu/\xff" },
		"error not UTF-8":  func(b *Bundle) { b.Documents[0] = Document{URL: "x", Error: "\xff"} },
		"error too long":   func(b *Bundle) { b.Documents[0] = Document{URL: "x", Error: strings.Repeat("x", 3000)} },
		"body and error":   func(b *Bundle) { b.Documents[0].Error = "x" },
		"no status":        func(b *Bundle) { b.Documents[0].Status = 0 },
		"odd status":       func(b *Bundle) { b.Documents[0].Status = 1000 },
		"media type":       func(b *Bundle) { b.Documents[0].MediaType = "Text/Plain" },
		"media parameters": func(b *Bundle) { b.Documents[0].MediaType = "text/plain; charset=utf-8" },
		"twice":            func(b *Bundle) { b.Documents = append(b.Documents, good) },
	} {
		b := &Bundle{at, []Document{good}}
		change(b)
		if text, err := b.Marshal(); err == nil {
			t.Errorf("%s: written as %s", name, text)
		}
	}
}

func TestLoneSurrogate(t *testing.T) {
	for text, want := range map[string]bool{
		`""`: false, `"\\"`: false, `"\\ud800"`: false, `"\\\ud800"`: true, `"\ud7ff\ue000"`: false, `"\uD83D\uDE00"`: false, `"\uD83D\uDE00\uD83D\uDE00"`: false,
		`"\uD83D\uDE00\uDE00"`: true, `"\uD83D"`: true, `"\uD83D\n\uDE00"`: true, `"\uD83D\\uDE00"`: true, `"\uDE00\uD83D"`: true, `"\ud83d\ud83d"`: true, `"\u0064800"`: false, `["\ud83d","\ude00"]`: true, `"\uD83D\u0041"`: true,
	} {
		if got := loneSurrogate([]byte(text)); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// A hostile bundle costs time and memory in proportion to its size.
func TestParseBundleIsLinear(t *testing.T) {
	members := strings.Repeat(`"aaaaaaaa":1,`, 10)
	for i, text := range []string{
		strings.Repeat("[", 1<<20),
		`{"version":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `}`,
		"{" + members + `"a":1}`,
		`{"version":1` + strings.Repeat("0", 1<<20) + "}",
		bundleOf(`{"url":"` + strings.Repeat(`\ud83d\ude00`, 1<<16) + `","body":"` + strings.Repeat("A", 1<<20) + `"}`),
		base64.StdEncoding.EncodeToString(make([]byte, 1<<20)),
	} {
		start := time.Now()
		if _, err := ParseBundle([]byte(text)); err == nil {
			t.Errorf("%d passes", i)
		}
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("%d took %v", i, d)
		}
	}
}
