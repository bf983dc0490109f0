package vc_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// genuine returns the credentials among the official samples and vectors, by file name.
func genuine(t testing.TB) map[string][]byte {
	t.Helper()
	const shared = "../../shared"
	root, err := filepath.EvalSymlinks(shared)
	if err != nil {
		t.Skip("the official vectors are not here: ", err)
	}
	found := map[string][]byte{}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") {
			return err
		}
		data, err := os.ReadFile(path)
		var document struct {
			Context json.RawMessage `json:"@context"`
			Issuer  json.RawMessage `json:"issuer"`
			Subject json.RawMessage `json:"credentialSubject"`
		}
		if err == nil && json.Unmarshal(data, &document) == nil && document.Context != nil && document.Subject != nil && document.Issuer != nil {
			found[filepath.ToSlash(path)] = data
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestGenuineCredentialsConform(t *testing.T) {
	files := genuine(t)
	if len(files) < 18 {
		t.Errorf("found %d credentials; want at least 18", len(files))
	}
	for name, data := range files {
		c, err := vc.Parse(data, vc.Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if string(c.Raw()) != string(data) {
			t.Errorf("%s: the bytes are not kept", name)
		}
		for _, e := range vc.Conform(c) {
			t.Errorf("%s: %v", name, e)
		}
	}
}

// The forged twin of each: the end of the validity, or the proof's type, hidden from a reader in
// ways that leave the statements as they are.
func TestGenuineCredentialsRestructured(t *testing.T) {
	for name, data := range genuine(t) {
		body := strings.TrimSpace(string(data))
		open := strings.TrimSuffix(body, "}")
		for _, hidden := range []string{
			`,"@included":[{"id":"urn:x","validUntil":"2020-01-01T00:00:00Z"}]}`,
			`,"https://www.w3.org/2018/credentials#validUntil":{"@value":"2020-01-01T00:00:00Z"}}`,
			`,"@nest":{"validUntil":"2020-01-01T00:00:00Z"}}`,
			`,"@reverse":{"about":{"id":"urn:x"}}}`,
		} {
			c, err := vc.Parse([]byte(open+hidden), vc.Limits{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if found := vc.Conform(c); len(found) == 0 || found[0].Code != "model.restructured" {
				t.Errorf("%s with %s: %v", name, hidden, found)
			}
		}
	}
}

// Taking any one required member away is found, and nothing else is.
func TestGenuineCredentialsWithoutAMember(t *testing.T) {
	for name, data := range genuine(t) {
		v, err := strict.Parse(data, strict.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for _, member := range []string{"@context", "type", "issuer", "credentialSubject"} {
			var b bytes.Buffer
			for other, m := range v.Members() {
				if other != member {
					b.WriteString(`,"` + other + `":` + m.Raw())
				}
			}
			c, err := vc.Parse([]byte("{"+b.String()[1:]+"}"), vc.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if found := vc.Conform(c); len(found) != 1 || found[0].Code != "model.missing" {
				t.Errorf("%s without %s: %v", name, member, found)
			}
		}
	}
}

// What a small badge may cost: the numbers are ceilings, met with room.
func TestAllocations(t *testing.T) {
	data, err := os.ReadFile("../../shared/bench/simple.json")
	if err != nil {
		t.Skip("the sample badges are not here: ", err)
	}
	c, err := vc.Parse(data, vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, func() { _, _ = vc.Parse(data, vc.Limits{}) }); n > 8 {
		t.Errorf("Parse allocates %v times", n)
	}
	if n := testing.AllocsPerRun(100, func() { vc.Conform(c) }); n > 1 {
		t.Errorf("Conform allocates %v times", n)
	}
	n := testing.AllocsPerRun(100, func() {
		c.ID()
		c.Issuer()
		c.Types()
		c.Contexts()
		c.Subjects()
		c.Proofs()
		c.ValidFrom()
		c.ValidUntil()
	})
	if n > 0 {
		t.Errorf("the accessors allocate %v times", n)
	}
}
